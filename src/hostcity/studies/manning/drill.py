"""A drill as expos hold it before they open: half of the volunteers serve, the other half play the visitors.

In 2024 the Youth League held the full rehearsal of the CIIE so. What such a drill can show is what this day shows: signs,
walks and single checks, not the queues of an opening day, for there are too few of them.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass, field

from hostcity.plan.manning import service_day
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.sentences import Sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class Drill:
    """The day of a drill."""

    plan: Plan = field(repr=False)  # to be played
    serve: tuple[str, ...]  # codes of volunteers at their posts
    visit: tuple[str, ...]  # codes of those who play visitors
    factor: float  # persons of each stream, times this


def drill_day(plan: Plan, *, seed: int = 1) -> Drill:
    """The plan's day as a drill: of everybody who has a shift on it, half serve, and all other volunteers come as visitors.

    Halves are drawn within each team, keyed by seed and person, so that every team sees both sides.

    Raises
    ------
    PlanError
        When nobody has a shift on the day of the plan, or it has no visitors to be played.
    """
    day = service_day(plan)
    rostered = {shift.volunteer for shift in plan.shifts if day and shift.day == day and shift.post}
    total = sum(stream.persons for stream in plan.streams)
    if not rostered or not total:
        what = Sentence("Nobody has a shift on {date}.", date=plan.day.date) if total else Sentence("has no persons.")
        mend = Sentence("Roster the day first, or give the plan the date of a service day.")
        sheet = "shifts" if total else "streams"
        raise PlanError([Problem(code=f"{sheet}.rows", sheet=sheet, what=what, mend=mend)])
    serve = _half(plan, rostered, seed)
    visit = tuple(person.code for person in plan.volunteers if person.code not in serve)
    factor = len(visit) / total
    played = plan.replace(
        streams=tuple(dataclasses.replace(each, persons=round(each.persons * factor)) for each in plan.streams),
        shifts=tuple(each for each in plan.shifts if each.day == day and each.volunteer in serve),
    )
    return Drill(plan=played, serve=tuple(code for code in (person.code for person in plan.volunteers) if code in serve),
                 visit=visit, factor=factor)  # fmt: skip


def _half(plan: Plan, rostered: set[str], seed: int) -> set[str]:
    """Every second of a team's rostered people, in an order of chance; who has no team, as a team together."""
    teams: dict[str, list[str]] = {}
    for person in plan.volunteers:
        if person.code in rostered:
            teams.setdefault(person.team, []).append(person.code)
    return {
        code
        for codes in teams.values()
        for code in sorted(codes, key=lambda each: _order(seed, each))[: -(-len(codes) // 2)]
    }


def _order(seed: int, code: str) -> bytes:
    return hashlib.blake2b(f"{seed}\x1fdrill\x1f{code}".encode(), digest_size=8).digest()
