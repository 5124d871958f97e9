"""A preparation as a project of Microsoft Project: tasks under their workstreams, links, calendars, crews, baselines.

References
----------
.. [1] Microsoft, "Project XML Data Interchange Schema Reference" (mspdi_pj12.xsd), learn.microsoft.com/office-project/xml-data-interchange.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hostcity.plan.cells import write_cell
from hostcity.plan.columns import columns_of
from hostcity.plan.mspdi import fields
from hostcity.plan.mspdi.fields import CustomField
from hostcity.plan.mspdi.labels import Label, label_of
from hostcity.plan.mspdi.xml import Written
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem
from hostcity.plan.rows import Calendar, Crew, Task
from hostcity.plan.sentences import Sentence
from hostcity.plan.working_days import ONE_DAY, WEEKDAYS, as_date
from hostcity.plan.working_days import days_of as days_of_row

NAMESPACE = "http://schemas.microsoft.com/project"
SECONDS_A_DAY = fields.MINUTES_A_DAY * 60
LAG_A_DAY = fields.MINUTES_A_DAY * 10
EVER = ("1984-01-01T00:00:00", "2049-12-31T23:59:00")
Dates = Mapping[str, tuple[datetime.date, datetime.date]]  # start and end by the code of a task


@dataclass(frozen=True, slots=True)
class Project:
    """A project as XML. ``left_out`` says what of the plan it does not hold."""

    xml: str
    left_out: tuple[Problem, ...]


def write_project(
    plan: Plan, dates: Dates | None = None, baselines: Mapping[str, Dates] | None = None, *, chinese: bool = False
) -> Project:
    """The preparation of a plan as MSPDI.

    Parameters
    ----------
    dates
        When each task is done as things stand; Microsoft Project finds them again when it schedules.
    baselines
        Up to eleven, of which the first is that which Microsoft Project compares with.
    chinese
        Names in Chinese, where there are any.
    """
    return _Writing(plan, dates or {}, list((baselines or {}).values())[:11], chinese).project()


class _Writing:
    """One project as it is written."""

    def __init__(self, plan: Plan, dates: Dates, baselines: list[Dates], chinese: bool) -> None:
        self.plan, self.dates, self.baselines, self.chinese = plan, dates, baselines, chinese
        self.out = Written()
        self.left_out: list[Problem] = []
        self.codes_left_out = 0  # of links
        self.uid = {task.code: at for at, task in enumerate(plan.tasks, 1)}
        self.crew = {crew.code: at for at, crew in enumerate(plan.crews, 1)}
        self.calendar = {each.code: at for at, each in enumerate(plan.calendars, 1)}
        self.waits: defaultdict[str, list[Any]] = defaultdict(list)
        for link in plan.task_links:
            self.waits[link.after].append(link)

    def project(self) -> Project:
        row = self.plan.preparation[0]
        self.out.open("Project", f' xmlns="{NAMESPACE}"')
        self.out.values(
            SaveVersion=12, Title=self._name(self.plan.edition[0]) if self.plan.edition else None, ScheduleFromStart=1,
            StartDate=_at(row.first_day, fields.STARTS), CurrencyCode="CNY", CalendarUID=self.calendar.get(row.calendar),
            DefaultStartTime=fields.STARTS, DefaultFinishTime=fields.ENDS, MinutesPerDay=fields.MINUTES_A_DAY,
            MinutesPerWeek=5 * fields.MINUTES_A_DAY, DaysPerMonth=20, DefaultTaskType=1, DurationFormat=fields.DAYS, WorkFormat=2,
            NewTasksEffortDriven=0,
        )  # fmt: skip
        self._definitions()
        self._group("Calendars", self.plan.calendars, self._calendar)
        self._tasks()
        self._group("Resources", self.plan.crews, self._resource)
        self._assignments()
        self.out.close()
        self._sheets_left_out()
        return Project(self.out.text(), tuple(self.left_out))

    def _group(self, tag: str, rows: tuple[Any, ...], write: Any) -> None:
        if rows:
            self.out.open(tag)
            for row in rows:
                write(row)
            self.out.close()

    def _definitions(self) -> None:
        self.out.open("ExtendedAttributes")
        for each in fields.ALL:
            self.out.open("ExtendedAttribute")
            self.out.values(FieldID=each.number, FieldName=each.title, Alias=each.alias)
            self.out.close()
        self.out.close()

    def _calendar(self, row: Calendar) -> None:
        label = Label(row.code, row.name_en, row.name_zh, row.follows)
        self.out.open("Calendar")
        self.out.values(
            UID=self.calendar[row.code],
            Name=self._labelled("calendars", label, label.of_calendar()),
            IsBaseCalendar=1,
            BaseCalendarUID=-1,
        )
        self.out.open("WeekDays")
        for day_type in range(1, 8):  # 1 is Sunday
            self.out.open("WeekDay")
            self._works(day_type, (day_type - 2) % 7 in WEEKDAYS[row.week])
            self.out.close()
        self.out.close()
        exceptions = list(self._exceptions(row))
        if exceptions:
            self.out.open("Exceptions")
            for first, last, name, is_working in exceptions:
                self._exception(first, last, name, is_working)
            self.out.close()
        self.out.close()

    def _works(self, day_type: int, is_working: bool) -> None:
        self.out.values(DayType=day_type, DayWorking=is_working)
        if is_working:
            self._hours()

    def _hours(self) -> None:
        self.out.open("WorkingTimes")
        for begins, ends in ((fields.STARTS, fields.PAUSE), (fields.GOES_ON, fields.ENDS)):
            self.out.open("WorkingTime")
            self.out.values(FromTime=begins, ToTime=ends)
            self.out.close()
        self.out.close()

    def _exceptions(self, row: Calendar) -> Iterator[tuple[datetime.date, datetime.date, str, bool]]:
        """Its own special days, and those of the calendar that it follows where it has none of its own, in stretches."""
        own: set[datetime.date] = set()
        for each in self.plan.calendar_days:
            if each.calendar == row.code and (days := list(days_of_row(each.first, each.last))):
                own.update(days)
                label = Label(each.code, each.name_en, each.name_zh)
                yield days[0], days[-1], self._labelled("calendar_days", label, label.of_days()), each.is_working
        for each in self.plan.calendar_days:
            if row.follows and each.calendar == row.follows:
                label = Label(each.code, each.name_en, each.name_zh, each.calendar)
                for first, last in _stretches(day for day in days_of_row(each.first, each.last) if day not in own):
                    yield first, last, label.of_days()[: fields.MOST_OF_A_NAME], each.is_working

    def _exception(self, first: datetime.date, last: datetime.date, name: str, is_working: bool) -> None:
        self.out.open("Exception")
        self.out.value("EnteredByOccurrences", 0)
        self.out.open("TimePeriod")
        self.out.values(FromDate=f"{first}T00:00:00", ToDate=f"{last}T23:59:00")
        self.out.close()
        self.out.values(Occurrences=(last - first).days + 1, Name=name, Type=1, DayWorking=is_working)
        if is_working:
            self._hours()
        self.out.close()

    def _tasks(self) -> None:
        """The project's own task, then each workstream with its tasks."""
        row = self.plan.preparation[0]
        self.out.open("Tasks")
        opens = as_date(row.opens)
        self.out.open("Task")
        self.out.values(
            UID=0,
            ID=0,
            Name=self._name(self.plan.edition[0]) if self.plan.edition else row.code,
            OutlineNumber=0,
            OutlineLevel=0,
            Summary=1,
        )
        self.out.value("Deadline", f"{opens - ONE_DAY}T{fields.ENDS}" if opens else None)
        self._texts({"preparation": row.code, "opens": row.opens})
        self.out.close()
        number, uid = 0, len(self.plan.tasks)
        under: defaultdict[str, list[Task]] = defaultdict(list)
        for task in self.plan.tasks:
            under[task.workstream].append(task)
        for place, stream in enumerate(self.plan.workstreams, 1):
            number, uid = number + 1, uid + 1
            self.out.open("Task")
            self.out.values(UID=uid, ID=number, Name=self._name(stream), OutlineNumber=place, OutlineLevel=1, Summary=1)
            self._texts(
                {
                    "workstream": stream.code,
                    "department": stream.leads,
                    "name_en": stream.name_en,
                    "name_zh": stream.name_zh,
                }
            )
            self.out.close()
            for within, task in enumerate(under[stream.code], 1):
                number += 1
                self._task(task, number, f"{place}.{within}")
        self.out.close()

    def _task(self, task: Task, number: int, outline: str) -> None:
        start, end = self.dates.get(task.code, (None, None))
        self._exact(task, number)
        self.out.open("Task")
        self.out.values(
            UID=self.uid[task.code], ID=number, Name=self._name(task), Type=1, OutlineNumber=outline, OutlineLevel=2,
            Start=_at(end, fields.ENDS) if not task.likely_d else _at(start, fields.STARTS), Finish=_at(end, fields.ENDS),
            Duration=_duration(task.likely_d or 0), DurationFormat=fields.DAYS, EffortDriven=0, Estimated=0,
            Milestone=task.kind == "milestone", Summary=0,
            ConstraintType=fields.NOT_BEFORE if task.earliest_start else fields.ASAP, CalendarUID=self.calendar.get(task.calendar, -1),
            ConstraintDate=_at(task.earliest_start, fields.STARTS), Deadline=_at(task.need_by, fields.ENDS),
            IgnoreResourceCalendar=True if task.calendar else None, Notes=task.done_en or None,
        )  # fmt: skip
        for link in self.waits[task.code]:
            self.out.open("PredecessorLink")
            self.out.values(
                PredecessorUID=self.uid[link.before], Type=fields.LINK_TYPES.index(link.kind), CrossProject=0,
                LinkLag=round(link.lag_d * LAG_A_DAY), LagFormat=fields.DAYS,
            )  # fmt: skip
            self.out.close()
        columns = columns_of(Task)
        texts = {name: write_cell(columns[name], getattr(task, name)) for name in _TEXTS if name != "demand"}
        texts["demand"] = task.demand if not task.crew and task.demand != 1 else None
        links = "; ".join(link.code for link in self.waits[task.code])
        texts["links"] = links if len(links) <= fields.MOST_OF_A_FIELD else None
        self.codes_left_out += len(self.waits[task.code]) if texts["links"] is None else 0
        self._texts(texts)
        self._value(fields.ROW, self.uid[task.code])
        for field, days in ((fields.OPTIMISTIC, task.optimistic_d), (fields.PESSIMISTIC, task.pessimistic_d)):
            if days is not None:
                self._value(field, _duration(days), DurationFormat=fields.DAYS)
        self._baselines(task.code)
        self.out.close()

    def _texts(self, texts: Mapping[str, Any]) -> None:
        for field in fields.TASK_TEXTS:
            if (value := texts.get(field.name)) not in (None, ""):
                if len(str(value)) > fields.MOST_OF_A_FIELD:
                    what = Sentence(
                        "{code} says more than {most} characters in {field}.",
                        code=texts.get("code", ""),
                        most=fields.MOST_OF_A_FIELD,
                        field=field.name,
                    )
                    self._leave_out("long", what, "tasks", column=field.name)
                else:
                    self._value(field, value)

    def _value(self, field: CustomField, value: Any, **more: Any) -> None:
        self.out.open("ExtendedAttribute")
        self.out.values(FieldID=field.number, Value=value, **more)
        self.out.close()

    def _baselines(self, code: str) -> None:
        for number, dates in enumerate(self.baselines):
            if code in dates:
                self.out.open("Baseline")
                start, end = dates[code]
                self.out.values(Number=number, Start=_at(start, fields.STARTS), Finish=_at(end, fields.ENDS))
                self.out.close()

    def _resource(self, crew: Crew) -> None:
        uid = self.crew[crew.code]
        self.out.open("Resource")
        self.out.values(
            UID=uid,
            ID=uid,
            Name=fields.resource_name(self._name(crew)),
            Type=1,
            IsNull=0,
            Code=crew.code,
            Group=crew.department,
            MaxUnits=crew.capacity,
        )
        for field, value in zip(fields.RESOURCE_TEXTS, (crew.name_en, crew.name_zh), strict=True):
            if value:
                self._value(field, value)
        periods = list(self._periods(crew))
        if len(periods) > 1:
            self.out.open("AvailabilityPeriods")
            for begins, ends, people in periods:
                self.out.open("AvailabilityPeriod")
                self.out.values(AvailableFrom=begins, AvailableTo=ends, AvailableUnits=people)
                self.out.close()
            self.out.close()
        self.out.close()

    def _periods(self, crew: Crew) -> Iterator[tuple[str, str, int]]:
        """The whole of time, by how many of a crew there are."""
        begins = EVER[0]
        rows = sorted((each for each in self.plan.crew_days if each.crew == crew.code), key=lambda each: each.first)
        for each in rows:
            first, last = as_date(each.first), as_date(each.last or each.first)
            if first is None or last is None:
                continue
            if begins != f"{first}T00:00:00":
                yield begins, f"{first - ONE_DAY}T23:59:00", crew.capacity
            yield f"{first}T00:00:00", f"{last}T23:59:00", each.capacity
            begins = f"{last + ONE_DAY}T00:00:00"
        yield begins, EVER[1], crew.capacity

    def _assignments(self) -> None:
        tasks = [task for task in self.plan.tasks if task.crew in self.crew]
        if not tasks:
            return
        self.out.open("Assignments")
        for number, task in enumerate(tasks, 1):
            self.out.open("Assignment")
            self.out.values(
                UID=number, TaskUID=self.uid[task.code], ResourceUID=self.crew[task.crew], Units=task.demand,
                Work=_duration((task.likely_d or 0) * task.demand),
            )  # fmt: skip
            self.out.close()
        self.out.close()

    def _name(self, row: Any) -> str:
        return str(((row.name_zh or row.name_en) if self.chinese else (row.name_en or row.name_zh)) or row.code)

    def _labelled(self, sheet: str, label: Label, name: str) -> str:
        """The name that carries a label; told where it does not come back."""
        if label_of(name) != label or len(name) > fields.MOST_OF_A_NAME:
            what = Sentence("{code} has a name that does not come back as it is.", code=label.code)
            self._leave_out("name", what, sheet)
        return name[: fields.MOST_OF_A_NAME]

    def _exact(self, task: Task, number: int) -> None:
        """Tell what whole seconds and tenths of minutes do not hold."""
        for days in (task.optimistic_d, task.likely_d, task.pessimistic_d):
            if days is not None and round(days * SECONDS_A_DAY) / SECONDS_A_DAY != days:
                self._leave_out(
                    "rounded",
                    Sentence(
                        "{code} takes {days:g} working days, which is rounded to seconds.", code=task.code, days=days
                    ),
                    "tasks",
                    number,
                )
        for link in self.waits[task.code]:
            if round(link.lag_d * LAG_A_DAY) / LAG_A_DAY != link.lag_d:
                what = Sentence(
                    "{code} has a lag of {days:g} working days, which is rounded to tenths of minutes.",
                    code=link.code,
                    days=link.lag_d,
                )
                self._leave_out("rounded", what, "task_links", number)

    def _sheets_left_out(self) -> None:
        for sheet in ("directives", "departments", "risk_drivers"):
            if count := len(getattr(self.plan, sheet)):
                what = Sentence(
                    "{count:,} rows are named by their codes only: the format has no place for what they say.",
                    count=count,
                )
                self._leave_out("sheet", what, sheet)
        for sheet, count in (("task_links", self.codes_left_out), ("crew_days", len(self.plan.crew_days))):
            if count:
                what = Sentence(
                    "{count:,} rows are there without their codes, and are found again by what they say.", count=count
                )
                self._leave_out("codes", what, sheet)

    def _leave_out(self, kind: str, what: Sentence, sheet: str, row: int = 0, column: str = "") -> None:
        mend = Sentence("It stays in the plan; a file that comes back is put into that.")
        self.left_out.append(
            Problem(code=f"mspdi.left_out.{kind}", what=what, mend=mend, sheet=sheet, row=row, column=column)
        )


#: Fields of a task that stand in text fields by themselves.
_TEXTS = tuple(each.name for each in fields.TASK_TEXTS if each.name not in ("links", "preparation", "opens"))


def _at(day: Any, clock: str) -> str | None:
    return f"{day}T{clock}" if day else None


def _duration(days: float) -> str:
    """Working days as hours, minutes and seconds of work."""
    seconds = round(days * SECONDS_A_DAY)
    return f"PT{seconds // 3600}H{seconds // 60 % 60}M{seconds % 60}S"


def _stretches(days: Iterator[datetime.date]) -> Iterator[tuple[datetime.date, datetime.date]]:
    """Days in order as first and last days of those that follow one another."""
    first = last = None
    for day in days:
        if last is not None and first is not None and day - last != ONE_DAY:
            yield first, last
            first = None
        first, last = first or day, day
    if first is not None and last is not None:
        yield first, last
