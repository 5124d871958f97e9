"""The force in a workbook of its own beside the day's, kept by another bureau."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hostcity.plan.files import tables_at
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import Listing, PlanError, Problem
from hostcity.plan.sentences import Sentence
from hostcity.plan.tables import MOST_ROWS, RawRows, Tables, plan_in_work, row_numbers
from hostcity.plan.workbook import workbook_tables

BOOK = "volunteers.xlsx"
#: Sheets of the force: one of the two workbooks has rows in each.
FORCE_SHEETS = (
    "service_days", "bands", "roster_rules", "skills", "post_classes", "zones", "posts", "mix_lines", "needs", "campuses", "teams",
    "volunteers", "certificates", "pairs", "shifts",
)  # fmt: skip
#: Sheets that both workbooks may have: each says where its own figures come from.
OF_BOTH = ("sources", "provenance", "reported")
BOOK_SHEETS = tuple(name for name in SHEETS if name in (*FORCE_SHEETS, *OF_BOTH))
_BESIDE = 10 * MOST_ROWS  # added to row numbers of the second workbook, where both have the sheet


@dataclass(frozen=True, slots=True)
class WithForce:
    """A plan with its force, and the row numbers that authors see."""

    plan: Plan
    row_of: Callable[[str, int], int]


def read_with_force(path: Path | str) -> WithForce:
    """The plan at a path; of a folder, with the volunteers.xlsx in it. Raises PlanError with every problem of both."""
    beside = Path(path) / BOOK if str(path) else Path(path)
    tables = tables_at(path)
    if Path(path).is_dir() and beside.exists():
        tables = _joined(tables, workbook_tables(beside))
    try:
        in_work = plan_in_work(*tables).with_usual_model()
        if found := in_work.problems:
            raise PlanError(found, tables[2], in_work.plan)
    except PlanError as error:
        raise PlanError(map(_of_its_book, error.problems), error.of, error.plan) from None
    numbers = row_numbers(in_work.sheets)
    return WithForce(in_work.plan, lambda sheet, index: numbers(sheet, index) % _BESIDE)


def _joined(day: Tables, force: Tables) -> Tables:
    (tables, problems, of), (more, found, beside) = day, force
    listing = Listing((*problems, *found, *_misplaced(tables, more, of, beside)))
    both: dict[str, RawRows] = dict(tables)
    for name, rows in more.items():
        if name in OF_BOTH:
            both[name] = [*tables.get(name, ()), *((number + _BESIDE, cells) for number, cells in rows)]
        elif name in FORCE_SHEETS:
            both[name] = rows or tables.get(name, ())
        elif name not in SHEETS:
            both[name] = rows  # is told as any sheet that there is not
    return both, listing, f"{of} + {beside}"


def _misplaced(tables: Mapping[str, RawRows], more: Mapping[str, RawRows], of: str, beside: str) -> Iterator[Problem]:
    """Sheets that both workbooks have, and sheets of the day in that of the force."""
    for name, rows in more.items():
        if name in FORCE_SHEETS and rows and tables.get(name):
            what = Sentence("has rows in {of} and in {beside}.", of=of, beside=beside)
            mend = Sentence("Keep the sheet in one of the two workbooks.")
            yield Problem(code=f"{name}.books", sheet=name, what=what, mend=mend)
        elif name in SHEETS and name not in BOOK_SHEETS and rows:
            what = Sentence("has rows in {beside}, which is for the force alone.", beside=beside)
            mend = Sentence("Move them into {of}, or remove the sheet.", of=of)
            yield Problem(code=f"{name}.books", sheet=name, what=what, mend=mend)


def _of_its_book(problem: Problem) -> Problem:
    """A problem by the row that its author sees; the workbook is named where both have the sheet."""
    if problem.row < _BESIDE:
        return problem
    return dataclasses.replace(problem, sheet=f"{problem.sheet} ({BOOK})", row=problem.row - _BESIDE)
