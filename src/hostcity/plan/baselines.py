"""Baselines of a preparation: what was promised on a day, frozen beside the plan in ``baselines/NAME.csv``.

They are no rows of a plan: a plan says what is decided now, a baseline what was promised then, and nobody changes that any more.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Mapping
from pathlib import Path

from hostcity.plan.problems import Listing, PlanError, Problem
from hostcity.plan.sentences import Sentence
from hostcity.plan.working_days import as_date

FOLDER = "baselines"
COLUMNS = ["code", "start", "end"]
MOST_BYTES = 16 * 1024**2
_NAME = re.compile(r"[\w-]{1,60}")
Dates = Mapping[str, tuple[datetime.date, datetime.date]]  # start and end by the code of a task


def baseline_path(plan: Path, name: str) -> Path:
    """Where a baseline of a plan lies. Raises ``PlanError`` for what is no name."""
    if not _NAME.fullmatch(name):
        mend = Sentence("Use letters, digits, - and _.")
        raise PlanError(
            [Problem(code="baseline.name", what=Sentence("is no name of a baseline."), mend=mend)], repr(name)
        )
    return (plan if plan.is_dir() else plan.parent) / FOLDER / f"{name}.csv"


def baseline_names(plan: Path) -> tuple[str, ...]:
    """Those that there are beside a plan, in order."""
    folder = (plan if plan.is_dir() else plan.parent) / FOLDER
    return tuple(sorted(each.stem for each in folder.glob("*.csv") if _NAME.fullmatch(each.stem)))


def write_baseline(path: Path, dates: Dates) -> None:
    """Freeze dates. Raises ``FileExistsError`` where there is such a baseline."""
    path.parent.mkdir(exist_ok=True)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows((code, start.isoformat(), end.isoformat()) for code, (start, end) in dates.items())
    with path.open("x", encoding="utf-8-sig", newline="") as file:
        file.write(out.getvalue())


def read_baseline(plan: Path, name: str) -> Dates:
    """A baseline beside a plan. Raises ``PlanError`` with those that there are, or with every problem of its file."""
    path = baseline_path(plan, name)
    if not path.is_file():
        known = baseline_names(plan)
        mend = (
            Sentence("Known: {codes}.", codes=", ".join(known))
            if known
            else Sentence("Make one: hostcity tasks baseline PLAN NAME.")
        )
        raise PlanError(
            [Problem(code="baseline.unknown", what=Sentence("is not there."), mend=mend)], f"{FOLDER}/{name}.csv"
        )
    problems, found = Listing(), {}
    again = Sentence("A baseline is not changed by hand: freeze another.")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError
        lines = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), strict=True))
    except (ValueError, csv.Error):
        problems.add(Problem(code="baseline.file", what=Sentence("cannot be read."), mend=again))
        lines = []
    for number, cells in enumerate(lines[1:], 2):
        code, start, end = (*cells, "", "", "")[:3]
        first, last = as_date(start), as_date(end)
        if first and last and code and code not in found:
            found[code] = (first, last)
        else:
            what = Sentence("has no task with two dates, or one that was named before.")
            problems.add(Problem(code="baseline.row", row=number, what=what, mend=again))
    if problems:
        raise PlanError(problems, path.name)
    return found
