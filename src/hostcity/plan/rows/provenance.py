"""How well each figure is known, and what was reported of the day."""

from __future__ import annotations

from dataclasses import dataclass

from hostcity.plan.columns import MOST_OF_A_NOTE, column
from hostcity.plan.rows.usual_columns import code_column

MARKS = ("reported", "derived", "assumed", "fitted")


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where a figure comes from."""

    code: str = code_column("Short code of the source.", "来源代码。")
    name: str = column("text", "name", "名称", "Who says so.", "出处。")
    date: str = column("text", "date", "日期", "When it was said.", "发布日期。", default="")
    url: str = column("text", "address", "地址", "Where it can be read.", "网址。", default="", most=500)


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """What is known of a figure of the plan."""

    code: str = code_column("Any unique code.", "任意唯一代码。")
    figure: str = column(
        "text", "figure", "数据", "SHEET.KEY.FIELD; * stands for every key.", "表.代码.字段；* 表示所有代码。"
    )
    mark: str = column("choice", "mark", "标记", "How well it is known.", "可信程度。", choices=MARKS)
    source: str = column("ref", "source", "来源", "Source.", "来源。", sheet="sources", default="")
    edition: str = column(
        "text", "edition", "届次", "Edition or event to which the figure belongs.", "数据所属届次或活动。", default=""
    )
    date: str = column("text", "date", "日期", "Date of the figure.", "数据日期。", default="")
    note: str = column(
        "text",
        "note",
        "备注",
        "How it was derived or why it was assumed.",
        "推导方法或假设理由。",
        default="",
        most=MOST_OF_A_NOTE,
        has_lines=True,
    )
    low_factor: float | None = column(
        "number",
        "low",
        "低值系数",
        "Lowest plausible value as a factor; swings are tried with it.",
        "最低可信值（系数），用于敏感性试算。",
        unit="factor",
        low=0,
        default=None,
    )
    high_factor: float | None = column(
        "number",
        "high",
        "高值系数",
        "Highest plausible value as a factor.",
        "最高可信值（系数）。",
        unit="factor",
        low=0,
        default=None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """A reported figure with which the played day is compared."""

    code: str = code_column("Short code.", "代码。")
    quantity: str = column(
        "text",
        "quantity",
        "量",
        "Result it speaks of, e.g. areas.5.1.peak_persons.",
        "对应的结果，如 areas.5.1.peak_persons。",
    )
    relation: str = column(
        "choice", "relation", "关系", "What the figure says.", "数据的含义。", choices=("equals", "at_least", "at_most")
    )
    value: float = column("number", "value", "数值", "The figure.", "数值。")
    unit: str = column("text", "unit", "单位", "Its unit.", "单位。")
    use: str = column(
        "choice",
        "use",
        "用途",
        "fitted: the plan was tuned to it; held_back: never used for tuning; shown: for comparison only.",
        "fitted：用于拟合；held_back：留作检验；shown：仅供对照。",
        choices=("fitted", "held_back", "shown"),
    )
    source: str = column("ref", "source", "来源", "Source.", "来源。", sheet="sources", default="")
    edition: str = column("text", "edition", "届次", "Edition to which it belongs.", "所属届次。", default="")
    date: str = column("text", "date", "日期", "Date of the figure.", "数据日期。", default="")
    note_en: str = column(
        "text",
        "note (en)",
        "英文备注",
        "What a reader should know.",
        "英文说明。",
        default="",
        most=MOST_OF_A_NOTE,
        has_lines=True,
    )
    note_zh: str = column(
        "text",
        "note (zh)",
        "中文备注",
        "What a reader should know.",
        "中文说明。",
        default="",
        most=MOST_OF_A_NOTE,
        has_lines=True,
    )
