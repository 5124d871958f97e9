"""What may differ: how figures vary from day to day, and what the organizer could change."""

from __future__ import annotations

from dataclasses import dataclass

from hostcity.plan.columns import MOST_OF_A_NOTE, column
from hostcity.plan.rows.usual_columns import code_column, name_en_column, name_zh_column


@dataclass(frozen=True, kw_only=True, slots=True)
class Uncertainty:
    """How much a figure varies from day to day: drawn anew for every run of many.

    =========  ===========================================  ==========================================
    kind       low, high                                    what is drawn for a run
    =========  ===========================================  ==========================================
    factor     factors                                      the figure is multiplied by it
    no_show    shares of the staff who don't come           who is missing, and so how many lanes open
    =========  ===========================================  ==========================================

    With the laws normal and lognormal, one day in 20 lies below ``low`` and one in 20 above ``high``; with the law
    uniform, no day does.
    """

    code: str = code_column("Short code of the uncertainty.", "不确定性的简短代码。")
    kind: str = column("choice", "kind", "类型", "What varies.", "变化的内容。", choices=("factor", "no_show"))
    figure: str = column(
        "text",
        "figure",
        "数据",
        "SHEET.KEY.FIELD; * stands for every key. no_show: stations.KEY.lanes.",
        "表.代码.字段；* 表示所有代码。no_show 填 stations.代码.lanes。",
    )
    law: str = column(
        "choice",
        "law",
        "分布",
        "How it is spread between low and high.",
        "低值与高值之间的分布。",
        choices=("lognormal", "normal", "uniform"),
        default="lognormal",
    )
    low: float = column(
        "number",
        "low",
        "低值",
        "Factor, or share of staff, that one day in 20 falls below.",
        "每 20 天有 1 天低于此系数或缺勤比例。",
        low=0,
        high=10,
    )
    high: float = column(
        "number",
        "high",
        "高值",
        "Factor, or share of staff, that one day in 20 exceeds.",
        "每 20 天有 1 天高于此系数或缺勤比例。",
        low=0,
        high=10,
    )
    each: bool = column(
        "flag",
        "each",
        "各自",
        "Every row varies by itself; else all rows together.",
        "每行各自变化；否则各行一同变化。",
        default=False,
    )
    staff_per_lane: int = column(
        "integer",
        "staff per lane",
        "每通道人数",
        "no_show: people without whom a lane stays closed.",
        "no_show：开放一条通道所需人数。",
        unit="persons",
        low=1,
        high=100,
        default=1,
    )
    reserve: int = column(
        "integer",
        "reserve",
        "后备人数",
        "no_show: people who stand by and fill gaps, for all rows together.",
        "no_show：可替补的后备人员，各行合计。",
        unit="persons",
        low=0,
        high=10000,
        default=0,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """A change that the organizer could make, and what it would take: what `hostcity advise` may try."""

    code: str = code_column("Short code of the option.", "方案选项的简短代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    changes: str = column(
        "text",
        "changes",
        "改动",
        "What is changed, as after --set; several are separated by spaces.",
        "具体改动，写法同 --set；多项以空格分隔。",
        most=MOST_OF_A_NOTE,
        has_lines=True,
    )
    uses: str = column(
        "text",
        "uses",
        "占用",
        "What taking it once uses, e.g. lanes=1; staff=5. Empty = nothing.",
        "采用一次占用的资源，如 lanes=1; staff=5；空 = 不占用。",
        default="",
    )
    most: int = column(
        "integer",
        "most",
        "最多次数",
        "How often it may be taken.",
        "最多可采用的次数。",
        unit="times",
        low=1,
        high=1000,
        default=1,
    )
    group: str = column(
        "text",
        "group",
        "互斥组",
        "Of options with the same word here, at most one is taken.",
        "此列相同的选项只能采用其一。",
        default="",
    )
