"""How likely a preparation is ready for its opening: by three rules, with what it hangs on.

Not imported with the package: it takes compiled kernels, which no web process has.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from hostcity.engines.schedule.forecast import (
    Change,
    Execution,
    Forecast,
    Goal,
    Option,
    best_effort,
    effects,
    forecast,
    planned_starts,
    urgency,
)  # fmt: skip
from hostcity.plan.working_days import ONE_DAY, as_date
from hostcity.studies.readiness.network import Network

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hostcity.engines.schedule import Problem

RULES: tuple[Execution, ...] = ("unlimited", "order", "dispatch")
SAMPLES = 10_000
SLIP_D = 5.0  # working days that each task is delayed by, to see what it costs
SHORTER = 0.3  # of a task's time is saved by effort
MOST_TOLD = 15  # tasks and risks whose effect is told
SIFTED = 3  # times as many are dispatched
MOST_OPTIONS = 40  # tasks among which effort chooses
BUDGET_D = 20.0  # working days that effort may save in all
SHARES = (0.01, *(each / 20 for each in range(1, 20)), 0.99)  # quantiles of ends

ByRule = tuple[float, float, float]  # by `RULES`
Day = datetime.date | None
Tell = Callable[[float], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ends:
    """When something ends, by `RULES`, at each of `SHARES`; None = after all days of the calendar."""

    code: str
    need_by: Day
    chance: ByRule  # that it ends in time
    ends: tuple[tuple[Day, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A department: whether all its open tasks end by their need-by dates."""

    code: str
    tasks: int
    chance: ByRule
    late_d: ByRule  # the greatest lateness of a task in the mean, 0 where all are in time [working days]


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip:
    """What a delay of one task by `SLIP_D` costs, or a risk that never happens gains: of the probability of the opening."""

    code: str
    points: tuple[float, float]  # by order and by dispatch
    days: tuple[float, float]  # of lateness in the mean [working days]


@dataclass(frozen=True, kw_only=True, slots=True)
class Effort:
    """Tasks to shorten by `SHORTER` with `BUDGET_D` in all, in the order in which they were chosen, and what that does."""

    tasks: tuple[str, ...]
    saved_d: float
    before: float  # by order
    after: float


@dataclass(frozen=True, kw_only=True, eq=False)
class PlanForecast:
    """A preparation, played `samples` times by each of `RULES`."""

    network: Network
    seed: int
    samples: int
    opens: datetime.date
    opening: Ends
    by_day: tuple[tuple[datetime.date, ByRule], ...]  # probability that all is ready on the evening of a day
    errors: ByRule  # standard errors of the opening's probability, by chance of the samples alone
    milestones: tuple[Ends, ...]  # in the order of the sheet
    departments: tuple[Group, ...]  # the worst first
    in_time: NDArray[Any]  # float64[3, N] of each task; nan: it is done, or has no date
    criticality: NDArray[Any]  # float64[3, N]
    slips: tuple[Slip, ...]  # tasks, the dearest first
    risks: tuple[Slip, ...]  # the strongest first
    effort: Effort


def forecast_plan(
    network: Network, *, samples: int = SAMPLES, seed: int = 1, threads: int | None = None, progress: Tell | None = None
) -> PlanForecast:
    """Play a preparation by three rules: nobody's hands counted, hands in the plan's order, whoever can begins.

    Who begins first is decided by the tasks' own need-by dates; what slips and risks cost is told of the opening. The same in the
    same samples, whatever the number of threads.

    Raises ``ScheduleError`` when the network cannot be played, ``ValueError`` for no samples or a negative seed.
    """
    tell = progress or (lambda _: None)
    opens = as_date(network.plan.preparation[0].opens)
    if opens is None:
        raise ValueError(f"the preparation opens on {network.plan.preparation[0].opens}, which is no date")
    problem, clock = network.problem, network.clock
    evening = clock.after(opens - ONE_DAY)
    wanted = _wanted(network, opens)
    codes, goals = _goals(network, wanted, evening)
    starts: dict[Execution, NDArray[Any] | None] = {
        "unlimited": None, "order": planned_starts(problem), "dispatch": urgency(problem), "dispatch_fast": urgency(problem),
    }  # fmt: skip
    told: list[Forecast] = []
    for at, rule in enumerate(RULES):
        told.append(
            forecast(problem, execution=rule, samples=samples, seed=seed, start=starts[rule], shares=SHARES, goals=goals, threads=threads)
        )  # fmt: skip
        tell((0.05, 0.12, 0.3)[at])
    asked = _Asked(_of_opening(problem, wanted, evening), starts, samples, seed, threads)
    slips, risks, options = _costs(network, asked, tell)
    effort = _effort(network, asked, options)
    tell(1.0)
    return PlanForecast(
        network=network, seed=seed, samples=samples, opens=opens,
        opening=Ends(code="", need_by=opens - ONE_DAY, chance=_by(told, lambda each: each.goal_chance[0]), ends=tuple(
            tuple(clock.end(evening + float(late)) for late in np.quantile(each.goals[0], SHARES, method="inverted_cdf")) for each in told
        )),
        by_day=_by_day(network, told, evening), errors=_by(told, lambda each: _error(each.goal_chance[0], samples)),
        milestones=tuple(_milestone(network, told, at) for at in _open_milestones(network)),
        departments=_departments(codes, goals, told), in_time=np.array([each.in_time for each in told]),
        criticality=np.array([each.criticality for each in told]), slips=slips, risks=risks, effort=effort,
    )  # fmt: skip


def _by(told: Sequence[Forecast], of: Callable[[Forecast], Any]) -> ByRule:
    unlimited, order, dispatch = (float(of(each)) for each in told)
    return unlimited, order, dispatch


def _error(chance: float, samples: int) -> float:
    return float(np.sqrt(chance * (1 - chance) / samples))


def _wanted(network: Network, opens: datetime.date) -> NDArray[Any]:
    """bool[N]: what must be ready for the opening and is not done: all but what is needed later."""
    later = [(need := as_date(task.need_by)) is not None and need >= opens for task in network.plan.tasks]
    found: NDArray[Any] = np.isfinite(network.problem.need_by) & ~np.array(later, bool)
    return found


def _goals(network: Network, wanted: NDArray[Any], evening: float) -> tuple[list[str], list[Goal]]:
    """The opening, then each department by the need-by dates of its tasks. A preparation that is done is ready."""
    tasks = np.flatnonzero(wanted) if wanted.any() else np.arange(1)
    by = np.full(tasks.size, evening if wanted.any() else float(2**20))
    goals, codes = [Goal(tasks=tasks, by=by)], []
    owner = np.array([task.department for task in network.plan.tasks])
    need = network.problem.need_by
    for department in network.plan.departments:
        mine = np.flatnonzero((owner == department.code) & np.isfinite(need))
        if mine.size:
            codes.append(department.code)
            goals.append(Goal(tasks=mine, by=need[mine]))
    return codes, goals


def _of_opening(problem: Problem, wanted: NDArray[Any], evening: float) -> Problem:
    """The problem in which nothing counts but the opening: a need-by that no draw can keep is moved as little as can be."""
    need = np.where(wanted, np.maximum(evening, problem.release + problem.optimistic), np.inf)
    return replace(problem, need_by=need)


def _by_day(network: Network, told: Sequence[Forecast], evening: float) -> tuple[tuple[datetime.date, ByRule], ...]:
    """From the first day on which all was ready in some sample to the last."""
    ends = np.array([each.goals[0] for each in told]) + evening
    first, last = int(np.ceil(ends.min() - 1e-9)), int(np.ceil(ends.max() - 1e-9))
    found = []
    for time in range(max(1, first), last + 1):
        day = network.clock.end(float(time))
        if day is None:
            break
        unlimited, order, dispatch = (ends <= time + 1e-9).mean(axis=1).tolist()
        found.append((day, (unlimited, order, dispatch)))
    return tuple(found)


def _open_milestones(network: Network) -> list[int]:
    """Milestones that are not done: of the others there is no chance to tell."""
    tasks, need = network.plan.tasks, network.problem.need_by
    return [at for at, task in enumerate(tasks) if task.kind == "milestone" and np.isfinite(need[at])]


def _milestone(network: Network, told: Sequence[Forecast], at: int) -> Ends:
    task, clock = network.plan.tasks[at], network.clock
    return Ends(
        code=task.code, need_by=clock.end(need) if np.isfinite(need := float(network.problem.need_by[at])) else None,
        chance=_by(told, lambda each: each.in_time[at]),
        ends=tuple(tuple(clock.end(float(time)) for time in each.ends[:, at]) for each in told if each.ends is not None),
    )  # fmt: skip


def _departments(codes: list[str], goals: list[Goal], told: Sequence[Forecast]) -> tuple[Group, ...]:
    chance = np.array([each.goal_chance for each in told])
    late = np.array([np.maximum(each.goals, 0).mean(axis=1) for each in told])

    def by_rule(values: NDArray[Any]) -> ByRule:
        unlimited, order, dispatch = values.tolist()
        return unlimited, order, dispatch

    found = [
        Group(code=code, tasks=int(goals[at].tasks.size), chance=by_rule(chance[:, at]), late_d=by_rule(late[:, at]))
        for at, code in enumerate(codes, 1)
    ]
    return tuple(sorted(found, key=lambda each: (*sorted(each.chance[1:]), -each.late_d[2], each.code)))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What plans beside the plan are played with."""

    problem: Problem
    starts: dict[Execution, NDArray[Any] | None]
    samples: int
    seed: int
    threads: int | None

    def effects(self, changes: Sequence[Change], rule: Execution) -> tuple[NDArray[Any], NDArray[Any]]:
        """What each change gains: of the probability, and of lateness."""
        if not changes or not np.isfinite(self.problem.need_by).any():
            return np.zeros(len(changes)), np.zeros(len(changes))
        found = effects(
            self.problem, changes, execution=rule, samples=self.samples, seed=self.seed, start=self.starts[rule], threads=self.threads
        )  # fmt: skip
        return found.gain, found.lateness_before - found.lateness


def _costs(network: Network, asked: _Asked, tell: Tell) -> tuple[tuple[Slip, ...], tuple[Slip, ...], list[int]]:
    """Tasks by what their slip costs, risks by what they cost, and the tasks among which effort may choose.

    All are tried in the plan's order; those that do most, dispatched in the fast mode.
    """
    problem = asked.problem
    tasks = np.flatnonzero((problem.pessimistic > 0) & np.isfinite(network.problem.need_by)).tolist()
    late = [Change(tasks=(task,), plus=SLIP_D) for task in tasks]
    gone = [Change(without=risk) for risk in range(len(problem.drivers.probability))]
    by_order = asked.effects((*late, *gone), "order")
    tell(0.7)
    cost, days = -by_order[0][: len(late)], -by_order[1][: len(late)]
    dearest = _strongest(cost, days)[: SIFTED * MOST_TOLD]
    strongest = _strongest(by_order[0][len(late) :], by_order[1][len(late) :])[:MOST_TOLD]
    by_dispatch = asked.effects([*(late[at] for at in dearest), *(gone[at] for at in strongest)], "dispatch_fast")
    tell(0.9)
    names = [task.code for task in network.plan.tasks]
    many = len(dearest)
    slips = [
        Slip(code=names[tasks[at]], points=(float(cost[at]), float(-by_dispatch[0][n])), days=(float(days[at]), float(-by_dispatch[1][n])))
        for n, at in enumerate(dearest)
    ]  # fmt: skip
    risks = [
        Slip(
            code=network.plan.risk_drivers[at].code, points=(float(by_order[0][len(late) + at]), float(by_dispatch[0][many + n])),
            days=(float(by_order[1][len(late) + at]), float(by_dispatch[1][many + n])),
        )
        for n, at in enumerate(strongest)
    ]  # fmt: skip
    return _ranked(slips)[:MOST_TOLD], _ranked(risks), [tasks[at] for at in _strongest(cost, days)[:MOST_OPTIONS]]


def _strongest(points: NDArray[Any], days: NDArray[Any]) -> list[int]:
    """The most of the probability first, then the most lateness; those that do nothing are left out."""
    order = np.lexsort((np.arange(points.size), -days, -points)).tolist()
    return [at for at in order if points[at] > 0 or days[at] > 0]


def _ranked(found: Sequence[Slip]) -> tuple[Slip, ...]:
    """By the mean of what they do by both rules; where that is nothing, by lateness."""
    return tuple(sorted(found, key=lambda each: (-sum(each.points), -sum(each.days), each.code)))


def _effort(network: Network, asked: _Asked, options: list[int]) -> Effort:
    """Shortening a task costs the working days that it saves."""
    problem, tasks = asked.problem, network.plan.tasks
    if not options:
        return Effort(tasks=(), saved_d=0.0, before=1.0, after=1.0)
    choices = [
        Option(change=Change(tasks=(task,), times=1.0 - SHORTER), cost=float(problem.duration[task]) * SHORTER) for task in options
    ]  # fmt: skip
    found = best_effort(
        problem, choices, BUDGET_D, execution="order", samples=asked.samples, seed=asked.seed, start=asked.starts["order"],
        threads=asked.threads,
    )  # fmt: skip
    return Effort(
        tasks=tuple(tasks[options[at]].code for at in found.options),
        saved_d=found.cost,
        before=found.before,
        after=found.after,
    )
