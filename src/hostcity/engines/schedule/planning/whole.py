"""Time in whole units, as schedules under teams of limited size are made in."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from hostcity.engines.schedule.check import Fault
from hostcity.engines.schedule.problem import Problem, ScheduleError

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 2**30  # units; sums of some of them are counted in 32 bits
MEND = f"With teams of limited size give whole numbers below {MOST:,}: hours, or half-days."


def whole_of(problem: Problem, baseline: NDArray[Any] | None = None) -> float:
    """The longest unit in which every time is a whole number. Raises ``ScheduleError`` naming all that are none in the caller's unit."""
    by_task = {"duration": problem.duration, "release": problem.release}
    if baseline is not None:
        by_task["baseline"] = baseline
    if faults := (*_of_tasks(by_task), *_of_links(problem), *_of_teams(problem)):
        raise ScheduleError(faults)
    times = np.concatenate([*by_task.values(), problem.lag]).astype(np.int64)
    return float(math.gcd(*times.tolist()) or 1)


def _of_tasks(by_task: dict[str, NDArray[Any]]) -> Iterator[Fault]:
    for name, values in by_task.items():
        for task in np.flatnonzero(~((values == np.floor(values)) & (np.abs(values) < MOST))):
            yield Fault(
                code="schedule.whole", tasks=(int(task),), text=f"task {task} has {name} {values[task]:g}. {MEND}"
            )
    if (together := float(by_task["duration"].sum())) >= MOST:
        yield Fault(code="schedule.whole", tasks=(), text=f"all tasks together take {together:g}. {MEND}")


def _of_teams(problem: Problem) -> Iterator[Fault]:
    for team in np.unique(problem.capacity_change[:, 0]).tolist():
        text = f"team {team} changes its capacity. Give it one: schedules know no teams that change."
        yield Fault(code="schedule.change", tasks=(), text=text)


def _of_links(problem: Problem) -> Iterator[Fault]:
    for link in np.flatnonzero(~((problem.lag == np.floor(problem.lag)) & (np.abs(problem.lag) < MOST))):
        tasks = (int(problem.link[link, 0]), int(problem.link[link, 1]))
        yield Fault(
            code="schedule.whole",
            tasks=tasks,
            link=int(link),
            text=f"link {link} has lag {problem.lag[link]:g}. {MEND}",
        )
