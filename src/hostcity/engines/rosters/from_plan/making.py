"""The roster problem of a plan."""

from __future__ import annotations

import numpy as np

from hostcity.engines.rosters.from_plan.axes import Axes, Force
from hostcity.engines.rosters.from_plan.crowd import held_by, is_free, people_of
from hostcity.engines.rosters.from_plan.demand import demand_of
from hostcity.engines.rosters.from_plan.relations import locks_of, relations_of
from hostcity.engines.rosters.from_plan.told import missing_sheets, too_heavy
from hostcity.engines.rosters.from_plan.warnings import warnings_of
from hostcity.engines.rosters.problem import Problem, Weights
from hostcity.engines.rosters.rules import HOUR_S, Rules
from hostcity.plan.check.finding import RowOf
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Listing, PlanError
from hostcity.plan.rows import Band, RosterRules


def roster_problem(plan: Plan, row_of: RowOf | None = None) -> Force:
    """Make the roster problem of a plan without problems (``hostcity.plan.problems_of``).

    Parameters
    ----------
    row_of
        Tells the row number that the author sees, by sheet and place among its rows; without it, rows are counted from 1.

    Raises
    ------
    PlanError
        With every reason why there can be no roster: sheets without rows, groups too large, weights too high.

    Notes
    -----
    What the sheets mean is in the README. A higher level of a language serves for a lower one. A certificate counts when it holds on the last
    day on which its holder could serve; one that does not is told in ``warnings``. Locks that contradict are told by `contradictions_told`.
    """
    rows = row_of or (lambda _sheet, index: index + 1)
    found = Listing(missing_sheets(plan))
    if found:
        raise PlanError(found)
    axes = Axes.of(plan)
    demand, held = demand_of(plan, axes), held_by(plan, axes, is_free(plan, axes))
    relations = relations_of(plan, axes, rows)
    found.add(*relations.problems, *too_heavy(plan, demand.posts, rows))
    if found:
        raise PlanError(found)
    rules = rules_of(plan, axes)
    problem = Problem(
        people=people_of(plan, axes, demand.traits, held), posts=demand.posts, rules=rules, weights=_weights(plan),
        locks=locks_of(plan, axes), together=relations.together, apart=relations.apart,
    )  # fmt: skip
    return Force(
        problem=problem, axes=axes, traits=demand.traits, lines=demand.lines, shifts=plan.shifts,
        warnings=tuple(Listing(warnings_of(plan, axes, problem, demand.traits, held, rows))),
    )  # fmt: skip


def rules_of(plan: Plan, axes: Axes) -> Rules:
    """The rules of a plan, the usual ones where it has no row of them."""
    said = _said(plan)
    bands: dict[str, Band] = {band.code: band for band in plan.bands}
    ordered = [bands[code] for code in axes.bands]
    return Rules(
        starts_s=np.array([round(band.start_s) for band in ordered], np.int64),
        ends_s=np.array([round(band.end_s) for band in ordered], np.int64), rest_s=_seconds(said.rest_h),
        shifts_a_day=said.shifts_a_day, most_a_day_s=_seconds(said.most_a_day_h), most_days_running=said.most_days_running,
        window_days=said.window_days,
        most_in_window_s=None if said.most_in_window_h is None else _seconds(said.most_in_window_h),
        forbidden=tuple((axes.band_at[band.code], axes.band_at[code]) for band in ordered for code in band.not_next),
        minors_start_s=round(said.minors_start_s), minors_end_s=round(said.minors_end_s),
        minors_a_day_s=_seconds(said.minors_a_day_h),
    )  # fmt: skip


def _weights(plan: Plan) -> Weights:
    said = _said(plan)
    return Weights(
        change=said.change_weight, fairness=said.fairness_weight, home=said.home_weight, home_half=said.home_weight / 2
    )


def _said(plan: Plan) -> RosterRules:
    return plan.roster_rules[0] if plan.roster_rules else RosterRules(code="usual")


def _seconds(hours: float) -> int:
    return round(hours * HOUR_S)
