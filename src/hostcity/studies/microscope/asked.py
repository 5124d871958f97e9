"""Place and minutes, as they were asked for."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from hostcity.engines.micro import MOST_S
from hostcity.plan.cells import CellError, clock_seconds, clock_text
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.sentences import Sentence

NODES, LINKS = "nodes", "links"
THE_MICROSCOPE = Sentence("the microscope")
MOST_NAMED = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A place of a plan, and the minutes in which it is looked at."""

    sheet: str  # NODES or LINKS
    code: str
    starts_s: float  # after the day's midnight
    minutes: float

    @property
    def ends_s(self) -> float:
        """When the minutes are over."""
        return self.starts_s + 60.0 * self.minutes


def asked_of(plan: Plan, at: str, starts: str, minutes: float) -> Asked:
    """What was asked for, in the words of a command line.

    A code that a node and a link share means the node; ``links.CODE`` is the link.

    Raises
    ------
    PlanError
        With every problem: no such place, no clock or one outside of the day's, too many minutes.
    """
    problems: list[Problem] = []
    sheet, code = _place(plan, at, problems)
    starts_s = _clock(plan, starts, problems)
    if not 0 < minutes <= MOST_S / 60:
        what = Sentence("{minutes} minutes are asked for.", minutes=f"{minutes:g}")
        mend = Sentence("Give more than 0 and at most {most}.", most=f"{MOST_S / 60:g}")
        problems.append(Problem(code="microscope.minutes", what=what, mend=mend))
    elif starts_s is not None and starts_s + 60 * minutes > plan.day.clock_ends_at:
        what = Sentence("the minutes go on after the clock ends at {ends}.", ends=clock_text(plan.day.clock_ends_at))
        problems.append(Problem(code="microscope.from.clock", what=what, mend=Sentence("Begin earlier.")))
    if problems or starts_s is None:
        raise PlanError(problems, THE_MICROSCOPE)
    return Asked(sheet=sheet, code=code, starts_s=starts_s, minutes=minutes)


def _place(plan: Plan, at: str, problems: list[Problem]) -> tuple[str, str]:
    for sheet, rows in ((NODES, plan.nodes), (LINKS, plan.links)):
        code = at.removeprefix(f"{sheet}.")
        if any(row.code == code for row in rows):
            return sheet, code
    known = [*(row.code for row in plan.nodes), *(row.code for row in plan.links)]
    stations = [row for row in plan.stations if row.code == at]
    near = (
        [stations[0].node] if stations else difflib.get_close_matches(at, known, MOST_NAMED, 0.5) or known[:MOST_NAMED]
    )
    what = Sentence("there is no node and no link {at}.", at=repr(at))
    mend = Sentence("Name one of sheets nodes and links, e.g. {near}.", near=", ".join(near))
    problems.append(Problem(code="microscope.at.unknown", what=what, mend=mend))
    return "", ""


def _clock(plan: Plan, starts: str, problems: list[Problem]) -> float | None:
    day = plan.day
    first, last = clock_text(day.clock_starts_at), clock_text(day.clock_ends_at)
    try:
        starts_s = clock_seconds(starts)
    except (CellError, ValueError):
        what = Sentence("{starts} is no time of day.", starts=repr(starts))
        mend = Sentence("Write HH:MM between {first} and {last}.", first=first, last=last)
        problems.append(Problem(code="microscope.from.form", what=what, mend=mend))
        return None
    if not day.clock_starts_at <= starts_s < day.clock_ends_at:
        what = Sentence("at {starts} the clock does not run.", starts=starts)
        mend = Sentence("Write HH:MM between {first} and {last}.", first=first, last=last)
        problems.append(Problem(code="microscope.from.clock", what=what, mend=mend))
    return starts_s
