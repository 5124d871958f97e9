"""Files that a plan is imported from, by how their names end.

The expo workbook or JSON is a whole plan. A workbook of volunteers or of the preparation takes the place of the sheets that are its
own. A project or a sheet as CSV says some of a plan, and is put into it by the codes of its rows: what it does not have stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hostcity.core.models import Edition
from hostcity.core.plan_rows.queries import plan_of
from hostcity.plan import Problem, read_plan_in_work
from hostcity.plan.books import book_of, put_book
from hostcity.plan.by_key import put_in
from hostcity.plan.csv_form import read_csv, sheet_named
from hostcity.plan.mspdi import read_project
from hostcity.plan.sentences import Sentence
from hostcity.plan.tables import InWork, plan_in_work
from hostcity.plan.workbook import workbook_tables


@dataclass(frozen=True, slots=True)
class Read:
    """A plan that was read, and what of the file has no place in it."""

    in_work: InWork
    notes: tuple[Problem, ...] = ()


def _whole(_edition: Edition, path: Path, _name: str) -> Read:
    return Read(read_plan_in_work(path))


def _workbook(edition: Edition, path: Path, _name: str) -> Read:
    tables = workbook_tables(path)
    book = book_of(tables[0])
    return Read(put_book(plan_of(edition), tables, book) if book else plan_in_work(*tables))


def _project(edition: Edition, path: Path, _name: str) -> Read:
    plan = plan_of(edition)
    project = read_project(path, plan)
    contents, notes = project.contents, project.contents.notes
    if count := len(project.baselines):
        what = Sentence("{count} baselines are not taken.", count=count)
        mend = Sentence(
            "The command keeps them beside a plan: {command}.", command="hostcity tasks import PLAN FILE --apply"
        )
        notes = (*notes, Problem(code="mspdi.left_out.baselines", what=what, mend=mend, sheet="tasks"))
    return Read(put_in(plan, contents), notes)


def _sheet(edition: Edition, path: Path, name: str) -> Read:
    return Read(put_in(plan_of(edition), read_csv(path, sheet_named(Path(name)))))


#: Each takes the edition, where the file lies, and what it is called.
READERS: dict[str, Callable[[Edition, Path, str], Read]] = {
    ".xlsx": _workbook,
    ".json": _whole,
    ".xml": _project,
    ".csv": _sheet,
}
