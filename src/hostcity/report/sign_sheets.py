"""A plan of signs on paper: the schedule with a line for each face, and the bill of quantities, in both languages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hostcity.report.signs import BESIDE, QUANTITIES, both_names, figure_of, lost_unit, quantities_of
from hostcity.studies.signs import PlannedFace, SignStudy

HEAD = (
    "face\n标识面",
    "where\n位置",
    "looks to\n朝向",
    "height, letters\n高度、字高",
    "text 文字",
    "readers/h\n读者",
    "lost {unit}\n损失",
    "state\n状态",
)
SHARES = (0.08, 0.15, 0.08, 0.12, 0.36, 0.07, 0.07, 0.07)
BESIDE_NAMES = {
    "as_it_hangs": "those that stay 保留者", "corners": "at the busiest corners 最繁忙路口", "floor": "where most floor sees them 可视面积最大处",
}  # fmt: skip


def sign_sheets(study: SignStudy) -> bytes:
    """The PDF."""
    from hostcity.report.paper.sheets import sheets_of

    schedule = {
        "heading": "Sign schedule 标识明细表", "lines": [], "head": [each.format(unit=lost_unit(study)) for each in HEAD], "rows": [_row(each) for each in study.faces], "shares": SHARES,
    }  # fmt: skip
    quantities = {
        "heading": "Bill of quantities 工程量清单", "lines": [], "head": QUANTITIES,
        "rows": [["" if each is None else f"{each:g}" if isinstance(each, float) else each for each in row] for row in quantities_of(study.faces)],
        "shares": (0.22, 0.14, 0.12, 0.17, 0.17, 0.18), "is_new_sheet": True,
    }  # fmt: skip
    return sheets_of(
        {
            "title": "Sign schedule and bill of quantities 标识明细表与工程量清单", "lines": list(_lines(study)), "footer": "hostcity",
            "page": "{number}", "language": "zh", "is_chinese": True, "is_wide": True, "parts": [schedule, quantities],
        }
    )  # fmt: skip


def _lines(study: SignStudy) -> Iterable[str]:
    unit = "m walked in vain a trip 人均走冤枉路（米）" if study.recovers else "% guided all the way 全程得到引导（%）"
    found = study.found
    figures = [
        f"none 无标识 {figure_of(study, found.unsigned):.1f}",
        *(f"{BESIDE_NAMES[name]} {figure_of(study, getattr(study, name).score):.1f}" for name in BESIDE),
        f"this plan 本方案 {figure_of(study, found.score):.1f}", f"no plan does better than 任何方案不优于 {figure_of(study, study.bound.score):.1f}",
    ]  # fmt: skip
    yield f"{unit}: {'; '.join(figures)}"
    yield "Bearing: to which side a face looks, clockwise from the drawing's y axis. 朝向：牌面所朝方向，自绘图 y 轴顺时针。"
    yield "Readers and losses are of a rehearsed day; the chances of a right turn are assumed. 读者与损失来自推演日；走对概率为假设值。"


def _row(face: PlannedFace) -> list[Any]:
    row = face.row
    new = "\nnew 新增" if face.is_new else ""
    text = "\n".join(f"{both_names(line.arrow)} · {line.name_zh} {line.name_en}" for line in face.lines)
    return [
        f"{row.code}{new}", f"{row.area} · {face.node}\nx {row.x_m:.1f} m\ny {row.y_m:.1f} m", f"{row.bearing_deg:.0f}°",
        f"{row.height_m:g} m\n{row.letter_mm:g} mm\n{both_names(row.mounting)}", text, f"{face.readers_h:,.0f}", f"{face.lost_without_h:,.0f}",
        both_names(row.state),
    ]  # fmt: skip
