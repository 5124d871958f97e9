"""What is said of a plan of signs: for programs and the site, and as a workbook for who makes and hangs them."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from hostcity.engines.signs import SignPlan
from hostcity.plan import Plan, write_workbook
from hostcity.plan.rows import EASE_OF_DISTANCE, LEAST_OF_DISTANCE, FaceLine
from hostcity.report.list_sheets import add_sheet
from hostcity.report.words import chinese_of
from hostcity.studies.signs import PlannedFace, SignStudy, plan_with_signs

PARTS = frozenset({"signs.json", "signs.xlsx", "signs.pdf", "expo.xlsx"})
#: Beside which a plan always stands.
BESIDE = ("as_it_hangs", "corners", "floor")
HOW = (
    "Sign schedule and bill of quantities, made by hostcity.",
    "标识明细表与工程量清单，由 hostcity 生成。",
    "Bearing: to which side a face looks, clockwise from the drawing's y axis; its readers walk the other way.",
    "朝向：牌面所朝方向，自绘图 y 轴顺时针；读者迎面而来。",
    "Arrows are seen by who reads the face. Readers an hour, and what is lost without a face, are rehearsed and rest on assumed chances of a right turn.",
    "箭头以读者所见为准。每小时读者数与缺少该面的损失来自推演，所用的走对概率为假设值。",
)


def signs_data(study: SignStudy) -> dict[str, Any]:
    """Everything that was found; what is lost without a face is meters an hour walked in vain, or persons an hour who are guided."""
    bound = study.bound
    return {
        "model": "recovery" if study.recovers else "no_recovery",
        "faces_most": study.most_faces, "names_most": study.most_names, "letter_mm": study.letter_mm,
        "persons_h": round(study.found.persons, 1), "states": study.states, "candidates": study.candidates,
        "destinations": list(study.demand.destinations), "followed": study.demand.followed, "hours": round(study.demand.hours, 2),
        "browsing": round(study.demand.browsing), "mark": "assumed",
        "found": of_plan(study, study.found),
        **{name: of_plan(study, getattr(study, name)) for name in BESIDE},
        "unsigned": _figure(study, study.found.unsigned), "signed": _figure(study, study.found.signed),
        "bound": {
            "value": _figure(study, bound.score), "gap": round(bound.gap, 5), "is_optimal": bound.is_optimal,
            "by": "program" if bound.rows else "prices",
        },
        "left_out": list(study.left_out),
        "astray": [
            {"node": each.node, "level": each.level, "at": list(each.at), "unsigned_h": round(each.unsigned_h, 1), "found_h": round(each.found_h, 1)}
            for each in study.astray
        ],
        "faces": [_face(each) for each in study.faces],
    }  # fmt: skip


def of_plan(study: SignStudy, plan: SignPlan) -> dict[str, Any]:
    """A plan in figures."""
    return {"faces": int(plan.faces.size), "names": int(plan.named.sum()), "value": _figure(study, plan.score)}


def figure_of(study: SignStudy, score: float) -> float:
    """A score as people say it: meters that a person walks in vain in the mean, or percent who are guided all the way."""
    persons = study.found.persons or 1.0
    return (-score - study.found.shortest_m) / persons if study.recovers else 100.0 * score / persons


def lost_unit(study: SignStudy) -> str:
    """Of what is lost without a face: meters walked in vain, or persons who would be guided, an hour."""
    return "m/h" if study.recovers else "persons/h"


def _figure(study: SignStudy, score: float) -> float:
    return round(figure_of(study, score), 3)


def _face(face: PlannedFace) -> dict[str, Any]:
    row = face.row
    return {
        "code": row.code, "is_new": face.is_new, "area": row.area, "node": face.node, "at": [row.x_m, row.y_m],
        "bearing_deg": row.bearing_deg, "height_m": row.height_m, "letter_mm": row.letter_mm, "mounting": row.mounting,
        "state": row.state, "readers_h": round(face.readers_h, 1), "lost_without_h": round(face.lost_without_h, 1),
        "lines": [
            {"code": line.code, "name_en": line.name_en, "name_zh": line.name_zh, "arrow": line.arrow, "pictogram": line.pictogram, "to": line.destination}
            for line in face.lines
        ],
    }  # fmt: skip


def write_signs(plan: Plan, study: SignStudy, folder: Path) -> None:
    """Fill a folder: ``signs.json``, ``signs.xlsx`` and ``signs.pdf`` (schedule and quantities), ``expo.xlsx`` (the plan with its new faces)."""
    from hostcity.report.sign_sheets import sign_sheets

    text = json.dumps(signs_data(study), ensure_ascii=False, indent=1, allow_nan=False)
    (folder / "signs.json").write_text(text + "\n", "utf-8")
    (folder / "signs.xlsx").write_bytes(sign_workbook(study))
    (folder / "signs.pdf").write_bytes(sign_sheets(study))
    write_workbook(plan_with_signs(plan, study), folder / "expo.xlsx")


def sign_workbook(study: SignStudy) -> bytes:
    """Schedule and bill of quantities, in both languages. Texts of the plan stay texts, whatever they begin with."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    how = book.create_sheet("read me 说明")
    how.column_dimensions["A"].width = 120
    for line in HOW:
        how.append([line])
    head = tuple(each.format(unit=lost_unit(study)) for each in SCHEDULE)
    add_sheet(
        book, "schedule 明细", head, (_scheduled(study, face, line) for face in study.faces for line in face.lines)
    )
    add_sheet(book, "quantities 工程量", QUANTITIES, quantities_of(study.faces))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


SCHEDULE = (
    "face 标识面", "new 新增", "area 区域", "crossing 节点", "x [m]", "y [m]", "bearing 朝向 [deg]", "height 安装高度 [m]",
    "mounting 安装方式", "letters 字高 [mm]", "read from 可读距离 [m]", "at ease 舒适距离 [m]", "line 行", "arrow 箭头", "pictogram 图形符号", "中文", "English",
    "readers an hour 每小时读者", "lost without it 缺少时的损失 [{unit}]", "state 状态",
)  # fmt: skip
QUANTITIES = (
    "mounting 安装方式",
    "letters 字高 [mm]",
    "lines 行数",
    "new faces 新增面数",
    "new lines 新增行数",
    "faces that stay 保留面数",
)


def _scheduled(study: SignStudy, face: PlannedFace, line: FaceLine) -> tuple[Any, ...]:
    row = face.row
    return (
        row.code, both_names("yes" if face.is_new else "no"), row.area, face.node, row.x_m, row.y_m, row.bearing_deg, row.height_m,
        both_names(row.mounting), row.letter_mm, round(row.letter_mm / 1000 / LEAST_OF_DISTANCE, 1),
        round(row.letter_mm / 1000 / EASE_OF_DISTANCE, 1), line.code, both_names(line.arrow), both_names(line.pictogram), line.name_zh, line.name_en,
        round(face.readers_h), round(face.lost_without_h), both_names(row.state),
    )  # fmt: skip


def quantities_of(faces: Iterable[PlannedFace]) -> Iterator[tuple[Any, ...]]:
    """Faces that are made alike: of one mounting, one height of letters, so many lines."""
    new: Counter[tuple[str, float, int]] = Counter()
    stay: Counter[tuple[str, float, int]] = Counter()
    for face in faces:
        (new if face.is_new else stay)[face.row.mounting, face.row.letter_mm, len(face.lines)] += 1
    for kind in sorted(new.keys() | stay.keys()):
        yield both_names(kind[0]), kind[1], kind[2], new[kind], new[kind] * kind[2], stay[kind]
    lines = sum(count * kind[2] for kind, count in new.items())
    yield "total 合计", None, None, new.total(), lines, stay.total()


def both_names(choice: str) -> str:
    """A choice in both languages."""
    return f"{choice.replace('_', ' ')} {chinese_of(choice, 'choice')}"
