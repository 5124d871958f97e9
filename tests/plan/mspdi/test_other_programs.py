"""Files as Microsoft Project and ProjectLibre write them: summary tasks, their own numbers, calendars, resources, odd links."""

import dataclasses

import pytest

from hostcity.plan import PlanError
from hostcity.plan.by_key import fitting, put_in
from hostcity.plan.mspdi import REMOVED_FROM, read_project
from tests.plan.preparations import GOOD, prepared

BARE = prepared(**dict.fromkeys(GOOD, ()))
BARE = BARE.replace(edition=(dataclasses.replace(BARE.day, date="2026-05-20"),))


def tag(name, *within, **values):
    inside = "".join(f"<{key}>{value}</{key}>" for key, value in values.items())
    return f"<{name}>{inside}{''.join(within)}</{name}>"


def link(before, kind=1, lag=0, format_=7, **more):
    return tag(
        "PredecessorLink", PredecessorUID=before, Type=kind, CrossProject=0, LinkLag=lag, LagFormat=format_, **more
    )


def task(uid, number, name, level, *within, hours=8, **more):
    values = {
        "UID": uid,
        "ID": number,
        "Name": name,
        "OutlineLevel": level,
        "Duration": f"PT{hours}H0M0S",
        "DurationFormat": 7,
        "Milestone": 0,
    }
    return tag("Task", *within, **(values | more))


WEEK = "".join(tag("WeekDay", DayType=day, DayWorking=int(1 < day < 7)) for day in range(1, 8))
STANDARD = tag(
    "Calendar", tag("WeekDays", WEEK),
    tag("Exceptions", tag("Exception", tag("TimePeriod", FromDate="2026-05-01T00:00:00", ToDate="2026-05-05T23:59:00"), Name="劳动节", Type=1, DayWorking=0)),
    UID=1, Name="Standard", IsBaseCalendar=1, BaseCalendarUID=-1,
)  # fmt: skip
TASKS = (
    tag("Task", UID=0, ID=0, Name="Expo", OutlineLevel=0, Summary=1),
    task(10, 1, "Halls", 1, Summary=1, hours=80), task(11, 2, "展馆布线", 2, Deadline="2026-05-08T17:00:00", PercentComplete=20),
    task(12, 3, "Test", 2, link(11, 1, 2400), hours=12, ConstraintType=4, ConstraintDate="2026-05-06T08:00:00"),
    task(13, 4, "Guests", 1, Summary=1), task(14, 5, "Invite", 2, link(10), link(11, 3, -4800)),
    tag("Task", UID=15, ID=6, IsNull=1), task(16, 7, "Open", 1, link(12, 0), link(14, 2), hours=0, Milestone=1),
)  # fmt: skip
RESOURCES = tag(
    "Resources", tag("Resource", UID=0, ID=0, Name="Unassigned", Type=1),
    tag("Resource", UID=1, ID=1, Name="Riggers", Type=1, Group="Build office", MaxUnits="4.00"), tag("Resource", UID=2, ID=2, Name="Steel", Type=0),
)  # fmt: skip
ASSIGNMENTS = tag(
    "Assignments",
    tag("Assignment", UID=1, TaskUID=11, ResourceUID=1, Units=2),
    tag("Assignment", UID=2, TaskUID=12, ResourceUID=-65535, Units=1),
)


def project(*tasks, calendars=STANDARD, namespace="http://schemas.microsoft.com/project", more=RESOURCES + ASSIGNMENTS):
    values = {"SaveVersion": 14, "StartDate": "2026-04-20T08:00:00", "CalendarUID": 1, "MinutesPerDay": 480}
    body = tag("Project", tag("Calendars", calendars), tag("Tasks", *(tasks or TASKS)), more, **values)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + body.replace("<Project>", f'<Project xmlns="{namespace}">')


@pytest.fixture
def read(tmp_path):
    def made(xml, plan=BARE, **more):
        file = tmp_path / "theirs.xml"
        file.write_text(xml, "utf-8")
        return read_project(file, plan, **more).contents

    return made


def put(contents, plan=BARE, remove=()):
    return fitting(put_in(plan, contents, remove), contents.of)


def test_a_file_of_microsoft_project_becomes_rows(read):
    contents = read(project())
    plan = put(contents)
    assert [(each.code, each.name_en, each.name_zh, each.workstream, each.department, each.crew, each.demand, each.likely_d, each.kind) for each in plan.tasks] == [
        ("t11", "", "展馆布线", "w10", "Build-office", "r1", 2, 1.0, "work"), ("t12", "Test", "", "w10", "nobody-yet", "", 1, 1.5, "work"),
        ("t14", "Invite", "", "w13", "nobody-yet", "", 1, 1.0, "work"), ("t16", "Open", "", "tasks", "nobody-yet", "", 1, None, "milestone"),
    ]  # fmt: skip
    assert [(each.earliest_start, each.need_by) for each in plan.tasks[:2]] == [("", "2026-05-08"), ("2026-05-06", "")]
    assert [(each.before, each.after, each.kind, each.lag_d) for each in plan.task_links] == [
        ("t11", "t12", "FS", 0.5), ("t11", "t14", "FS", 0.0), ("t12", "t14", "FS", 0.0), ("t11", "t14", "SS", -1.0), ("t12", "t16", "FF", 0.0),
        ("t14", "t16", "SF", 0.0),
    ]  # fmt: skip
    assert [(each.code, each.name_en, each.department, each.capacity) for each in plan.crews] == [
        ("r1", "Riggers", "Build-office", 4)
    ]
    assert [(each.week, each.name_en) for each in plan.calendars] == [("mon_fri", "Standard")]
    assert [(each.first, each.last, each.is_working, each.name_zh) for each in plan.calendar_days] == [
        ("2026-05-01", "2026-05-05", False, "劳动节")
    ]
    assert (plan.preparation[0].first_day, plan.preparation[0].opens) == ("2026-04-20", plan.day.date)
    assert [each.code for each in contents.notes] == ["mspdi.left_out.department", "mspdi.left_out.progress"]


def test_the_same_file_again_changes_nothing_and_what_the_plan_says_more_stays(read):
    plan = put(read(project()))
    told = plan.replace(tasks=tuple(each if each.code != "t12" else _told(each) for each in plan.tasks))
    assert put(read(project(), told), told) == told


def _told(task):
    return dataclasses.replace(task, department="Build-office", evidence="photo", optimistic_d=1.0, pessimistic_d=2.0)


def test_what_the_file_does_not_have_is_removed_when_asked(read):
    plan = put(read(project()))
    fewer = project(*TASKS[:4])
    assert len(put(read(fewer, plan), plan).tasks) == 4
    made = put(read(fewer, plan), plan, REMOVED_FROM)
    assert ([each.code for each in made.tasks], [each.after for each in made.task_links]) == (["t11", "t12"], ["t12"])


def test_the_other_namespace_and_days_before_2007(read):
    older = tag(
        "Calendar",
        tag(
            "WeekDays",
            WEEK,
            tag(
                "WeekDay",
                tag("TimePeriod", FromDate="2026-05-01T00:00:00", ToDate="2026-05-01T23:59:00"),
                DayType=0,
                DayWorking=0,
            ),
        ),
        UID=1,
        Name="Standard",
        IsBaseCalendar=1,
    )
    plan = put(read(project(calendars=older, namespace="http://schemas.microsoft.com/project/2007")))
    assert [(each.first, each.last) for each in plan.calendar_days] == [("2026-05-01", "")]


def test_a_yearly_holiday_is_every_year_of_the_file(read):
    yearly = STANDARD.replace("<Type>1</Type>", "<Type>2</Type><Month>4</Month><MonthDay>1</MonthDay>").replace(
        "2026-05-05T", "2028-05-05T"
    )
    assert [each.first for each in put(read(project(calendars=yearly))).calendar_days] == [
        "2026-05-01",
        "2027-05-01",
        "2028-05-01",
    ]


def test_a_lag_in_percent_is_of_what_is_waited_for(read):
    [found] = put(
        read(project(TASKS[0], task(1, 1, "A", 1, hours=40), task(2, 2, "B", 1, link(1, 1, 50, 19))))
    ).task_links
    assert found.lag_d == 2.5


def test_every_problem_of_a_file_is_told_at_once(read):
    odd = project(
        task(1, 1, "A", 1, link(2), hours=-16), task(2, 2, "B", 1, link(1), link(9, 1, 4800, 8), Deadline="soon"),
        task(3, 3, "C", 1, DurationFormat=8, ConstraintType=4, ConstraintDate="2026-05-15T08:00:00", Deadline="2026-05-08T17:00:00"),
        calendars=STANDARD.replace("<DayType>2</DayType><DayWorking>1", "<DayType>2</DayType><DayWorking>0") + tag("Calendar", UID=2, Name="Unused"),
    )  # fmt: skip
    odd = odd.replace("PT-16H", "-PT16H")
    with pytest.raises(PlanError) as refused:
        put(read(odd))
    assert sorted((each.code, each.row) for each in refused.value.problems) == [
        ("mspdi.elapsed", 2), ("mspdi.elapsed", 3), ("mspdi.week", 0), ("task_links.after.circle", 1), ("task_links.before.unknown", 2),
        ("tasks.likely_d.range", 1), ("tasks.need_by.date", 2), ("tasks.need_by.order", 3),
    ]  # fmt: skip


def test_what_has_no_place_is_told(read):
    contents = read(project(
        tag("Task", UID=20, ID=1, Name="All", OutlineLevel=1, Summary=1), task(21, 2, "A", 2), task(22, 3, "B", 1, link(20, 3)),
        task(23, 4, "Off", 1, Active=0), task(24, 5, "Far", 1, ExternalTask=1), task(25, 6, "Late", 1, ConstraintType=1),
        more=RESOURCES.replace("Steel</Name><Type>0", "Steel</Name><Type>1") + tag("Assignments", *(tag("Assignment", TaskUID=21, ResourceUID=uid) for uid in (1, 2))),
    ))  # fmt: skip
    assert sorted(each.code.removeprefix("mspdi.left_out.") for each in contents.notes) == [
        "constraint", "department", "external", "inactive", "resources", "summary",
    ]  # fmt: skip


def test_links_of_summary_tasks_with_one_another_do_not_grow_without_bound(read):
    halves = [task(1_000 * half, 1, "Half", 1, *([link(1_000)] if half == 2 else ()), Summary=1) + "".join(
        task(1_000 * half + at, at, "Task", 2) for at in range(1, 201)
    ) for half in (1, 2)]  # fmt: skip
    contents = read(project(*halves))
    assert [each.code for each in contents.problems] == ["mspdi.links"]
    deep = read(
        project(*(task(at, at, "Deep", at, Summary=1) for at in range(1, 3_000)), task(3_000, 3_000, "Last", 3_000))
    )
    assert [row.cells["code"] for row in deep.rows["tasks"]] == ["t3000"]


def test_the_number_of_a_task_is_only_for_people(read):
    plan = put(read(project()))
    huge = project().replace("<ID>2</ID>", "<ID>999999999999</ID>")
    assert {each.code for each in put(read(huge, plan), plan, REMOVED_FROM).tasks} == {each.code for each in plan.tasks}
