"""A small preparation: two departments, a holiday with its make-up day, a site that is open in one window."""

from __future__ import annotations

from hostcity.plan import Plan
from hostcity.plan.rows import (
    Calendar,
    CalendarDays,
    Crew,
    CrewDays,
    Department,
    Directive,
    Preparation,
    RiskDriver,
    Task,
    TaskLink,
    Workstream,
)
from tests.fairs import small_fair

PREPARATION = Preparation(code="p", first_day="2026-04-20", opens="2026-05-20", calendar="china")
CHINA = Calendar(code="china")
SITE = Calendar(code="site", week="none", follows="china")
HOLIDAY = CalendarDays(code="labor", calendar="china", first="2026-05-01", last="2026-05-05")
MAKE_UP = CalendarDays(code="make-up", calendar="china", first="2026-05-09", is_working=True)
WINDOW = CalendarDays(code="window", calendar="site", first="2026-05-11", last="2026-05-16", is_working=True)
CREW = Crew(code="riggers", department="build", capacity=4)
STORM = RiskDriver(code="storm", probability=0.2, factor_low=1.0, factor_likely=1.5, factor_high=2.0)
WIRE = Task(
    code="wire", workstream="halls", department="build", crew="riggers", demand=2, optimistic_d=3, likely_d=4, pessimistic_d=8,
    evidence="photo", accepted_by="police", directives=("d1",), risks=("storm",),
)  # fmt: skip
TEST = Task(
    code="test",
    workstream="halls",
    department="police",
    kind="drill",
    likely_d=2,
    calendar="site",
    need_by="2026-05-16",
)
READY = Task(code="ready", workstream="halls", department="build", kind="milestone", need_by="2026-05-19")
FIRST = TaskLink(code="l1", before="wire", after="test", lag_d=1)
LAST = TaskLink(code="l2", before="test", after="ready")
GOOD = {
    "preparation": (PREPARATION,), "directives": (Directive(code="d1", text_en="Safe first.", text_zh="安全第一。"),),
    "departments": (Department(code="build"), Department(code="police")), "workstreams": (Workstream(code="halls", leads="build"),),
    "calendars": (CHINA, SITE), "calendar_days": (HOLIDAY, MAKE_UP, WINDOW), "crews": (CREW,),
    "crew_days": (CrewDays(code="few", crew="riggers", first="2026-05-06", capacity=2),), "risk_drivers": (STORM,),
    "tasks": (WIRE, TEST, READY), "task_links": (FIRST, LAST),
}  # fmt: skip


def prepared(**sheets) -> Plan:
    """The small fair with its preparation; given rows take the place of the good ones."""
    return small_fair().replace(**{**GOOD, **sheets})
