"""What is wrong between the rows of a plan that could be read only in part, so that all is told at once.

What a wrong cell hides is not guessed: a name is not called unknown when a row that could not be read may be the one
that it means, and nothing is called missing from a sheet that was not read as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from hostcity.plan.cells import is_empty
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import Problem
from hostcity.plan.tables import RawRows, ReadRows, row_numbers

#: Problems that a row has by itself or with a row that it names, whatever other rows say.
OF_A_ROW = (
    "order",
    "overlap",
    "needed",
    "not_used",
    "range",
    "corners",
    "exceeded",
    "none",
    "integer",
    "itself",
    "kind",
    "crosses",
    "unit",
    "outside",
    "wall",
    "wider",
    "level",
    "one_place",
)
#: Problems of names. A row with wrong figures in it has them all the same.
OF_NAMES = ("twice", "unknown", "loop", "circle")
#: Problems of what there is none of, with the sheets that must have been read as a whole to say so.
OF_ABSENCE = {
    "attractions": ("attractions", "mixes"), "security": ("stations",), "service": ("stations",), "nodes": ("nodes",),
    "clock": ("edition", "profiles", "streams"), "profiles": ("profiles",), "mixes": ("mixes",), "approaches": ("approaches",), "closed": ("edition",),
    "connector": ("connectors",),
}  # fmt: skip
#: Problems with the times of the day, which must have been read.
OF_TIMES = ("clock", "closed")
#: Problems with what other sheets say, with those that must have been read whole, without a value in place of a wrong one.
OF_OTHERS = {
    "dead": ("preparation", "calendars", "calendar_days"), "late": ("preparation", "calendars", "calendar_days"),
    "too_many": ("crews", "crew_days"),
}  # fmt: skip
#: Sheets that a walk from arrival to hall and home depends on.
OF_WALKS = (
    "edition", "areas", "nodes", "link_kinds", "links", "gates", "stations", "profiles", "streams", "approaches",
    "groups", "mixes", "attractions", "appointments", "timeline",
)  # fmt: skip


def problems_between(
    sheets: Mapping[str, ReadRows], tables: Mapping[str, RawRows], told: Iterable[Problem]
) -> Iterator[Problem]:
    """Problems between rows, beside those told of sheets and cells.

    Nothing when a problem is of the whole file, or when there is not one edition: nothing can be said of times then.
    """
    from hostcity.plan.check import problems_of

    if "edition" not in sheets or len(sheets["edition"].rows) != 1:
        return
    of_sheets = {problem.sheet for problem in told if not problem.column}
    if "" in of_sheets:
        return
    rows = {name: read.rows for name, read in sheets.items() if read.rows or name != "model"}
    plan = Plan(**rows)
    unread = _Unread(sheets, tables, of_sheets)
    for problem in problems_of(plan, row_numbers(sheets)):
        if _is_told(problem, plan, sheets, unread):
            yield problem


class _Unread:
    """Codes of rows that could not be read, and sheets of which any row may be missing."""

    def __init__(self, sheets: Mapping[str, ReadRows], tables: Mapping[str, RawRows], of_sheets: Iterable[str]) -> None:
        is_a_sheet_misnamed = any(name not in SHEETS for name in tables)
        self.codes: dict[str, set[str]] = {}
        self.open = set(of_sheets)
        self.open |= {name for name in SHEETS if name not in tables} if is_a_sheet_misnamed else set()
        for name, read in sheets.items():
            numbers = set(read.numbers)
            left = [cells.get("code") for number, cells in tables[name] if number not in numbers]
            said = [str(code).strip() for code in left if isinstance(code, (str, int, float)) and not is_empty(code)]
            self.codes[name] = set(said)
            if len(said) < len(left):
                self.open.add(name)  # a row without a code may be any
        self.every = {code for codes in self.codes.values() for code in codes}

    def may_hold(self, sheet: str, names: set[str]) -> bool:
        """Whether a row that could not be read may be one of those named."""
        return sheet in self.open or bool(self.every & names)

    def is_whole(self, sheet: str, sheets: Mapping[str, ReadRows]) -> bool:
        return sheet not in self.open and (sheet not in sheets or sheets[sheet].is_whole)


def _is_told(problem: Problem, plan: Plan, sheets: Mapping[str, ReadRows], unread: _Unread) -> bool:
    kind = problem.code.rpartition(".")[2]
    is_stood_in = problem.sheet in sheets and problem.row in sheets[problem.sheet].stood_in
    if kind == "unknown":
        return not unread.may_hold(str(problem.what.values.get("sheet", "")), _named(problem, plan, sheets, unread))
    if kind in OF_NAMES:
        return True
    if kind in OF_TIMES and "edition" in sheets and sheets["edition"].stood_in:
        return False
    if kind in OF_OTHERS:
        others = [name for name in OF_OTHERS[kind] if name in sheets]
        is_whole = all(unread.is_whole(name, sheets) and not sheets[name].stood_in for name in others)
        return is_whole and not is_stood_in
    if kind in OF_ABSENCE:
        return all(unread.is_whole(sheet, sheets) for sheet in OF_ABSENCE[kind]) and not is_stood_in
    if kind in OF_A_ROW:
        return not is_stood_in
    if "unreachable" in problem.code or "no_way" in problem.code:
        return all(unread.is_whole(sheet, sheets) for sheet in OF_WALKS)
    return False


def _named(problem: Problem, plan: Plan, sheets: Mapping[str, ReadRows], unread: _Unread) -> set[str]:
    """The names in the cell that a problem is about."""
    if "key" in problem.what.values and unread.codes.get(str(problem.what.values.get("sheet"))):
        return unread.every  # a pattern of sheet provenance may mean any of them
    numbers = sheets[problem.sheet].numbers
    named: Any = getattr(getattr(plan, problem.sheet)[numbers.index(problem.row)], problem.column)
    return set(named if isinstance(named, tuple) else (named,))
