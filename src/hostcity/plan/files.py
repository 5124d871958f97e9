"""Read a plan from wherever it lies."""

from __future__ import annotations

from pathlib import Path

from hostcity.plan.json_form import json_tables
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.sentences import Sentence
from hostcity.plan.tables import InWork, Tables, plan_in_work, plan_of
from hostcity.plan.workbook import workbook_tables

MOST_JSON_BYTES = 64 * 1024**2  # as for a workbook; the largest plan has 40


def read_plan(path: Path | str) -> Plan:
    """The plan in a folder with an expo.xlsx, in a workbook or in a JSON file. Raises PlanError with every problem."""
    return plan_of(*tables_at(path))


def read_plan_in_work(path: Path | str) -> InWork:
    """The same of a plan whose rows need not fit one another yet. Raises PlanError when a row cannot be read."""
    return plan_in_work(*tables_at(path))


def tables_at(path: Path | str) -> Tables:
    """The raw cells at a path. Raises PlanError where no plan can be."""
    mend = Sentence("Give a folder with an expo.xlsx, a workbook (.xlsx) or a .json file.")
    if not str(path):  # else it would be the folder one happens to be in
        raise PlanError([Problem(code="plan.not_found", what=Sentence("is no name of a file."), mend=mend)], repr(path))
    path = Path(path)
    if path.is_dir():
        path /= "expo.xlsx"
    if not path.exists():
        raise PlanError([Problem(code="plan.not_found", what=Sentence("does not exist."), mend=mend)], str(path))
    if not path.is_file() and not path.is_dir():  # who opens a pipe waits until somebody writes into it
        what = Sentence("is a pipe or a device, not a file.")
        raise PlanError([Problem(code="plan.kind", what=what, mend=mend)], str(path))
    if path.suffix.lower() == ".zip":
        what = Sentence("is an archive of a floor plan: it has no day that could be played.")
        mend = Sentence("Make a plan of it: {command}.", command=f"hostcity convert {path.name} plan.xlsx")
        raise PlanError([Problem(code="plan.archive", what=what, mend=mend)], path.name)
    if path.suffix.lower() != ".json":
        return workbook_tables(path)
    if path.stat().st_size > MOST_JSON_BYTES:
        mend = Sentence("Remove what does not belong to the plan.")
        raise PlanError([Problem(code="json.size", what=Sentence("is larger than 64 MiB."), mend=mend)], path.name)
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        what, mend = Sentence("is not UTF-8 text."), Sentence("Save it as UTF-8.")
        raise PlanError([Problem(code="json.encoding", what=what, mend=mend)], path.name) from None
    return json_tables(text, path.name)
