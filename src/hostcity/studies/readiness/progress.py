"""How far tasks are, and the network as it stands today: what is done takes no more time, and nothing begins in the past."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from hostcity.engines.schedule import FF, SF, cpm
from hostcity.plan.rows import Task
from hostcity.studies.readiness.clock import Days
from hostcity.studies.readiness.network import Network

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_D = 0.5  # working days that what has begun still takes, as long as nobody says that it is finished

Day = datetime.date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """What has been told of a task. Days are those of the place of the expo."""

    started_on: Day = None
    finished_on: Day = None  # as its owner says
    remaining_d: float | None = None  # working days, as its owner said on ``remaining_on``
    remaining_on: Day = None
    reported_on: Day = None  # the last report of any kind
    is_fine: bool = False  # the last report speaks of no trouble
    has_trouble: bool = False  # the last report does
    evidence_on: Day = None  # the last evidence of the kind that the task demands
    refused_on: Day = None  # acceptance was refused, and nothing has been handed in since
    accepted_on: Day = None

    @property
    def is_open(self) -> bool:
        """Whether it has not been accepted."""
        return self.accepted_on is None


NOTHING = Progress()


def standing(network: Network, known: Mapping[str, Progress], today: datetime.date) -> Network:
    """The network of a preparation on the morning of a day.

    What is accepted ended when its owner said so, or when it was accepted. What its owner calls finished ends today, but for its acceptance.
    What has begun takes what its owner said remains, less the working days since, and half a day at least; without a word of
    its owner the likely time, less the days since it began. All else begins today or later. A need-by that cannot be kept any
    more is moved to the first time that can: it harms nothing else, and is told of its own task.

    Notes
    -----
    Tasks of a calendar of their own take on the clock what they would from their early start by the plan.
    """
    problem, clock = network.problem, network.clock
    now = clock.before(today)
    release, need_by = np.maximum(problem.release, now), problem.need_by.copy()
    low, likely, high = problem.optimistic.copy(), problem.duration.copy(), problem.pessimistic.copy()
    has_begun, is_over = np.zeros(len(likely), bool), np.zeros(len(likely), bool)
    for at, task in enumerate(network.plan.tasks):
        told = known.get(task.code, NOTHING)
        has_begun[at] = bool(told.started_on or told.finished_on or told.accepted_on)
        is_over[at] = bool(told.finished_on or told.accepted_on)  # nothing that it waits for holds it up
        if told.accepted_on:
            need_by[at] = np.inf  # kept or not, it is over
            release[at] = clock.after(told.finished_on or told.accepted_on or today)
        if is_over[at]:
            low[at] = likely[at] = high[at] = 0.0
        elif has_begun[at]:
            share = _remaining(task, told, clock, today) / likely[at] if likely[at] else 0.0
            low[at], likely[at], high[at] = share * low[at], share * likely[at], share * high[at]
    link, lag = _links_left(network, has_begun, is_over)
    now_problem = dataclasses.replace(
        problem, release=release, need_by=np.maximum(need_by, release + low), optimistic=low, duration=likely,
        pessimistic=high, link=link, lag=lag,
    )  # fmt: skip
    own = {at: days for at, days in network.own.items() if not has_begun[at]}
    return dataclasses.replace(network, problem=now_problem, path=cpm(now_problem), own=own)


def _remaining(task: Task, told: Progress, clock: Days, today: datetime.date) -> float:
    """Working days of a task that has begun and is not said to be finished."""
    begun = told.started_on or today
    if told.remaining_d is not None and told.remaining_on:
        return max(LEAST_D, told.remaining_d - (clock.before(today) - clock.before(told.remaining_on)))
    return max(LEAST_D, (task.likely_d or 0.0) - (clock.before(today) - clock.before(begun)))


def _links_left(
    network: Network, has_begun: NDArray[np.bool_], is_over: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Without those that a task no longer waits for: into its start when it has begun, into its end when it is over."""
    after, kind = network.problem.link[:, 1], network.problem.link[:, 2]
    into_end = (kind == FF) | (kind == SF)
    is_kept = ~is_over[after] & (~has_begun[after] | into_end)
    return network.problem.link[is_kept], network.problem.lag[is_kept]
