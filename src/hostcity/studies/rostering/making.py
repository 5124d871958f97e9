"""A roster of a plan's force beside what people make without an engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hostcity.engines.rosters import Attendance, Roster, Step, simulate, solve
from hostcity.engines.rosters.by_hand import coordinated, first_come
from hostcity.engines.rosters.from_plan import Force, contradictions_told, roster_problem
from hostcity.plan.check.finding import RowOf
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError
from hostcity.studies.rostering.judging import Judged, Role, judge, roles_of

#: Rosters that stand beside the made one.
BESIDE = ("first_come", "by_hand")
DRAWS = 100


@dataclass(frozen=True, kw_only=True, eq=False)
class RosterStudy:
    """A roster and what is to be said of it."""

    force: Force
    roster: Roster
    judged: Judged
    roles: tuple[Role, ...]
    attendance: Attendance
    beside: tuple[tuple[str, Judged], ...]


def force_of(plan: Plan, row_of: RowOf | None = None) -> Force:
    """The force of a plan. Raises PlanError where there can be no roster, and for locks that contradict."""
    force = roster_problem(plan, row_of)
    if told := contradictions_told(force, row_of):
        raise PlanError(told)
    return force


def plan_roster(
    force: Force,
    *,
    seconds: float | None = None,
    seed: int = 1,
    mate: float = 0.0,
    with_others: bool = True,
    tell: Callable[[Step], None] | None = None,
) -> RosterStudy:
    """Make a roster and judge it, beside a sign-up and a careful coordinator. The judges know nothing of the search.

    With ``seconds`` the roster depends on the machine; without, on the seed alone.
    """
    problem = force.problem
    roster = solve(problem, seconds=seconds, seed=seed, mate=mate, tell=tell)
    made = (first_come(problem, seed), coordinated(problem, seed)) if with_others else ()
    return RosterStudy(
        force=force, roster=roster, judged=judge(force, roster.post_of, roster.homes), roles=roles_of(force, roster.post_of),
        attendance=simulate(problem, roster.post_of, draws=DRAWS, seed=seed),
        beside=tuple((name, judge(force, each, roster.homes)) for name, each in zip(BESIDE, made, strict=False)),
    )  # fmt: skip
