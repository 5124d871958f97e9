"""Workbooks beside the day's, each kept by another bureau: together they are one plan."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hostcity.plan.by_key import Contents, FileRow, put_in
from hostcity.plan.files import tables_at
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import Listing, PlanError, Problem
from hostcity.plan.sentences import Sentence
from hostcity.plan.tables import MOST_ROWS, InWork, RawRows, Tables, plan_in_work, row_numbers, unknown_sheet
from hostcity.plan.workbook import workbook_tables

#: Sheets that every workbook may have: each says where its own figures come from.
OF_ALL = ("sources", "provenance", "reported")
_BESIDE = 10 * MOST_ROWS  # added to row numbers of each further workbook, where others have the sheet too


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook beside the day's: the name of its file, and the sheets that are its own."""

    file: str
    own: tuple[str, ...]

    @property
    def sheets(self) -> tuple[str, ...]:
        """All that may be in it, in the order of the plan."""
        return tuple(name for name in SHEETS if name in (*self.own, *OF_ALL))


VOLUNTEERS = Book(
    "volunteers.xlsx",
    (
        "service_days", "bands", "roster_rules", "skills", "post_classes", "zones", "posts", "mix_lines", "needs", "campuses", "teams",
        "volunteers", "certificates", "pairs", "shifts",
    ),
)  # fmt: skip
READINESS = Book(
    "readiness.xlsx",
    (
        "preparation", "directives", "departments", "workstreams", "calendars", "calendar_days", "crews", "crew_days", "risk_drivers",
        "tasks", "task_links",
    ),
)  # fmt: skip
BOOKS = (VOLUNTEERS, READINESS)
#: Sheets of the day: those that no other workbook owns.
DAY_SHEETS = tuple(name for name in SHEETS if not any(name in book.own for book in BOOKS))


def book_of(tables: Mapping[str, RawRows]) -> Book | None:
    """Which workbook beside the day's it is by the sheets that have rows; None = it is the day's, or none of a plan."""
    filled = {name for name, rows in tables.items() if rows}
    return next((book for book in BOOKS if filled & {*book.own} and filled <= {*book.sheets}), None)


def put_book(plan: Plan, tables: Tables, book: Book) -> InWork:
    """The plan with a workbook's own sheets in the place of those it had, and what it says of sources put in by codes.

    Raises ``PlanError`` with every problem of the workbook when one cannot be read.
    """
    sheets, problems, of = tables
    rows = {name: tuple(FileRow(*row) for row in each) for name, each in sheets.items() if each}
    unknown = tuple(unknown_sheet(name) for name in sheets if name not in SHEETS)
    bare = plan.replace(**{name: () for name in book.own if name in rows})
    return put_in(bare, Contents(of=of, rows=rows, problems=(*problems, *unknown)))


@dataclass(frozen=True, slots=True)
class Joined:
    """A plan of several workbooks, and the row numbers that authors see."""

    plan: Plan
    row_of: Callable[[str, int], int]


def read_joined(path: Path | str, *books: Book, folder: Path | None = None) -> Joined:
    """The plan at a path; of a folder, or with one given, with those of the books that are in it. Raises PlanError with every problem of all."""
    tables = tables_at(path)
    found: list[Book] = []
    folder = folder or (Path(path) if str(path) and Path(path).is_dir() else None)
    for book in books if folder else ():
        beside = folder / book.file  # type: ignore[operator]
        if beside.exists():
            found.append(book)
            tables = _joined(tables, workbook_tables(beside), book, len(found))
    try:
        in_work = plan_in_work(*tables).with_usual_model()
        if wrong := in_work.problems:
            raise PlanError(wrong, tables[2], in_work.plan)
    except PlanError as error:
        told = (_of_its_book(problem, found) for problem in error.problems)
        raise PlanError(told, error.of, error.plan) from None
    numbers = row_numbers(in_work.sheets)
    return Joined(in_work.plan, lambda sheet, index: numbers(sheet, index) % _BESIDE)


def _joined(day: Tables, more: Tables, book: Book, number: int) -> Tables:
    """Tables with those of a book; ``number`` is its place among the books that were found, from 1 on."""
    (tables, problems, of), (added, found, beside) = day, more
    listing = Listing((*problems, *found, *_misplaced(tables, added, of, book)))
    both: dict[str, RawRows] = dict(tables)
    for name, rows in added.items():
        if name in OF_ALL:
            both[name] = [*tables.get(name, ()), *((row + number * _BESIDE, cells) for row, cells in rows)]
        elif name in book.own:
            both[name] = rows or tables.get(name, ())
        elif name not in SHEETS:
            both[name] = rows  # is told as any sheet that there is not
    return both, listing, f"{of} + {beside}"


def _misplaced(tables: Mapping[str, RawRows], more: Mapping[str, RawRows], of: str, book: Book) -> Iterator[Problem]:
    """Sheets that two workbooks have, and sheets in a book that does not own them."""
    for name, rows in more.items():
        if name in book.own and rows and tables.get(name):
            what = Sentence("has rows in {of} and in {beside}.", of=of, beside=book.file)
            mend = Sentence("Keep the sheet in one of the two workbooks.")
            yield Problem(code=f"{name}.books", sheet=name, what=what, mend=mend)
        elif name in SHEETS and name not in book.sheets and rows:
            what = Sentence("has rows in {beside}, which is not for this sheet.", beside=book.file)
            mend = Sentence("Move them into {of}, or remove the sheet.", of=_home(name))
            yield Problem(code=f"{name}.books", sheet=name, what=what, mend=mend)


def _home(sheet: str) -> str:
    return next((book.file for book in BOOKS if sheet in book.own), "expo.xlsx")


def _of_its_book(problem: Problem, found: list[Book]) -> Problem:
    """A problem by the row that its author sees; the workbook is named where others have the sheet too."""
    number, row = divmod(problem.row, _BESIDE)
    if not number:
        return problem
    return dataclasses.replace(problem, sheet=f"{problem.sheet} ({found[number - 1].file})", row=row)
