"""The critical path of a preparation with its dates."""

from __future__ import annotations

import datetime
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hostcity.engines.schedule.order import links_of, order_of
from hostcity.plan import Plan
from hostcity.plan.rows import Task
from hostcity.plan.working_days import as_date
from hostcity.studies.readiness.clock import last_day
from hostcity.studies.readiness.network import Network, RowOf, network_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

Day = datetime.date | None  # None = after all days of the calendar


@dataclass(frozen=True, kw_only=True, slots=True)
class Dated:
    """When a task can be done, and until when it does no harm. Days are of the preparation's calendar."""

    task: Task
    start: Day
    end: Day
    last_end: Day  # with which all ends when it can end at the earliest
    harmless_end: Day  # the last with which nothing that waits for it misses its need-by; None = not even the first day is early enough
    total_float_d: float  # [working days]
    free_float_d: float  # [working days]
    spare_d: float  # working days until its end harms a need-by of its own or of what waits for it; below 0 = it does
    is_critical: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class DatedPath:
    """Every task with its dates, in the order of the sheet."""

    network: Network
    tasks: tuple[Dated, ...]
    ready: Day  # when all is done at the earliest
    opens: datetime.date
    spare_d: float  # working days from then to the evening before the opening; below 0 = too late

    @property
    def critical(self) -> tuple[Dated, ...]:
        """The critical path in the order of its dates."""
        times = self.network.path.early_start
        found = [(float(times[index]), index) for index, each in enumerate(self.tasks) if each.is_critical]
        return tuple(self.tasks[index] for _, index in sorted(found))

    @property
    def late(self) -> tuple[Dated, ...]:
        """Tasks that end after their own need-by as things stand, the latest first."""
        network = self.network
        over = network.path.early_finish - network.problem.need_by
        order = [int(index) for index in np.argsort(-over, kind="stable") if over[index] > LEAST]
        return tuple(self.tasks[index] for index in order)


LEAST = 1e-6  # of a day


def date_tasks(plan: Plan, row_of: RowOf | None = None) -> DatedPath:
    """The critical path of a plan's tasks with its dates, by likely durations, and with nobody's hands counted.

    Raises ``PlanError`` as `network_of` does.
    """
    return date_network(network_of(plan, row_of))


def date_network(network: Network) -> DatedPath:
    """The same of a network that was made."""
    plan, path, clock = network.plan, network.path, network.clock
    latest = _harmless(network)
    opens = as_date(plan.preparation[0].opens)
    if opens is None:
        raise ValueError(f"the preparation opens on {plan.preparation[0].opens}, which is no date")
    return DatedPath(
        network=network,
        tasks=tuple(
            Dated(
                task=task, start=_start(network, index), end=_end(network, index),
                last_end=clock.end(path.late_finish[index]), harmless_end=_harmless_end(network, float(latest[index])),
                total_float_d=_rounded(path.total_float[index]), free_float_d=_rounded(path.free_float[index]),
                spare_d=_rounded(latest[index] - path.early_finish[index]), is_critical=bool(path.is_critical[index]),
            )
            for index, task in enumerate(plan.tasks)
        ),
        ready=clock.end(path.finish), opens=opens,
        spare_d=_rounded(clock.before(opens) - path.finish),
    )  # fmt: skip


def _harmless_end(network: Network, latest_d: float) -> Day:
    """The date of a last end; of what is over, which harms nothing any more, there is none, nor of what is too late."""
    return network.clock.end(latest_d) if 0 <= latest_d < np.inf else None


def _start(network: Network, index: int) -> Day:
    """The date on which a task begins; what takes no time is on the evening of what it waits for."""
    time_d = float(network.path.early_start[index])
    if network.problem.duration[index] == 0:
        return network.clock.end(time_d)
    day = network.clock.start(time_d)
    if day and index in network.own:
        dates = network.own[index].dates
        return next(iter(dates[bisect_left(dates, day) :]), None)
    return day


def _end(network: Network, index: int) -> Day:
    """The date on which a task ends, by its own calendar where it has one."""
    takes = network.plan.tasks[index].likely_d
    if index in network.own and takes:
        return last_day(network.clock, network.own[index], float(network.path.early_start[index]), takes)
    return network.clock.end(float(network.path.early_finish[index]))


def _harmless(network: Network) -> NDArray[np.float64]:
    """float64[N]: the last end of each task with which it and all that waits for it keep their need-by. O(N + L)."""
    problem = network.problem
    latest: NDArray[Any] = problem.need_by - problem.duration  # starts
    _, out = links_of(problem)
    for task in reversed(order_of(problem)):
        for other, lag in out[task]:
            latest[task] = min(latest[task], latest[other] - lag)
    ends: NDArray[np.float64] = latest + problem.duration
    return ends


def _rounded(days: float) -> float:
    return round(float(days), 6) + 0.0
