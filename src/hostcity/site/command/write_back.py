"""A plan written back to where it was read from."""

from __future__ import annotations

from pathlib import Path

from hostcity.plan import Plan, PlanError, Problem, plan_to_json, write_workbook
from hostcity.plan.books import OF_ALL, READINESS
from hostcity.plan.files import tables_at
from hostcity.plan.plan import SHEETS
from hostcity.plan.problems import Listing
from hostcity.plan.sentences import Sentence
from hostcity.plan.tables import rows_of
from hostcity.plan.workbook import workbook_tables


def write_back(path: Path, plan: Plan) -> None:
    """Write the preparation of a plan: of a folder its readiness.xlsx, else the whole file. What was there holds until all is written.

    Raises ``PlanError`` where the day's workbook of a folder has sheets of the preparation itself.
    """
    if not path.is_dir():
        _exchange(path, plan, tuple(SHEETS))
        return
    tables, _problems, of = tables_at(path)
    if own := [sheet for sheet in READINESS.own if tables.get(sheet)]:
        mend = Sentence("Move them into {of}, or remove the sheet.", of=READINESS.file)
        what = Sentence("has rows in {of}, so {beside} is not written.", of=of, beside=READINESS.file)
        raise PlanError([Problem(code=f"{sheet}.books", sheet=sheet, what=what, mend=mend) for sheet in own], of)
    beside = path / READINESS.file
    read = workbook_tables(beside)[0] if beside.exists() else {}
    kept = {sheet: rows_of(sheet, SHEETS[sheet], read.get(sheet, ()), Listing()).rows for sheet in OF_ALL}
    _exchange(beside, plan.replace(**kept), READINESS.sheets)


def _exchange(path: Path, plan: Plan, sheets: tuple[str, ...]) -> None:
    new = path.with_name(f".{path.stem}.new{path.suffix}")
    try:
        if path.suffix.lower() == ".json":
            new.write_text(plan_to_json(plan), "utf-8")
        else:
            write_workbook(plan, new, sheets)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
