"""The plan of an edition as it is rehearsed: rows of every sheet's owner, with scenarios and changes of its own."""

from __future__ import annotations

from collections.abc import Sequence

from hostcity.core.models import Edition
from hostcity.core.results import PlanAt, plan_as_it_stands, plan_of_snapshot, read_blob
from hostcity.plan import Plan, PlanError, apply_overrides, problems_of
from hostcity.plan.overrides import try_overrides
from hostcity.plan.scenarios import Scenario, apply_scenario_bytes, in_file, try_scenario
from hostcity.rehearsal.models import KeptScenario, OfPlan


def plan_to_rehearse(edition: Edition, overrides: Sequence[str] = (), scenarios: Sequence[KeptScenario] = ()) -> PlanAt:
    """The plan as it stands, without scenarios and overrides.

    Raises ``PlanError`` with every problem of both and of the plan that they make: it cannot be played then.
    """
    now = plan_as_it_stands(edition)
    check(now.plan, overrides, scenarios)
    return now


def check(plan: Plan, overrides: Sequence[str], scenarios: Sequence[KeptScenario] = ()) -> None:
    """Raise ``PlanError`` with every problem of a plan, its scenarios and overrides, if there is any."""
    changed, found = plan, []
    for each in scenarios:
        try:
            changed, _scenario = try_scenario(changed, each.name, read_blob(each.blob_id))
        except PlanError as error:
            found += [in_file(each.name, problem) for problem in error.problems]
    of_scenarios = tuple(found)
    changed, of_overrides = try_overrides(changed, overrides)
    problems = (*of_scenarios, *of_overrides, *problems_of(changed))
    if problems:
        raise PlanError(problems)


def plan_as_played(work: OfPlan) -> tuple[Plan, tuple[Scenario, ...]]:
    """The plan of a snapshot with scenarios and overrides carried out, and the scenarios."""
    plan, scenarios = plan_with_scenarios(plan_of_snapshot(work.snapshot), work)
    return apply_overrides(plan, work.overrides), scenarios


def is_exact(work: OfPlan, plan: Plan, changes: Sequence[str]) -> bool:
    """Whether a rehearsal with the overrides of some work and then these changes plays the plan with these changes.

    Not where an override with a window adds to what a change of the whole day sets: those of the day come first.
    """
    base, _scenarios = plan_with_scenarios(plan_of_snapshot(work.snapshot), work)
    try:
        return apply_overrides(base, [*work.overrides, *changes]) == apply_overrides(plan, changes)
    except PlanError:
        return False


def plan_with_scenarios(plan: Plan, work: OfPlan) -> tuple[Plan, tuple[Scenario, ...]]:
    """The plan on which the scenarios of something happen, and the scenarios."""
    found = []
    for each in work.scenarios:
        plan, scenario = apply_scenario_bytes(plan, each["name"], read_blob(each["sha256"]))
        found.append(scenario)
    return plan, tuple(found)
