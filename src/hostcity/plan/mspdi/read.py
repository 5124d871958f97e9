"""A file of Microsoft Project as rows of a plan, whichever program wrote it.

A task that was written by `write.py` says all that a plan says of it. One of another program has a name, a duration, dates, links, people
and a place in the outline: the outermost summary task is its workstream, the group of its first resource its department.
"""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hostcity.plan.by_key import Contents, FileRow
from hostcity.plan.mspdi import fields
from hostcity.plan.mspdi.calendars import Calendars
from hostcity.plan.mspdi.nodes import SHAPE, all_within, date_of, is_so, kind_of, names_of, new_code, number_of
from hostcity.plan.mspdi.xml import Node, read_xml
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence
from hostcity.plan.working_days import as_date

MOST_TASKS, MOST_LINKS = 50_000, 200_000
MOST_LEVELS = 50  # of summary tasks; what is deeper is of the last of them
NOBODY = "nobody-yet"  # code of the department of tasks of which no file says who answers
ALONE = "tasks"  # code of the workstream of tasks under no summary task
SHEETS = (
    "preparation",
    "departments",
    "workstreams",
    "calendars",
    "calendar_days",
    "crews",
    "crew_days",
    "tasks",
    "task_links",
)
#: Of which a file that is to hold all takes away what it does not name.
REMOVED_FROM = ("tasks", "task_links")
Dates = dict[str, tuple[datetime.date, datetime.date]]

_DURATION = re.compile(r"(-?)PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")
_NO_CODE = re.compile(r"[;=@\s]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadProject:
    """What a file says: rows of a plan, and baselines by their names."""

    contents: Contents
    baselines: Mapping[str, Dates]


def read_project(path: Path, plan: Plan, *, department: str = "") -> ReadProject:
    """The rows of a file for a plan, in which codes of links, days and crews are looked up.

    ``department`` answers for new tasks of which the file says nobody. Raises ``PlanError`` for a file that is not safe to read.
    """
    return _Reading(plan, read_xml(path, "Project", SHAPE), path.name, department).read()


@dataclass(slots=True)
class _Task:
    """A task of the file, with what it is under."""

    node: Node
    uid: str
    row: int
    code: str
    texts: dict[str, str]
    stream: str
    leaves: list[_Task] = field(default_factory=list)  # itself, or those under a summary task


class _Reading:
    """One file as it is made into rows."""

    def __init__(self, plan: Plan, project: Node, of: str, department: str) -> None:
        self.plan, self.project, self.of, self.department = plan, project, of, department
        self.problems: list[Problem] = []
        self.notes: list[Problem] = []
        self.rows: dict[str, list[FileRow]] = {sheet: [] for sheet in SHEETS}
        self.names = {
            each.get("FieldID", ""): each["Alias"].removeprefix("hostcity ")
            for each in all_within(project, "ExtendedAttributes", "ExtendedAttribute")
            if each.get("Alias", "").startswith("hostcity ")
        }
        self.is_ours = "code" in self.names.values()
        minutes = number_of(project.get("MinutesPerDay", ""))
        self.nameless: Counter[str] = Counter()  # tasks that name rows that the plan cannot have from the file
        self.minutes = minutes if minutes and minutes > 0 else float(fields.MINUTES_A_DAY)
        self.calendars = Calendars(plan, all_within(project, "Calendars", "Calendar"))

    def read(self) -> ReadProject:
        leaves, all_tasks = self._outline()
        crew_of = self._people()
        for task in leaves:
            self.rows["tasks"].append(self._task(task, crew_of))
        self._links(leaves, all_tasks)
        self._preparation()
        for sheet, rows in self.calendars.rows().items():
            self.rows[sheet] += rows
        self.problems += self.calendars.problems
        self._named()
        for sheet, count in self.nameless.items():
            self._note(
                "unknown",
                Sentence("{count:,} tasks name rows of this sheet, which the plan does not have.", count=count),
                sheet,
            )
        if progress := sum(task.node.get("PercentComplete", "0") not in ("", "0") for task in leaves):
            self._note(
                "progress",
                Sentence("{count:,} tasks have progress, which is told on the site and not in a plan.", count=progress),
                "tasks",
            )
        found = {sheet: tuple(rows) for sheet, rows in self.rows.items() if rows}
        contents = Contents(of=self.of, rows=found, notes=tuple(self.notes), problems=tuple(self.problems))
        return ReadProject(contents=contents, baselines=self._baselines(leaves))

    # -- the outline

    def _outline(self) -> tuple[list[_Task], dict[str, _Task]]:
        """Tasks that are no summaries, in the order of the plan's sheet; and all by UID."""
        nodes = all_within(self.project, "Tasks", "Task")
        if len(nodes) > MOST_TASKS:
            what = Sentence("has {count:,} tasks.", count=len(nodes))
            self._problem("tasks", what, Sentence("Give at most {most:,}.", most=MOST_TASKS), "tasks")
            nodes = nodes[:MOST_TASKS]
        leaves: list[_Task] = []
        known: dict[str, _Task] = {}
        above: list[tuple[int, _Task]] = []  # summary tasks that a task is under, with their levels
        for at, node in enumerate(nodes):
            uid, level = node.get("UID", ""), int(number_of(node.get("OutlineLevel", "")) or 0)
            texts = self._texts(node)
            if uid == "0" and level == 0:
                self._own(texts)
                continue
            row = int(number_of(node.get("ID", "")) or at + 1)
            if reason := _passed_over(node):
                if reason == "inactive":
                    self._note(reason, Sentence("{name} is not active.", name=node.get("Name", "")[:60]), "tasks", row)
                elif reason == "external":
                    self._note(
                        reason, Sentence("{name} is of another file.", name=node.get("Name", "")[:60]), "tasks", row
                    )
                continue
            while above and above[-1][0] >= level:
                above.pop()
            task = _Task(node, uid, row, texts.get("code") or f"t{uid}", texts, above[0][1].stream if above else "")
            known[uid] = task
            below = int(number_of(nodes[at + 1].get("OutlineLevel", "")) or 0) if at + 1 < len(nodes) else 0
            if is_so(node, "Summary") or below > level > 0:
                if not above:
                    task.stream = texts.get("workstream") or f"w{uid}"
                    self._workstream(task)
                if len(above) < MOST_LEVELS:
                    above.append((level, task))
                continue
            task.leaves.append(task)
            for _level, summary in above:
                summary.leaves.append(task)
            leaves.append(task)
        leaves.sort(key=lambda task: number_of(task.texts.get("row", "")) or math.inf)
        return leaves, known

    def _own(self, texts: dict[str, str]) -> None:
        """What the project's own task says of the preparation."""
        self.opens, self.preparation = texts.get("opens", ""), texts.get("preparation", "")

    opens = preparation = ""

    def _workstream(self, task: _Task) -> None:
        cells: dict[str, Any] = {"code": task.stream, **names_of(task.node.get("Name", ""), task.texts, task.stream)}
        if "department" in task.texts or self.is_ours:
            cells["leads"] = task.texts.get("department", "")
        self.rows["workstreams"].append(FileRow(task.row, cells))

    def _texts(self, node: Node) -> dict[str, str]:
        """The values of our custom fields."""
        found = (
            (self.names.get(each.get("FieldID", "")), each.get("Value", ""))
            for each in node.get("ExtendedAttribute", ())
        )
        return {name: value for name, value in found if name}

    # -- tasks

    def _task(self, task: _Task, crew_of: Mapping[str, tuple[str, int, str]]) -> FileRow:
        node, texts = task.node, task.texts
        days = self._days(node.get("Duration", ""), node.get("DurationFormat", ""), task)
        cells: dict[str, Any] = {"code": task.code, **names_of(node.get("Name", ""), texts, task.code)}
        usual: dict[str, Any] = {"department": self._answers(crew_of.get(task.uid))}
        is_milestone = is_so(node, "Milestone") and not days
        kind = texts.get("kind", "")
        cells["likely_d"] = None if days == 0 and (is_milestone or kind == "milestone") else days
        if kind:
            cells["kind"] = "work" if kind == "milestone" and days else kind
        else:
            usual["kind"] = "milestone" if is_milestone or days == 0 else "work"
            if days == 0:
                cells["likely_d"] = None
        if task.stream:
            cells["workstream"] = task.stream
        elif texts.get("workstream"):
            cells["workstream"] = texts["workstream"]
        else:
            usual["workstream"] = ALONE
        if texts.get("department"):
            cells["department"] = texts["department"]
        cells |= self._dates(task)
        calendar = node.get("CalendarUID", "-1")
        if calendar not in ("", "-1"):
            cells["calendar"] = self.calendars.code_of(calendar, task.row)
        elif self.is_ours:
            cells["calendar"] = ""
        if task.uid in crew_of:
            cells["crew"], cells["demand"], _department = crew_of[task.uid]
        elif self.is_ours:
            cells["crew"], cells["demand"] = "", texts.get("demand", 1)
        if "code" in texts:
            cells |= {name: texts.get(name) for name in ("evidence", "accepted_by", "done_zh")} | {
                "done_en": node.get("Notes", "")
            }
            cells["evidence"] = cells["evidence"] or "none"
            for name, days_field in (("optimistic_d", "optimistic"), ("pessimistic_d", "pessimistic")):
                cells[name] = self._days(texts[days_field], "", task) if days_field in texts else None
            for name, sheet in (("directives", "directives"), ("risks", "risk_drivers")):
                if texts.get(name) and not getattr(self.plan, sheet):
                    self.nameless[sheet] += 1
                else:
                    cells[name] = texts.get(name)
        elif node.get("Notes"):
            usual["done_en"] = node["Notes"]
        return FileRow(task.row, cells, usual)

    def _dates(self, task: _Task) -> dict[str, Any]:
        """Not before, and needed by: the constraint and the deadline."""
        node = task.node
        cells: dict[str, Any] = {"earliest_start": "", "need_by": date_of(node.get("Deadline", ""))}
        kind, day = int(number_of(node.get("ConstraintType", "")) or 0), date_of(node.get("ConstraintDate", ""))
        if kind in (fields.NOT_BEFORE, fields.MUST_START):
            cells["earliest_start"] = day
        elif kind in (fields.FINISH_BY, fields.MUST_FINISH):
            cells["need_by"] = cells["need_by"] or day
        if kind in _HARD:
            self._note(
                "constraint",
                Sentence("{code}: {what}", code=task.code, what=_HARD[kind]),
                "tasks",
                task.row,
                Sentence("Check its dates in the plan."),
            )
        return cells

    def _days(self, text: str, format_: str, task: _Task) -> Any:
        """Working days of a duration; what cannot be read is left to be told of its cell."""
        match = _DURATION.fullmatch(text.strip()) if text else None
        if not match:
            return text or 0.0
        if int(number_of(format_) or 0) in fields.ELAPSED and number_of(match[2] or "0"):
            what = Sentence("{code} takes elapsed time, nights and holidays counted.", code=task.code)
            self._problem(
                "elapsed", what, Sentence("Give it in working time: d, not ed."), "tasks", task.row, "likely_d"
            )
        seconds = int(match[2] or 0) * 3600 + int(match[3] or 0) * 60 + float(match[4] or 0)
        return (-seconds if match[1] else seconds) / (self.minutes * 60)

    def _answers(self, crew: tuple[str, int, str] | None) -> str:
        return (crew[2] if crew else "") or self.department or NOBODY

    # -- people

    def _people(self) -> dict[str, tuple[str, int, str]]:
        """Crew, people and department by the UID of the task, from resources and assignments."""
        crews: dict[str, tuple[str, str]] = {}
        for node in all_within(self.project, "Resources", "Resource"):
            if (
                node.get("Type", "1") != "1"
                or is_so(node, "IsNull")
                or node.get("UID") in ("0", "-65535")
                or not node.get("Name")
            ):
                continue
            code = (self.is_ours and node.get("Code")) or f"r{node.get('UID', '')}"
            department = self._department(node.get("Group", ""))
            crews[node.get("UID", "")] = code, department
            self._crew(node, code, department)
        found: dict[str, tuple[str, int, str]] = {}
        more: Counter[str] = Counter()
        for node in all_within(self.project, "Assignments", "Assignment"):
            task, resource = node.get("TaskUID", ""), node.get("ResourceUID", "")
            if resource not in crews:
                continue
            if task in found:
                more[task] += 1
                continue
            units = number_of(node.get("Units", "1"))
            found[task] = crews[resource][0], math.ceil(1 if units is None else units), crews[resource][1]
        if more:
            what = Sentence("{count:,} tasks have more than one resource: the first is the crew.", count=len(more))
            self._note("resources", what, "tasks")
        return found

    def _crew(self, node: Node, code: str, department: str) -> None:
        row = int(number_of(node.get("ID", "")) or 0)
        periods = [
            each
            for each in all_within(node, "AvailabilityPeriods", "AvailabilityPeriod")
            if number_of(each.get("AvailableUnits", "")) is not None
        ]
        units = number_of(periods[-1]["AvailableUnits"]) if periods else number_of(node.get("MaxUnits", "1"))
        capacity = math.ceil(1 if units is None else units)
        texts = self._texts(node)
        cells: dict[str, Any] = {"code": code, **names_of(node.get("Name", ""), texts, code), "capacity": capacity}
        usual = {"department": department or self.department or NOBODY}
        if department:
            cells["department"] = usual.pop("department")
        self.rows["crews"].append(FileRow(row, cells, usual))
        known = {(each.crew, each.first, each.last or each.first): each for each in self.plan.crew_days}
        for each in periods:
            people = math.ceil(number_of(each["AvailableUnits"]) or 0)
            first, last = date_of(each.get("AvailableFrom", "")), date_of(each.get("AvailableTo", ""))
            if people == capacity or not as_date(first) or first < "1990" or last > "2045":
                continue
            same = known.get((code, first, last))
            key = same.code if same else f"{code[:40]}-{first}"
            self.rows["crew_days"].append(
                FileRow(
                    row,
                    {
                        "code": key,
                        "crew": code,
                        "first": first,
                        "last": same.last if same else last,
                        "capacity": people,
                    },
                )
            )

    def _department(self, group: str) -> str:
        """The code of a department that a group of resources names, by code or name; "" = none is named."""
        group = group.strip()
        for each in self.plan.departments:
            if group and group in (each.code, each.name_en, each.name_zh):
                return each.code
        return _NO_CODE.sub("-", group)[:60].strip("-")

    # -- links

    def _links(self, leaves: list[_Task], known: Mapping[str, _Task]) -> None:
        old = {(each.before, each.after, each.kind): each.code for each in self.plan.task_links}
        taken = set(old.values())
        kept: defaultdict[str, list[str]] = defaultdict(list)
        for task in leaves:
            codes = [code for code in task.texts.get("links", "").split("; ") if code]
            if len(codes) == len(task.node.get("PredecessorLink", ())):
                kept[task.uid] = codes
        rows: list[FileRow] = []
        said: set[tuple[str, str, str]] = set()
        for task in known.values():
            for place, node in enumerate(task.node.get("PredecessorLink", ())):
                kind = kind_of(node.get("Type", "1"))
                for before, after in self._pairs(task, node, kind, known):
                    if len(rows) > MOST_LINKS:
                        break
                    key = (before, after.code, kind)
                    if key in said:
                        continue  # a task and its summary task may both be waited for
                    said.add(key)
                    code = old.get(key) or (kept[task.uid][place] if kept[task.uid] else "")
                    if not code or (code in taken and key not in old):
                        code = new_code(
                            f"{before[:25]}-{after.code[:25]}" + ("" if kind == "FS" else f"-{kind}"), taken
                        )
                    taken.add(code)
                    cells = {
                        "code": code,
                        "before": before,
                        "after": after.code,
                        "kind": kind,
                        "lag_d": self._lag(node, task, known),
                    }
                    rows.append(FileRow(task.row, cells))
        if len(rows) > MOST_LINKS:
            what = Sentence("has too many links, those of summary tasks counted for each task under them.")
            self._problem("links", what, Sentence("Give at most {most:,}.", most=MOST_LINKS), "task_links")
            rows = rows[:MOST_LINKS]
        self.rows["task_links"] = rows

    def _pairs(self, task: _Task, node: Node, kind: str, known: Mapping[str, _Task]) -> Iterator[tuple[str, _Task]]:
        """Which task waits for which; a summary task that waits or is waited for stands for those under it, where that says the same."""
        before = known.get(node.get("PredecessorUID", ""))
        if is_so(node, "CrossProject"):
            self._note(
                "cross", Sentence("{code} waits for a task of another file.", code=task.code), "task_links", task.row
            )
            return
        firsts = [f"t{node.get('PredecessorUID', '')}"] if before is None else [each.code for each in before.leaves]
        is_summed = (before is not None and before.leaves[:1] != [before] and kind[0] == "S") or (
            task.leaves[:1] != [task] and kind[1] == "F"
        )
        if is_summed:
            what = Sentence(
                "{code} is linked {kind} with a summary task, which no link between tasks says.",
                code=task.code,
                kind=kind,
            )
            self._note("summary", what, "task_links", task.row)
            return
        if len(firsts) * len(task.leaves) > MOST_LINKS // 10:
            what = Sentence(
                "{code} is linked with a summary task: {count:,} links between tasks.",
                code=task.code,
                count=len(firsts) * len(task.leaves),
            )
            self._problem("links", what, Sentence("Link milestones instead."), "task_links", task.row)
            return
        for after in task.leaves:
            yield from ((first, after) for first in firsts)

    def _lag(self, node: Node, task: _Task, known: Mapping[str, _Task]) -> Any:
        """Working days of a lag in tenths of minutes, or in percent of what is waited for."""
        lag = number_of(node.get("LinkLag", "0"))
        if lag is None:
            return node["LinkLag"]
        format_ = int(number_of(node.get("LagFormat", "")) or 0)
        if format_ in fields.ELAPSED and lag:
            what = Sentence("{code} waits for an elapsed time, nights and holidays counted.", code=task.code)
            self._problem(
                "elapsed", what, Sentence("Give it in working time: d, not ed."), "task_links", task.row, "lag_d"
            )
        if format_ in fields.PERCENT:
            before = known.get(node.get("PredecessorUID", ""))
            days = self._days(before.node.get("Duration", ""), "", task) if before else 0.0
            return lag / 100 * days if isinstance(days, float) else 0.0
        return lag / (self.minutes * 10)

    # -- the rest

    def _preparation(self) -> None:
        """The one row of the preparation, where the file has a start and a calendar."""
        old = self.plan.preparation[0] if self.plan.preparation else None
        first = date_of(self.project.get("StartDate", ""))
        cells: dict[str, Any] = {"code": old.code if old else self.preparation or "preparation"}
        usual: dict[str, Any] = {}
        if self.is_ours or not old:
            calendar = self.project.get("CalendarUID", "")
            cells |= {"first_day": first} | (
                {"calendar": self.calendars.code_of(calendar, 0)} if calendar not in ("", "-1") else {}
            )
            usual["calendar"] = next((each.code for each in self.plan.calendars), "")
        if self.opens:
            cells["opens"] = self.opens
        elif not old and self.plan.edition:
            usual["opens"] = self.plan.edition[0].date
        self.rows["preparation"].append(FileRow(0, cells, usual))

    def _named(self) -> None:
        """Departments and workstreams that rows name and neither the file nor the plan has."""
        rows = [*self.rows["tasks"], *self.rows["crews"]]
        known = {each.code for each in self.plan.departments}
        plan_tasks = {each.code for each in self.plan.tasks}
        new: dict[str, None] = {}
        for row in rows:
            cells = row.cells if row.cells["code"] in plan_tasks else {**row.usual, **row.cells}
            if (code := cells.get("department", "")) and code not in known:
                new[code] = None
        if not self.is_ours or NOBODY in new:
            names = {NOBODY: ("Nobody named yet", "尚未指定")}
            for code in new if not self.is_ours else (NOBODY,):
                en, zh = names.get(code, ("", ""))
                self.rows["departments"].append(FileRow(0, {"code": code}, {"name_en": en, "name_zh": zh}))
        elif not self.plan.departments:  # of a plan without any: codes are all that the format carries of them
            self.rows["departments"] += [
                FileRow(0, {"code": code}) for code in sorted({*new, *self._codes("accepted_by"), *self._leads()})
            ]
        if any(
            row.usual.get("workstream") == ALONE for row in self.rows["tasks"] if row.cells["code"] not in plan_tasks
        ):
            self.rows["workstreams"].append(FileRow(0, {"code": ALONE}, {"name_en": "Tasks", "name_zh": "任务"}))
        if NOBODY in new:
            what = Sentence(
                "{count:,} new rows have no department: they are of {code}.",
                count=sum(NOBODY in (row.usual.get("department"), row.cells.get("department")) for row in rows),
                code=NOBODY,
            )
            self._note("department", what, "tasks", mend=Sentence("Say in the plan who answers for them."))

    def _codes(self, name: str) -> Iterable[str]:
        return (row.cells[name] for row in self.rows["tasks"] if row.cells.get(name))

    def _leads(self) -> Iterable[str]:
        return (row.cells["leads"] for row in self.rows["workstreams"] if row.cells.get("leads"))

    def _baselines(self, leaves: list[_Task]) -> dict[str, Dates]:
        found: defaultdict[int, Dates] = defaultdict(dict)
        for task in leaves:
            for node in task.node.get("Baseline", ()):
                start, end = as_date(date_of(node.get("Start", ""))), as_date(date_of(node.get("Finish", "")))
                number = number_of(node.get("Number", "0"))
                if start and end and number is not None:
                    found[int(number)][task.code] = (start, end)
        return {"baseline" if number == 0 else f"baseline-{number}": dates for number, dates in sorted(found.items())}

    def _problem(self, kind: str, what: Sentence, mend: Sentence, sheet: str, row: int = 0, column: str = "") -> None:
        self.problems.append(Problem(code=f"mspdi.{kind}", what=what, mend=mend, sheet=sheet, row=row, column=column))

    def _note(self, kind: str, what: Sentence, sheet: str, row: int = 0, mend: Sentence | None = None) -> None:
        mend = mend or Sentence("That is left out of the plan.")
        self.notes.append(Problem(code=f"mspdi.left_out.{kind}", what=what, mend=mend, sheet=sheet, row=row))


_HARD = {
    fields.ALAP: Sentence("as late as possible is not kept; it may begin as soon as it can."),
    fields.MUST_START: Sentence("a start on a day is kept as a day before which it cannot begin."),
    fields.MUST_FINISH: Sentence("an end on a day is kept as the day by which it is needed."),
    fields.START_BY: Sentence("a last day to start is not kept."),
    fields.FINISH_AFTER: Sentence("a first day to end is not kept."),
}


def _passed_over(node: Node) -> str:
    """Why a task is not read; "" = it is."""
    if is_so(node, "IsNull") or ("Name" not in node and "Duration" not in node):
        return "null"
    if node.get("Active") in ("0", "false"):
        return "inactive"
    return "external" if is_so(node, "ExternalTask") or is_so(node, "IsSubproject") else ""
