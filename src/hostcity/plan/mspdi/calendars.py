"""Calendars of a file of Microsoft Project as rows of a plan: a usual week, and special days."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from hostcity.plan.by_key import FileRow
from hostcity.plan.mspdi.labels import label_of
from hostcity.plan.mspdi.nodes import all_within, by_script, date_of, new_code
from hostcity.plan.mspdi.xml import Node
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence
from hostcity.plan.working_days import WEEKDAYS, as_date

DAILY, YEARLY = "1", "2"
MOST_BASES = 10  # calendars that are based on one another; the format has two
_WEEKS = {days: week for week, days in WEEKDAYS.items()}
_DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Calendars:
    """The calendars of a file. Those that nothing uses are passed over, unless they are of a plan."""

    def __init__(self, plan: Plan, nodes: Sequence[Node]) -> None:
        self.plan = plan
        self.problems: list[Problem] = []
        self._known = {(each.calendar, each.first, each.last or each.first): each for each in plan.calendar_days}
        self._days_by_code = {each.code: each for each in plan.calendar_days}
        self._nodes = {node.get("UID", ""): node for node in nodes}
        self._codes = {uid: self._code(uid, node) for uid, node in self._nodes.items()}
        self._used = {uid: 0 for uid, node in self._nodes.items() if label_of(node.get("Name", ""))}

    def code_of(self, uid: str, row: int) -> str:
        """The code of a calendar that a task or the project uses; one that there is not has a code that no row has."""
        if uid in self._nodes:
            self._used.setdefault(uid, row)
        return self._codes.get(uid, f"c{uid}")

    def rows(self) -> dict[str, list[FileRow]]:
        """The rows of those that are used."""
        found: dict[str, list[FileRow]] = {"calendars": [], "calendar_days": []}
        for uid in list(self._used):
            node, code = self._nodes[uid], self._codes[uid]
            label = label_of(node.get("Name", ""))
            cells: dict[str, Any] = {"code": code, "week": self._week(uid)}
            cells |= (
                {"name_en": label.name_en, "name_zh": label.name_zh, "follows": label.other}
                if label
                else by_script(node.get("Name", ""))
            )
            found["calendars"].append(FileRow(0, cells))
            found["calendar_days"] += self._days(code, node)
        return found

    def _code(self, uid: str, node: Node) -> str:
        name = node.get("Name", "").strip()
        if label := label_of(name):
            return label.code
        same = (each.code for each in self.plan.calendars if name and name in (each.code, each.name_en, each.name_zh))
        return next(same, f"c{uid}")

    def _week(self, uid: str) -> str:
        """The usual week of a calendar, or of the one that it is based on. A week that plans do not have is a problem."""
        works = dict.fromkeys(range(7), False) | dict.fromkeys(WEEKDAYS["mon_fri"], True)
        chain = [uid]
        while (
            len(chain) < MOST_BASES
            and (base := self._nodes[chain[-1]].get("BaseCalendarUID", "-1")) in self._nodes
            and base not in chain
        ):
            chain.append(base)
        for each in reversed(chain):
            for node in all_within(self._nodes[each], "WeekDays", "WeekDay"):
                day = node.get("DayType", "")
                if day in tuple("1234567") and "DayWorking" in node:
                    works[(int(day) - 2) % 7] = node["DayWorking"].strip() in ("1", "true")
        days = frozenset(day for day, is_working in works.items() if is_working)
        if days not in _WEEKS:
            what = Sentence(
                "{calendar} works on {days}.",
                calendar=self._name(uid),
                days=", ".join(_DAY_NAMES[day] for day in sorted(days)),
            )
            mend = Sentence(
                "Give it Monday to Friday, Monday to Saturday, every day or no day, and the others as exceptions."
            )
            self.problems.append(Problem(code="mspdi.week", sheet="calendars", column="week", what=what, mend=mend))
            return "mon_fri"
        return _WEEKS[days]

    def _name(self, uid: str) -> str:
        return self._nodes[uid].get("Name", "") or self._codes[uid]

    def _days(self, code: str, node: Node) -> Iterator[FileRow]:
        exceptions = all_within(node, "Exceptions", "Exception")
        older = [
            each for each in all_within(node, "WeekDays", "WeekDay") if each.get("DayType") == "0"
        ]  # as before 2007
        taken: set[str] = set()
        for each in exceptions or older:
            name = each.get("Name", "").strip()
            label = label_of(name)
            if label and label.other:
                continue  # of the calendar that is followed, which has it itself
            for first, last in self._stretches(node, each):
                same = self._known.get((code, first, last))
                key = label.code if label else same.code if same else new_code(f"{code[:40]}-{first}", taken)
                taken.add(key)
                old = self._days_by_code.get(key)
                shown = "" if first == last and not (old and old.last) else last
                names = (
                    {"name_en": label.name_en, "name_zh": label.name_zh} if label else {} if same else by_script(name)
                )
                yield FileRow(
                    0,
                    {
                        "code": key,
                        "calendar": code,
                        "first": first,
                        "last": shown,
                        "is_working": each.get("DayWorking", "0").strip() in ("1", "true"),
                        **names,
                    },
                )

    def _stretches(self, calendar: Node, each: Node) -> Iterator[tuple[str, str]]:
        """First and last days of an exception: one stretch, or the same day of every year."""
        period: Node = next(iter(each.get("TimePeriod", ())), {})
        first, last = date_of(period.get("FromDate", "")), date_of(period.get("ToDate", ""))
        start, end = as_date(first), as_date(last)
        kind = each.get("Type", DAILY)
        if kind == YEARLY and start and end:
            for year in range(start.year, min(end.year, start.year + 20) + 1):
                try:
                    day = datetime.date(year, int(each.get("Month", "0")) + 1, int(each.get("MonthDay", "1")))
                except ValueError:
                    continue
                if start <= day <= end:
                    yield day.isoformat(), day.isoformat()
            return
        if kind not in (DAILY, "") or each.get("Period", "1") not in ("", "0", "1"):
            what = Sentence(
                "{calendar} has an exception that comes again and again: {name}.",
                calendar=calendar.get("Name", ""),
                name=each.get("Name", ""),
            )
            mend = Sentence("Give each stretch of days as an exception of its own.")
            self.problems.append(Problem(code="mspdi.recurs", sheet="calendar_days", what=what, mend=mend))
            return
        yield first, last or first
