"""What has to be done before the expo opens, and what waits for what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hostcity.plan.columns import MOST_OF_A_NOTE, column
from hostcity.plan.rows.usual_columns import code_column, name_en_column, name_zh_column

TASK_KINDS = ("work", "milestone", "purchase", "build", "system", "training", "drill", "approval")
EVIDENCE_KINDS = (
    "none",
    "photo",
    "reading",
    "delivery_note",
    "document",
    "signature",
    "test_run",
    "drill_result",
    "rehearsal",
)
TASK_LINK_KINDS = ("FS", "SS", "FF", "SF")
MOST_DAYS = 1_000


def _days(en: str, zh: str, help_en: str, help_zh: str) -> Any:
    return column("number", en, zh, help_en, help_zh, unit="working days", low=0, high=MOST_DAYS, default=None)


def _note(en: str, zh: str, help_en: str, help_zh: str) -> Any:
    return column("text", en, zh, help_en, help_zh, default="", most=MOST_OF_A_NOTE, has_lines=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """Something that has to be done before the opening.

    A milestone is a task of the kind ``milestone``, which takes no time: links, need-by dates, evidence and acceptance are the
    same for both, and a link can name either.
    """

    code: str = code_column("Short code of the task.", "任务代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    workstream: str = column(
        "ref", "workstream", "工作组", "Workstream that it belongs to.", "所属工作组。", sheet="workstreams"
    )
    department: str = column(
        "ref", "department", "责任部门", "Department that answers for it.", "负责的部门。", sheet="departments"
    )
    crew: str = column(
        "ref", "crew", "班组", "Crew that does it; empty = nobody's hands are counted.", "执行的班组；空 = 不计人力。",
        sheet="crews", default="",
    )  # fmt: skip
    demand: int = column(
        "integer", "people", "所需人数", "People of the crew that it takes from its start to its end.", "自开始至完成占用班组的人数。",
        unit="persons", low=0, high=100_000, default=1,
    )  # fmt: skip
    kind: str = column("choice", "kind", "类型", "What kind of task.", "任务类型。", choices=TASK_KINDS, default="work")
    done_en: str = _note(
        "done means (en)", "完成标准（英文）", "What must be true when it is done, on English pages.", "完成时必须达到的状态（英文页面）。"
    )  # fmt: skip
    done_zh: str = _note("done means (zh)", "完成标准（中文）", "The same on Chinese pages.", "同上（中文页面）。")
    earliest_start: str = column(
        "date", "not before", "最早开始", "Day before which it cannot begin; empty = as soon as what it waits for is done.",
        "不得早于此日开始；空 = 前置任务完成即可开始。", default="",
    )  # fmt: skip
    need_by: str = column(
        "date", "needed by", "须完成日", "Last day on which it may end; empty = in time for the opening.",
        "最迟完成日；空 = 开幕前完成即可。", default="",
    )  # fmt: skip
    optimistic_d: float | None = _days(
        "optimistic", "乐观工期", "How long it takes if all goes well; empty = the likely time.", "一切顺利时的工期；空 = 同最可能工期。"
    )  # fmt: skip
    likely_d: float | None = _days(
        "likely",
        "最可能工期",
        "How long it likely takes; empty only for a milestone.",
        "最可能的工期；仅里程碑可为空。",
    )
    pessimistic_d: float | None = _days(
        "pessimistic", "悲观工期", "How long it takes if much goes wrong; empty = the likely time.", "多有不顺时的工期；空 = 同最可能工期。"
    )  # fmt: skip
    calendar: str = column(
        "ref", "calendar", "日历", "Its working days; empty = the preparation's.", "所用工作日历；空 = 同筹备日历。",
        sheet="calendars", default="",
    )  # fmt: skip
    evidence: str = column(
        "choice", "evidence", "完成凭证", "What shows that it is done.", "证明完成的凭证。", choices=EVIDENCE_KINDS, default="none"
    )  # fmt: skip
    accepted_by: str = column(
        "ref", "accepted by", "验收部门", "Another department, which accepts it; empty = nobody is named yet.",
        "负责验收的其他部门；空 = 尚未指定。", sheet="departments", default="",
    )  # fmt: skip
    directives: tuple[str, ...] = column(
        "refs", "directives", "对应指示", "Directives that it carries out, separated by ;.", "所落实的指示，以 ; 分隔。",
        sheet="directives", default=(),
    )  # fmt: skip
    risks: tuple[str, ...] = column(
        "refs", "risks", "风险", "Shared risks that stretch it when they happen, separated by ;.", "发生时会延长本任务的共同风险，以 ; 分隔。",
        sheet="risk_drivers", default=(),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class TaskLink:
    """One task waits for another.

    ``FS``: it starts after the other ends; ``SS``: after the other starts; ``FF``: it ends after the other ends; ``SF``: after the
    other starts.
    """

    code: str = code_column("Short code of the link.", "关联代码。")
    before: str = column("ref", "waits for", "前置任务", "Task that is waited for.", "被等待的任务。", sheet="tasks")
    after: str = column("ref", "task", "后续任务", "Task that waits.", "等待的任务。", sheet="tasks")
    kind: str = column(
        "choice", "kind", "类型", "From finish or start to start or finish.", "完成或开始对开始或完成。", choices=TASK_LINK_KINDS, default="FS"
    )  # fmt: skip
    lag_d: float = column(
        "number", "lag", "间隔", "Working days between the two, by the calendar of the preparation; below 0 = the two overlap.",
        "两者之间的工作日数（按筹备日历）；负数 = 两者搭接。", unit="working days", low=-MOST_DAYS, high=MOST_DAYS, default=0.0,
    )  # fmt: skip
