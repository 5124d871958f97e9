"""What is wrong with tasks, links, calendars and crews: one bad preparation for every rule."""

import dataclasses
import datetime

import openpyxl
import pytest

from hostcity.plan import SHEETS, PlanError, problems_of, read_plan, write_workbook
from hostcity.plan.books import READINESS
from hostcity.plan.json_form import plan_from_json, plan_to_json
from hostcity.plan.rows import Calendar, CrewDays, TaskLink
from hostcity.plan.working_days import working_days
from tests.fairs import small_fair
from tests.plan.preparations import (
    CHINA,
    FIRST,
    GOOD,
    HOLIDAY,
    LAST,
    MAKE_UP,
    PREPARATION,
    READY,
    SITE,
    STORM,
    TEST,
    WINDOW,
    WIRE,
    prepared,
)


def other(row, **fields):
    return dataclasses.replace(row, **fields)


def tasks(**fields):
    return prepared(tasks=(other(WIRE, **fields), TEST, READY))


BACK = TaskLink(code="l3", before="ready", after="wire", kind="SS")
RULES = [
    (prepared(), []),
    (prepared(preparation=()), ["preparation.rows"]),
    (prepared(preparation=(PREPARATION, other(PREPARATION, code="q"))), ["preparation.rows"]),
    (prepared(preparation=(other(PREPARATION, opens="2026-04-20"),)), ["preparation.opens.order"]),
    (prepared(preparation=(other(PREPARATION, opens="2036-04-20"),)), ["preparation.opens.order"]),
    (prepared(calendars=(CHINA, other(SITE, follows="site"))), ["calendars.follows.loop"]),
    (prepared(calendars=(CHINA, SITE, Calendar(code="x", follows="site"))), ["calendars.follows.loop"]),
    (prepared(calendars=(CHINA, SITE, Calendar(code="x", week="none"))), ["calendars.week.dead"]),
    (prepared(calendar_days=(other(HOLIDAY, last="2026-04-30"), MAKE_UP, WINDOW)), ["calendar_days.last.order"]),
    (prepared(calendar_days=(HOLIDAY, other(MAKE_UP, first="2026-05-05"), WINDOW)), ["calendar_days.first.overlap"]),
    (prepared(crew_days=(CrewDays(code="a", crew="riggers", first="2026-05-06", last="2026-05-01", capacity=1),)), ["crew_days.last.order"]),
    (prepared(risk_drivers=(other(STORM, factor_high=1.2),)), ["risk_drivers.factor_likely.order"]),
    (tasks(likely_d=None), ["tasks.likely_d.needed"]),
    (tasks(likely_d=2), ["tasks.likely_d.order"]),
    (tasks(optimistic_d=-1.0), ["tasks.optimistic_d.range"]),
    (tasks(kind="milestone"), ["tasks.likely_d.not_used"]),
    (tasks(need_by="2026-05-01", earliest_start="2026-05-02"), ["tasks.need_by.order"]),
    (tasks(need_by="2026-04-22"), []),
    (tasks(need_by="2026-04-21"), ["tasks.need_by.late"]),
    (tasks(earliest_start="2026-05-18"), ["tasks.need_by.late"]),
    (tasks(need_by="2026-07-01", earliest_start="2026-06-26"), []),
    (tasks(need_by="2026-07-01", earliest_start="2026-06-30"), ["tasks.need_by.late"]),
    (tasks(need_by="2099-07-01", earliest_start="2099-06-01"), ["tasks.need_by.late"]),
    (tasks(calendar="site", need_by="2026-05-08"), ["tasks.calendar.dead"]),
    (tasks(demand=5), ["tasks.demand.too_many"]),
    (tasks(crew=""), []),
    (tasks(crew="painters"), ["tasks.crew.unknown"]),
    (tasks(accepted_by="build"), ["tasks.accepted_by.itself"]),
    (prepared(task_links=(FIRST, LAST, other(FIRST, code="l3", after="wire"))), ["task_links.after.itself"]),
    (prepared(task_links=(FIRST, LAST, other(FIRST, code="l3", lag_d=2))), ["task_links.after.twice"]),
    (prepared(task_links=(FIRST, LAST, BACK)), ["task_links.after.circle"]),
]  # fmt: skip


@pytest.mark.parametrize(("plan", "expected"), RULES)
def test_a_rule_of_tasks(plan, expected):
    assert [each.code for each in problems_of(plan)] == expected


def test_a_circle_is_named_by_its_tasks_at_the_link_that_closes_it():
    (problem,) = problems_of(prepared(task_links=(FIRST, LAST, BACK)))
    assert str(problem) == (
        "sheet task_links, row 2, column after: tasks wait for one another: ready → wire → test → ready. "
        "Remove one of these links. [task_links.after.circle]"
    )


def test_two_circles_are_told_at_once():
    more = (other(TEST, code="a", need_by=""), other(TEST, code="b", need_by=""))
    links = (FIRST, LAST, BACK, TaskLink(code="l4", before="a", after="b"), TaskLink(code="l5", before="b", after="a"))
    found = problems_of(prepared(tasks=(*GOOD["tasks"], *more), task_links=links))
    assert [(each.code, each.row) for each in found] == [("task_links.after.circle", 5), ("task_links.after.circle", 2)]


def test_holidays_make_up_days_and_windows():
    days = working_days(prepared(), "china").between(datetime.date(2026, 4, 29), datetime.date(2026, 5, 11))
    assert [day.day for day in days] == [29, 30, 6, 7, 8, 9, 11]
    site = working_days(prepared(), "site").between(datetime.date(2026, 4, 29), datetime.date(2026, 5, 31))
    assert [day.day for day in site] == [9, 11, 12, 13, 14, 15, 16]


def test_own_special_days_come_before_those_followed():
    closed = other(MAKE_UP, code="shut", calendar="site", is_working=False)
    plan = prepared(calendar_days=(HOLIDAY, MAKE_UP, WINDOW, closed))
    assert not working_days(plan, "site").has(datetime.date(2026, 5, 9))


def test_a_preparation_comes_back_from_json():
    assert plan_from_json(plan_to_json(prepared())) == prepared()


def test_a_plan_without_tasks_keeps_its_hash():
    assert set(GOOD) == set(READINESS.own)
    assert small_fair().sha256 == small_fair().sha256_of([name for name in SHEETS if name not in GOOD])


def test_what_cannot_be_read_hides_no_circle_and_invents_no_want_of_days(tmp_path):
    circle = prepared(task_links=(FIRST, LAST, BACK), tasks=(other(WIRE, demand=4), TEST, READY))
    write_workbook(circle, tmp_path / "expo.xlsx")
    book = openpyxl.load_workbook(tmp_path / "expo.xlsx")
    book["preparation"]["B3"], book["crews"]["E3"] = "soon", "four"
    book.save(tmp_path / "expo.xlsx")
    with pytest.raises(PlanError) as error:
        read_plan(tmp_path)
    assert [each.code for each in error.value.problems] == [
        "preparation.first_day.date", "crews.capacity.number", "task_links.after.circle",
    ]  # fmt: skip
