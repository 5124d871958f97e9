"""Days on which volunteers keep lanes and desks open, played with one roster and with others under the same draws."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hostcity.plan.json_form import plan_to_json
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.rows import Shift
from hostcity.plan.sentences import Sentence
from hostcity.studies.attendance import lacking
from hostcity.studies.compare import Difference
from hostcity.studies.counted import WAITED, Asked
from hostcity.studies.drawn import drawn_plan
from hostcity.studies.intervals import LEAST_DIFFERING, t_half_width
from hostcity.studies.manning.costing import ShiftCost, costs_of, queues_asked
from hostcity.studies.replicate import in_order
from hostcity.studies.run_figures import figure_names
from hostcity.studies.runs.local import players
from hostcity.studies.runs.pool import Pool
from hostcity.studies.runs.work import RunResult, Work

Floats = NDArray[np.float64]
EVERYBODY = "everybody"  # lanes open as planned: nobody is missing
#: Of a played day, by which rosters are compared.
FIGURES = ("waited_s", "waited_each_s", "peak_p99_s", "share_over_peak_limit")


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """A roster's days at one rate of no-shows."""

    name: str  # of the roster, or EVERYBODY
    no_shows: float | None  # share of shifts, in the mean; None = as each volunteer's probability says
    means: tuple[float, ...]  # over the runs, of `FIGURES`
    lacking: float  # heads at posts after standby, in the mean of the runs
    invalid: int  # runs that are not to be trusted


@dataclass(frozen=True, kw_only=True, slots=True)
class RosterTrial:
    """Rosters beside each other on the same days."""

    seed: int
    runs: int
    variants: tuple[Variant, ...]  # EVERYBODY first, then by rate and roster
    differences: tuple[
        Difference, ...
    ]  # another roster less the first, run by run; ``code`` is "roster" or "roster@rate"
    costs: tuple[ShiftCost, ...]  # the dearest first
    values: Floats = field(repr=False, compare=False)  # [variants, figures, runs]

    def dearest(self, roster: str, no_shows: float | None, most: int = 10) -> tuple[ShiftCost, ...]:
        """The shifts of a roster whose missing people cost most."""
        return tuple(each for each in self.costs if (each.roster, each.no_shows) == (roster, no_shows))[:most]


def try_rosters(
    plan: Plan,
    rosters: Mapping[str, Sequence[Shift]],
    *,
    no_shows: Sequence[float | None] = (None,),
    seed: int = 1,
    runs: int = LEAST_DIFFERING,
    pool: Pool | None = None,
    progress: Callable[[float], None] | None = None,
) -> RosterTrial:
    """Play days on which only lanes open that a roster and its attendance keep open.

    Parameters
    ----------
    plan
        A plan without problems, with posts that belong to stations.
    rosters
        Rows of sheet shifts by a name; the first is what others are compared with.
    no_shows
        Shares of shifts that nobody comes to, in the mean; None = as each volunteer's own probability says.
    runs
        Days of each; of fewer than `LEAST_DIFFERING` nothing is called clear.
    pool
        Who plays; two processes of this machine, if nobody is named. A pool that is given is left open.

    Raises
    ------
    PlanError
        When no station depends on a roster on the day of the plan.
    PoolError
        When runs cannot be played.

    Notes
    -----
    Draws are keyed by seed, run, person and purpose: the same visitors come, and the same volunteers oversleep.
    """
    asked = (
        Asked(WAITED, "", "", plan.day.clock_starts_at, plan.day.clock_ends_at),  # the whole day's queues
        *_asked(plan, rosters),
    )
    days = list(_days(plan, rosters, no_shows))
    played: list[list[RunResult]] = []
    with players(pool) as ours:
        for _name, _rate, day in days:
            played.append([])
            for result in in_order(ours, Work(plan_json=plan_to_json(day), seed=seed, asked=asked), range(runs)):
                played[-1].append(result)
                if progress:
                    progress(sum(map(len, played)) / (len(days) * runs))
    values = _values(plan, played)
    missing = [
        [lacking(drawn_plan(day, seed=seed, run=run)[0]) if day.shifts else {} for run in range(runs)]
        for *_, day in days
    ]
    variants = tuple(
        Variant(
            name=name, no_shows=rate, means=tuple(values[at].mean(axis=1).tolist()),
            lacking=float(np.mean([sum(each.values()) for each in missing[at]])),
            invalid=sum(not run.is_valid for run in played[at]),
        )
        for at, (name, rate, _) in enumerate(days)
    )  # fmt: skip
    costs = [
        cost
        for at, (name, rate, _) in enumerate(days[1:], 1)
        for cost in costs_of(
            plan, asked[1:], _waited(played[at]) - _waited(played[0]), missing[at], roster=name, no_shows=rate
        )
    ]
    return RosterTrial(
        seed=seed, runs=runs, variants=variants, differences=tuple(_differences(days, values, len(rosters))),
        costs=tuple(sorted(costs, key=lambda each: -each.waited_s)), values=values,
    )  # fmt: skip


def with_no_shows(plan: Plan, share: float | None) -> Plan:
    """The plan whose volunteers stay away from ``share`` of the day's shifts in the mean, the reliable ones less often."""
    if share is None or not plan.volunteers:
        return plan
    attends = np.array([person.attends for person in plan.volunteers])
    low, high = 0.0, 1.0 / attends.min()
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if np.minimum(attends * middle, 1.0).mean() < 1 - share else (low, middle)
    scaled = np.clip(attends * high, 0.01, 1.0).tolist()
    people = (dataclasses.replace(person, attends=value) for person, value in zip(plan.volunteers, scaled, strict=True))
    return plan.replace(volunteers=tuple(people))


def _days(
    plan: Plan, rosters: Mapping[str, Sequence[Shift]], no_shows: Sequence[float | None]
) -> Iterator[tuple[str, float | None, Plan]]:
    yield EVERYBODY, None, plan.replace(shifts=())
    for rate in no_shows:
        less = with_no_shows(plan, rate)
        for name, shifts in rosters.items():
            yield name, rate, less.replace(shifts=tuple(shifts))


def _asked(plan: Plan, rosters: Mapping[str, Sequence[Shift]]) -> tuple[Asked, ...]:
    """Raises PlanError when no station depends on people."""
    asked = queues_asked(plan.replace(shifts=tuple(next(iter(rosters.values())))))
    if not asked:
        what = Sentence("No station depends on the roster of {date}.", date=plan.day.date)
        mend = Sentence("Name stations on sheet posts, and give the day a service day with needs and shifts.")
        raise PlanError([Problem(code="posts.station.none", sheet="posts", column="station", what=what, mend=mend)])
    return asked


def _values(plan: Plan, played: list[list[RunResult]]) -> Floats:
    names = figure_names(plan)
    peak, over, entries = (
        names.index(("promise", "", name)) for name in ("peak_p99_s", "share_over_peak_limit", "entries")
    )
    return np.array([
        [
            [run.counts[0, 0] for run in results],
            [run.counts[0, 0] / max(run.figures[entries], 1.0) for run in results],
            [run.figures[peak] for run in results],
            [run.figures[over] for run in results],
        ]
        for results in played
    ])  # fmt: skip


def _waited(results: list[RunResult]) -> Floats:
    """Seconds in the queues of stations and times that depend on people: [asked - 1, runs]."""
    waited: Floats = np.array([run.counts[1:, 0] for run in results]).T
    return waited


def _differences(days: list[tuple[str, float | None, Plan]], values: Floats, rosters: int) -> Iterator[Difference]:
    """Of each rate, every other roster less the first."""
    for start in range(1, len(days), rosters):
        for at in range(start + 1, start + rosters):
            name, rate, _ = days[at]
            for place, figure in enumerate(FIGURES):
                a, b = values[start, place], values[at, place]
                yield Difference(
                    what="roster", code=name if rate is None else f"{name}@{rate:g}", figure=figure, a=float(a.mean()),
                    b=float(b.mean()), half_width=t_half_width(b - a) if a.size > 1 else math.nan, runs=a.size,
                    equal=int((a == b).sum()),
                )  # fmt: skip
