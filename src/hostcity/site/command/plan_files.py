"""Files of a plan that commands write."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from hostcity.plan import Plan, PlanError, Problem, plan_to_json, write_workbook
from hostcity.plan.imdf import write_archive
from hostcity.plan.sentences import Sentence


def as_path(text: str) -> Any:
    """A path; nothing stays nothing, of which `Path` would make the folder that one is in."""
    return Path(text) if text else text


def as_folder(text: str) -> Any:
    """A folder to write into; an empty name would be the folder that one is in."""
    if not text:
        raise typer.BadParameter("A folder has a name.")
    return Path(text)


def write_plan(plan: Plan, path: Path) -> None:
    """Write a plan as workbook, JSON or IMDF archive, by the end of the name.

    Raises ``PlanError`` for a file that exists, or another end, or a plan that cannot be written so.
    """
    refuse_to_overwrite(path)
    if path.suffix.lower() == ".json":
        path.write_text(plan_to_json(plan), "utf-8")
    elif path.suffix.lower() == ".xlsx":
        write_workbook(plan, path)
    elif path.suffix.lower() == ".zip":
        write_archive(plan, path)
    else:
        raise wrong_kind(path, Sentence("Name a file that ends in .xlsx, .json or .zip."))


def refuse_to_overwrite(path: Path) -> None:
    """Raise ``PlanError`` when there is such a file already."""
    if path.exists():
        what, mend = Sentence("exists already."), Sentence("Name another file, or remove it first.")
        raise PlanError([Problem(code="file.exists", what=what, mend=mend)], str(path))


def wrong_kind(path: Path, mend: Sentence) -> PlanError:
    """What is said of a name that ends in something else."""
    what = Sentence("ends in {suffix}.", suffix=path.suffix) if path.suffix else Sentence("has a name without ending.")
    return PlanError([Problem(code="file.kind", what=what, mend=mend)], str(path))
