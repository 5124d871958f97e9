"""Days on which newcomers turn wrong, played with planned signs and with others under the same draws: what signs spare."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hostcity.plan.json_form import plan_to_json
from hostcity.plan.plan import Plan
from hostcity.plan.rows import WrongTurns
from hostcity.studies.compare import Difference
from hostcity.studies.intervals import LEAST_DIFFERING, t_half_width
from hostcity.studies.played import play_day
from hostcity.studies.replicate import in_order
from hostcity.studies.run_figures import OF_WRONG_TURNS, figure_names
from hostcity.studies.runs.local import players
from hostcity.studies.runs.pool import Pool
from hostcity.studies.runs.work import RunResult, Work
from hostcity.studies.signs.demand import demand_of
from hostcity.studies.signs.hanging import STANDING, with_only_faces
from hostcity.studies.signs.planning import SignStudy, plan_faces, plan_with_signs, rows_of
from hostcity.studies.wrong_turns import erring

PLANNED, CORNERS, HANGING, NONE = "planned", "corners", "hanging", "none"
PREPARED = 0.1  # of the work


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """A plan's day with other signs."""

    name: str  # PLANNED, CORNERS, HANGING or NONE
    faces: int  # without a fault
    means: tuple[float, ...]  # over the runs, of `OF_WRONG_TURNS`
    invalid: int  # runs that are not to be trusted


@dataclass(frozen=True, kw_only=True, slots=True)
class SignTrial:
    """Signs beside others on the same days."""

    seed: int
    runs: int
    row: WrongTurns  # how newcomers err
    variants: tuple[Variant, ...]  # the planned one first
    differences: tuple[Difference, ...]  # planned less the variant that ``code`` names, run by run
    plan: Plan = field(repr=False)  # with the planned faces
    values: NDArray[np.float64] = field(repr=False, compare=False)  # [variants, figures, runs]

    def difference(self, other: str, figure: str) -> Difference:
        """Planned signs less those of another variant. Raises KeyError."""
        return {(each.code, each.figure): each for each in self.differences}[other, figure]


def try_signs(
    plan: Plan,
    *,
    faces: int = 100,
    names: int = 6,
    own: bool = False,
    afresh: bool = False,
    seed: int = 1,
    runs: int = LEAST_DIFFERING,
    pool: Pool | None = None,
    progress: Callable[[float], None] | None = None,
) -> SignTrial:
    """Play days with planned signs, with as many at the busiest corners, with what hangs already, and with none.

    Every draw is keyed by seed, run, person and purpose: the same newcomers come and are as lucky at the same places.

    Parameters
    ----------
    faces, names
        At most so many new faces of at most so many names are planned, for the trips of a day on which nobody errs.
    own
        The plan's faces are tried as they are, instead of new ones.
    afresh
        Nothing that hangs already stays.
    runs
        Days of each; of fewer than `LEAST_DIFFERING` nothing is called clear.
    pool
        Who plays; two processes of this machine, if nobody is named. A pool that is given is left open.

    Raises
    ------
    PlanError
        When there is nothing to plan: as `plan_faces`.
    PoolError
        When runs cannot be played.
    """
    tell = progress or (lambda _share: None)
    demand = demand_of(plan, play_day(plan.replace(wrong_turns=()), seed=seed))
    count = len(plan.faces) if own else faces
    study = plan_faces(
        plan, demand, faces=count, names=names, afresh=afresh or own, bound_s=0.0, seed=1 + seed % (2**31 - 1)
    )
    tell(PREPARED)
    base = erring(plan)
    plans = _variants(base, study, base if own else plan_with_signs(base, study))
    played: list[list[RunResult]] = []
    with players(pool) as ours:
        for each in plans.values():
            played.append([])
            for result in in_order(ours, Work(plan_json=plan_to_json(each), seed=seed), range(runs)):
                played[-1].append(result)
                tell(PREPARED + (1 - PREPARED) * sum(map(len, played)) / (len(plans) * runs))
    at = [figure_names(base).index(("wrong_turns", "", name)) for name in OF_WRONG_TURNS]
    values = np.array([[run.figures[at] for run in results] for results in played]).transpose(0, 2, 1)
    variants = tuple(
        Variant(
            name=name, faces=sum(face.fault == "none" for face in each.faces), means=tuple(values[number].mean(axis=1).tolist()),
            invalid=sum(not run.is_valid for run in played[number]),
        )
        for number, (name, each) in enumerate(plans.items())
    )  # fmt: skip
    differences = tuple(
        _paired(variants[number].name, figure, values[number, place], values[0, place])
        for number in range(1, len(variants))
        for place, figure in enumerate(OF_WRONG_TURNS)
    )
    return SignTrial(
        seed=seed, runs=runs, row=base.wrong_turns[0], variants=variants, differences=differences, plan=plans[PLANNED],
        values=values,
    )  # fmt: skip


def _variants(plan: Plan, study: SignStudy, planned: Plan) -> dict[str, Plan]:
    corners = rows_of(plan, study, study.corners)
    standing = tuple(face for face in plan.faces if face.state in STANDING)
    codes = {face.code for face in standing}
    lines = tuple(line for line in plan.face_lines if line.face in codes)
    hanging = {HANGING: with_only_faces(plan, standing, lines)} if standing else {}
    return {
        PLANNED: planned, CORNERS: with_only_faces(plan, *corners), **hanging,
        NONE: with_only_faces(plan, (), ()),
    }  # fmt: skip


def _paired(other: str, figure: str, a: NDArray[np.float64], b: NDArray[np.float64]) -> Difference:
    return Difference(
        what="wrong_turns", code=other, figure=figure, a=float(a.mean()), b=float(b.mean()),
        half_width=t_half_width(b - a) if a.size > 1 else math.nan, runs=a.size, equal=int((a == b).sum()),
    )  # fmt: skip
