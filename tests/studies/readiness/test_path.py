"""Dates of tasks through their calendars, beside the slow twin and by hand."""

import datetime

import pytest
from examples.tiny.readiness import build_preparation
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.plan import PlanError, problems_of
from hostcity.plan.rows import Calendar, CalendarDays, Department, Preparation, Task, TaskLink, Workstream
from hostcity.plan.working_days import working_days
from hostcity.studies.readiness import date_tasks, days_of
from tests.fairs import small_fair
from tests.naive import preparation as naive
from tests.plan.preparations import GOOD, TEST, WIRE, prepared

FIRST, OPENS = datetime.date(2026, 4, 20), datetime.date(2026, 8, 3)
CALENDARS = (
    Calendar(code="office"),
    Calendar(code="saturdays", week="mon_sat", follows="office"),
    Calendar(code="daily", week="every_day"),
    Calendar(code="site", week="none"),
)


@st.composite
def preparations(draw):
    """Tasks of whole days in four calendars, each waiting for some before it."""
    count = draw(st.integers(1, 9))
    days = st.integers(0, 60).map(lambda day: (FIRST + datetime.timedelta(days=day)).isoformat())
    holidays = draw(st.lists(days, max_size=6, unique=True))
    windows = draw(st.lists(st.integers(0, 30), min_size=2, max_size=8, unique=True))
    special = [CalendarDays(code=f"h{at}", calendar="office", first=day) for at, day in enumerate(holidays)]
    for at in windows:
        day = (FIRST + datetime.timedelta(days=at * 3)).isoformat()
        special.append(CalendarDays(code=f"w{at}", calendar="site", first=day, is_working=True))
    special.append(CalendarDays(code="end", calendar="site", first="2026-08-03", last="2027-06-30", is_working=True))
    tasks = [
        Task(
            code=str(at), workstream="w", department="d", likely_d=draw(st.integers(1, 6)), need_by="2027-08-01",
            calendar=draw(st.sampled_from(["", "office", "saturdays", "daily", "site"])), earliest_start=draw(st.sampled_from(["", "2026-05-10"])),
        )
        for at in range(count)
    ]  # fmt: skip
    pairs = [(one, other) for other in range(count) for one in range(other) if draw(st.booleans())]
    return small_fair().replace(
        preparation=(Preparation(code="p", first_day=FIRST.isoformat(), opens=OPENS.isoformat(), calendar="office"),),
        departments=(Department(code="d"),), workstreams=(Workstream(code="w"),), calendars=CALENDARS, calendar_days=tuple(special),
        tasks=tuple(tasks), task_links=tuple(TaskLink(code=f"l{one}-{other}", before=str(one), after=str(other)) for one, other in pairs),
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(preparations())
def test_dates_are_those_of_walking_day_by_day(plan):
    main = working_days(plan, "office").has
    tasks = [
        (int(task.likely_d), working_days(plan, task.calendar or "office").has, datetime.date.fromisoformat(task.earliest_start or "2026-01-01"))
        for task in plan.tasks
    ]  # fmt: skip
    links = [(int(link.before), int(link.after)) for link in plan.task_links]
    dated = date_tasks(plan)
    assert dated.network.is_settled
    assert [(each.start, each.end) for each in dated.tasks] == naive.dates(FIRST, main, tasks, links)


def test_a_window_is_waited_for_and_gives_float_to_what_comes_before():
    assert problems_of(prepared()) == ()
    wire, test, ready = date_tasks(prepared()).tasks
    assert (str(wire.start), str(wire.end), wire.total_float_d, wire.is_critical) == (
        "2026-04-20",
        "2026-04-23",
        7.0,
        False,
    )
    assert (str(test.start), str(test.end), str(test.harmless_end), test.spare_d) == (
        "2026-05-09",
        "2026-05-11",
        "2026-05-15",
        4.0,
    )
    assert (ready.start, ready.end) == (test.end, test.end)  # a milestone is on the evening of what it waits for
    assert str(wire.harmless_end) == "2026-05-12"


def test_the_critical_path_of_the_tiny_preparation():
    dated = date_tasks(small_fair().replace(**dict(_sheets(build_preparation()))))
    assert [each.task.code for each in dated.critical] == ["stands", "fire", "ready"]
    assert (str(dated.ready), dated.spare_d, dated.late) == ("2019-11-01", 2.0, ())


def _sheets(plan):
    return [(name, rows) for name, rows in plan.sheets() if name in GOOD]


def test_a_calendar_that_runs_out_names_every_task():
    late = prepared(
        tasks=(WIRE, TEST, GOOD["tasks"][2]),
        task_links=(GOOD["task_links"][0], TaskLink(code="x", before="wire", after="test", lag_d=60)),
    )
    with pytest.raises(PlanError) as error:
        date_tasks(late)
    assert [(each.code, each.row) for each in error.value.problems] == [("tasks.calendar.dead", 2)]


def test_days_on_which_the_clock_rests_are_refused_by_name():
    sundays = tuple(
        CalendarDays(code=day, calendar="site", first=day, is_working=True) for day in ("2026-05-17", "2026-05-24")
    )
    task = Task(
        code="t",
        workstream="halls",
        department="build",
        likely_d=1,
        calendar="site",
        earliest_start="2026-05-17",
        need_by="2026-05-17",
    )
    plan = prepared(calendar_days=(*GOOD["calendar_days"], *sundays), tasks=(*GOOD["tasks"], task))
    assert problems_of(plan) == ()
    with pytest.raises(
        PlanError, match=r"t is needed by 2026-05-17, and its calendar site has its days while .* rests"
    ):
        date_tasks(plan)


def test_times_and_dates_of_one_clock():
    days = days_of(prepared(), "china")
    friday, monday = datetime.date(2026, 4, 24), datetime.date(2026, 4, 27)
    assert (days.after(friday), days.before(monday), days.before(datetime.date(2026, 4, 25))) == (5.0, 5.0, 5.0)
    assert (days.start(5.0), days.end(5.0), days.start(4.5), days.end(4.5)) == (monday, friday, friday, friday)
    assert days.start(1e6) is None


def test_no_tasks_say_where_they_belong():
    with pytest.raises(PlanError, match=r"tasks\.none"):
        date_tasks(small_fair())
