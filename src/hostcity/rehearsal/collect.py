"""The plan of an edition as it is rehearsed: rows of every sheet's owner, with the rehearsal's own changes."""

from __future__ import annotations

from collections.abc import Sequence

from hostcity.core.models import Edition
from hostcity.core.results import PlanAt, plan_as_it_stands
from hostcity.plan import Plan, PlanError, apply_overrides, problems_of


def plan_to_rehearse(edition: Edition, overrides: Sequence[str] = ()) -> PlanAt:
    """The plan as it stands, without the overrides.

    Raises ``PlanError`` with every problem of the overrides and of the plan that they make: it cannot be played then.
    """
    now = plan_as_it_stands(edition)
    check(now.plan, overrides)
    return now


def check(plan: Plan, overrides: Sequence[str]) -> None:
    """Raise ``PlanError`` with every problem of a plan and its overrides, if there is any."""
    of_overrides: tuple = ()
    try:
        plan = apply_overrides(plan, overrides)
    except PlanError as error:
        of_overrides = error.problems
    problems = (*of_overrides, *problems_of(plan))
    if problems:
        raise PlanError(problems)
