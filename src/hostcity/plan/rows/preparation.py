"""Who prepares the expo, in which days, under which risks: what the tasks of the preparation name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hostcity.plan.columns import MOST_OF_A_NOTE, column
from hostcity.plan.rows.usual_columns import code_column, name_en_column, name_zh_column

WEEKS = ("mon_fri", "mon_sat", "every_day", "none")


def _first() -> Any:
    return column("date", "first day", "首日", "First day of the row.", "本行的第一天。")


def _last() -> Any:
    return column(
        "date",
        "last day",
        "末日",
        "Last day of the row; empty = the first alone.",
        "本行的最后一天；空 = 仅首日。",
        default="",
    )


def _factor(en: str, zh: str, help_en: str, help_zh: str) -> Any:
    return column("number", en, zh, help_en, help_zh, unit="factor", low=0, high=100, default=1.0)


def _persons(help_en: str, help_zh: str) -> Any:
    return column("integer", "capacity", "人力", help_en, help_zh, unit="persons", low=0, high=100_000)


@dataclass(frozen=True, kw_only=True, slots=True)
class Preparation:
    """From when to when the expo is prepared, and by which calendar its days are counted. One row, where there are tasks."""

    code: str = code_column("Any code.", "任意代码。")
    first_day: str = column(
        "date",
        "first day",
        "起始日",
        "Day on which the first task can begin.",
        "第一项任务可以开始的日期。",
    )
    opens: str = column(
        "date",
        "opening",
        "开幕日",
        "Day on which the expo opens: all must be ready on the evening before.",
        "展会开幕日期：前一日晚须全部就绪。",
    )
    calendar: str = column(
        "ref", "calendar", "日历", "Calendar by which working days are counted where a task names no other, and in lags.",
        "任务未另行指定日历时及计算间隔时所用的工作日历。", sheet="calendars",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Directive:
    """What was decided or ordered from above, word by word; tasks say which of them they carry out."""

    code: str = code_column("Short code of the directive.", "指示代码。")
    text_en: str = column(
        "text", "text (en)", "英文内容", "Its text on English pages.", "英文页面上显示的内容。", default="", most=MOST_OF_A_NOTE,
        has_lines=True,
    )  # fmt: skip
    text_zh: str = column(
        "text", "text (zh)", "中文内容", "Its text on Chinese pages.", "中文页面上显示的内容。", default="", most=MOST_OF_A_NOTE,
        has_lines=True,
    )  # fmt: skip
    source: str = column("ref", "source", "来源", "Where it is written.", "出处。", sheet="sources", default="")


@dataclass(frozen=True, kw_only=True, slots=True)
class Department:
    """A bureau or company that does tasks and accepts those of others."""

    code: str = code_column("Short code of the department.", "部门代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Workstream:
    """Tasks that belong together, whoever does them: transport, security, catering ..."""

    code: str = code_column("Short code of the workstream.", "工作组代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    leads: str = column(
        "ref", "led by", "牵头部门", "Department that leads it.", "牵头的部门。", sheet="departments", default=""
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Calendar:
    """On which days work is done: a usual week, and special days on sheet calendar_days.

    A site that is open to builders in some windows only works in the week ``none``, and on its special days.
    """

    code: str = code_column("Short code of the calendar.", "日历代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    week: str = column(
        "choice", "usual week", "常规周", "Days of every week on which work is done.", "每周的工作日。", choices=WEEKS, default="mon_fri"
    )  # fmt: skip
    follows: str = column(
        "ref", "follows", "沿用", "Calendar whose special days hold here too, where this one has none of its own; it follows no other.",
        "其特殊日期同样适用的日历（本日历另有规定者除外）；该日历不得再沿用其他日历。", sheet="calendars", default="",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarDays:
    """Days on which a calendar differs from its usual week: a holiday, a make-up day of work, a window of access."""

    code: str = code_column("Short code of the row.", "本行代码。")
    calendar: str = column("ref", "calendar", "日历", "Which calendar.", "所属日历。", sheet="calendars")
    first: str = _first()
    last: str = _last()
    is_working: bool = column(
        "flag", "work", "工作", "Work is done on these days: a make-up day, a window; no = a holiday.",
        "这些日期为工作日：调休上班、准入窗口；否 = 放假。", default=False,
    )  # fmt: skip
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Crew:
    """People of a department who do its tasks. (Sheet teams is of volunteers.)"""

    code: str = code_column("Short code of the crew.", "班组代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    department: str = column(
        "ref", "department", "部门", "Department that it belongs to.", "所属部门。", sheet="departments"
    )
    capacity: int = _persons("People at work on a usual day.", "平日在岗人数。")


@dataclass(frozen=True, kw_only=True, slots=True)
class CrewDays:
    """Days on which a crew has more or fewer people than usual."""

    code: str = code_column("Short code of the row.", "本行代码。")
    crew: str = column("ref", "crew", "班组", "Which crew.", "所属班组。", sheet="crews")
    first: str = _first()
    last: str = _last()
    capacity: int = _persons("People at work on these days.", "这些日期的在岗人数。")


@dataclass(frozen=True, kw_only=True, slots=True)
class RiskDriver:
    """A risk that tasks share: it happens or not, and then stretches all of them alike. Tasks say which drivers touch them."""

    code: str = code_column("Short code of the risk.", "风险代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    probability: float = column(
        "number", "probability", "概率", "Probability that it happens before the opening.", "开幕前发生的概率。", unit="share", low=0,
        high=1,
    )  # fmt: skip
    factor_low: float = _factor(
        "mildest", "最轻系数", "Factor of durations when it happens mildly.", "发生且影响最轻时工期的倍数。"
    )
    factor_likely: float = _factor("likely", "最可能系数", "Likely factor when it happens.", "发生时工期最可能的倍数。")
    factor_high: float = _factor(
        "worst", "最重系数", "Factor of durations when it happens at its worst.", "发生且影响最重时工期的倍数。"
    )
