"""A preparation goes out as a project and comes back as it was."""

import dataclasses
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.plan.books import READINESS, read_joined
from hostcity.plan.by_key import fitting, put_in
from hostcity.plan.mspdi import read_project, write_project
from hostcity.plan.mspdi.labels import Label, label_of
from hostcity.plan.rows import Calendar, CalendarDays, TaskLink
from hostcity.studies.readiness import date_tasks, freeze
from tests.plan.preparations import CHINA, FIRST, GOOD, HOLIDAY, LAST, MAKE_UP, READY, TEST, WINDOW, WIRE, prepared

DEMONSTRATION = Path(__file__).parents[3] / "examples" / "ciie2019"
#: Order of the tags that are written, as the schema has them in a sequence (mspdi_pj12.xsd, by the reference that Microsoft publishes).
ORDER = {
    "Project": "SaveVersion Title ScheduleFromStart StartDate CurrencyCode CalendarUID DefaultStartTime DefaultFinishTime MinutesPerDay "
    "MinutesPerWeek DaysPerMonth DefaultTaskType DurationFormat WorkFormat NewTasksEffortDriven ExtendedAttributes Calendars Tasks Resources "
    "Assignments",
    "ExtendedAttribute": "FieldID FieldName Alias Value DurationFormat",
    "Calendar": "UID Name IsBaseCalendar BaseCalendarUID WeekDays Exceptions",
    "WeekDay": "DayType DayWorking WorkingTimes",
    "Exception": "EnteredByOccurrences TimePeriod Occurrences Name Type DayWorking WorkingTimes",
    "Task": "UID ID Name Type OutlineNumber OutlineLevel Start Finish Duration DurationFormat EffortDriven Estimated Milestone Summary "
    "ConstraintType CalendarUID ConstraintDate Deadline IgnoreResourceCalendar Notes PredecessorLink ExtendedAttribute Baseline",
    "PredecessorLink": "PredecessorUID Type CrossProject LinkLag LagFormat",
    "Baseline": "Number Start Finish",
    "Resource": "UID ID Name Type IsNull Code Group MaxUnits ExtendedAttribute AvailabilityPeriods",
    "AvailabilityPeriod": "AvailableFrom AvailableTo AvailableUnits",
    "Assignment": "UID TaskUID ResourceUID Units Work",
}
MANY = prepared(
    tasks=(
        dataclasses.replace(WIRE, earliest_start="2026-04-27", done_en="Lit.\nTested & signed <twice>.", done_zh="通电。"), TEST, READY,
        dataclasses.replace(WIRE, code="free", crew="", demand=3, likely_d=0.3, optimistic_d=None, pessimistic_d=None, name_zh="布线"),
    ),
    task_links=(
        FIRST, LAST, TaskLink(code="a", before="wire", after="free", kind="SS", lag_d=-0.5),
        TaskLink(code="b", before="free", after="ready", kind="FF", lag_d=2), TaskLink(code="c", before="wire", after="ready", kind="SF"),
    ),
    calendar_days=(HOLIDAY, MAKE_UP, WINDOW, CalendarDays(code="own", calendar="site", first="2026-05-03", is_working=True, name_en="Own")),
)  # fmt: skip


def there_and_back(plan, folder, into=None, **more):
    file = folder / "plan.xml"
    file.write_text(write_project(plan, **more).xml, "utf-8", newline="")
    into = into or plan
    return fitting(put_in(into, read_project(file, into).contents), file.name)


@pytest.mark.parametrize("chinese", [False, True])
def test_a_project_comes_back_as_it_was(tmp_path, chinese):
    assert there_and_back(MANY, tmp_path, chinese=chinese) == MANY


def test_an_empty_plan_gets_all_that_the_format_holds(tmp_path):
    bare = MANY.replace(**dict.fromkeys(GOOD, ()))
    made = there_and_back(MANY, tmp_path, bare)
    for sheet in ("preparation", "workstreams", "calendars", "calendar_days", "crews", "task_links"):
        assert set(getattr(made, sheet)) == set(getattr(MANY, sheet)), sheet
    assert [dataclasses.replace(task, directives=(), risks=()) for task in MANY.tasks] == list(made.tasks)
    assert [each.code for each in made.departments] == ["build", "police"]
    assert (made.directives, made.risk_drivers) == ((), ())


def test_what_is_left_out_is_named():
    told = [(each.code, each.sheet) for each in write_project(MANY).left_out]
    assert told == [
        ("mspdi.left_out.sheet", "directives"), ("mspdi.left_out.sheet", "departments"), ("mspdi.left_out.sheet", "risk_drivers"),
        ("mspdi.left_out.codes", "crew_days"),
    ]  # fmt: skip
    odd = prepared(tasks=(dataclasses.replace(WIRE, likely_d=3.14159265, done_zh="长" * 300), TEST, READY))
    assert [each.code for each in write_project(odd).left_out][:2] == ["mspdi.left_out.rounded", "mspdi.left_out.long"]


def test_baselines_go_out_and_come_back(tmp_path):
    dates = freeze(date_tasks(MANY))
    file = tmp_path / "plan.xml"
    file.write_text(write_project(MANY, dates, {"june": dates}).xml, "utf-8")
    assert read_project(file, MANY).baselines == {"baseline": dates}


def test_tags_stand_in_the_order_of_the_schema():
    dates = freeze(date_tasks(MANY))
    for node in ElementTree.fromstring(write_project(MANY, dates, {"june": dates}).xml).iter():  # noqa: S314 -- our own
        order = ORDER.get(node.tag.rpartition("}")[2], "").split()
        if order:
            places = [order.index(each.tag.rpartition("}")[2]) for each in node]
            assert places == sorted(places), node.tag


def test_what_is_written_is_what_microsoft_project_reads():
    xml = write_project(MANY).xml
    assert "<Duration>PT32H0M0S</Duration>" in xml  # 4 days of 8 hours
    assert "<LinkLag>4800</LinkLag>" in xml  # a day in tenths of minutes
    assert "<Deadline>2026-05-16T17:00:00</Deadline>" in xml
    site = re.search(r"<Name>\[site@china\].*?</Calendar>", xml, re.DOTALL)[0]
    # The holiday of the calendar that is followed, cut where the site has a day of its own.
    assert re.findall(r"<FromDate>(\S{10}).*\n.*<ToDate>(\S{10})", site) == [
        ("2026-05-11", "2026-05-16"), ("2026-05-03", "2026-05-03"), ("2026-05-01", "2026-05-02"), ("2026-05-04", "2026-05-05"),
        ("2026-05-09", "2026-05-09"),
    ]  # fmt: skip


_CODE = st.text("abc-1中 ", min_size=1, max_size=6).map(str.strip).filter(bool)
_NAME = st.text("ab中 |[", max_size=8).map(str.strip)


@settings(deadline=None)
@given(_CODE, _NAME, _NAME, st.none() | _CODE)
def test_labels_are_read_back_or_told(code, en, zh, other):
    label = Label(code, en, zh, other or "")
    if " | " not in f"{en} |" or not zh:
        assert label_of(label.of_calendar()) == label_of(label.of_days()) or label.other
    plan = prepared(calendars=(CHINA, Calendar(code="site", week="none", follows="china", name_en=en, name_zh=zh)))
    told = [each.code for each in write_project(plan).left_out if each.sheet == "calendars"]
    mine = Label("site", en, zh, "china")
    assert bool(told) == (label_of(mine.of_calendar()) != mine)


@pytest.mark.slow
def test_the_demonstration_comes_back_as_it_was(tmp_path):
    plan = read_joined(DEMONSTRATION, READINESS).plan
    assert len(plan.tasks) == 2_067
    assert there_and_back(plan, tmp_path).sha256 == plan.sha256


@pytest.mark.slow
def test_another_program_reads_it_and_writes_it_as_it_was(tmp_path):
    """MPXJ, which has no part in this one: it needs Java, and is not in the locked requirements."""
    jpype = pytest.importorskip("jpype")
    pytest.importorskip("mpxj")
    if not jpype.isJVMStarted():
        jpype.startJVM()
    from org.mpxj.mspdi import MSPDIWriter
    from org.mpxj.reader import UniversalProjectReader

    plan = read_joined(DEMONSTRATION, READINESS).plan
    dates = freeze(date_tasks(plan))
    ours, theirs = tmp_path / "ours.xml", tmp_path / "theirs.xml"
    ours.write_text(write_project(plan, dates).xml, "utf-8")
    read = UniversalProjectReader().read(str(ours))
    found = {str(task.getText(1)): task for task in read.getTasks() if task.getText(1) is not None}
    told = {code: (str(each.getStart())[:10], str(each.getFinish())[:10]) for code, each in found.items()}
    assert {code: end for code, (_start, end) in told.items()} == {
        code: end.isoformat() for code, (_start, end) in dates.items()
    }
    assert sum(len(task.getPredecessors()) for task in read.getTasks()) == len(plan.task_links)
    MSPDIWriter().write(read, str(theirs))
    assert fitting(put_in(plan, read_project(theirs, plan).contents), theirs.name).sha256 == plan.sha256
