"""Whether starts of tasks keep every link, release and team: told from the problem alone, by what knows nothing of who made them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from hostcity.engines.schedule.check import Fault, check
from hostcity.engines.schedule.problem import FF, FS, SF, SS, Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

JUST = 1e-9  # of the end of all: less than that is a rounding error
SAYS = {FS: "ends", SS: "begins", FF: "ends", SF: "begins"}


def verify(problem: Problem, start: NDArray[Any]) -> tuple[Fault, ...]:
    """Everything that is wrong, at once; nothing when all is well. What is needed by a time and ends later is no fault of starts.

    Parameters
    ----------
    start : float64[N]
        When each task begins, in the problem's unit.

    Notes
    -----
    Links by their definition, teams at each instant at which a task begins: nowhere else can a sum go up. O(L + N² R).
    """
    if faults := check(problem):
        return faults
    start = np.asarray(start, np.float64)
    if start.shape != problem.duration.shape:
        return (
            Fault(
                code="schedule.shape", tasks=(), text=f"start has shape {start.shape}, not {problem.duration.shape}."
            ),
        )
    if (unknown := np.flatnonzero(~np.isfinite(start))).size:
        return tuple(
            Fault(code="schedule.start", tasks=(int(task),), text=f"task {task} has no start.") for task in unknown
        )
    end = start + problem.duration
    near = JUST * max(1.0, float(np.abs(end).max(initial=0.0)))
    return (*_releases(problem, start, near), *_links(problem, start, end, near), *_teams(problem, start, end, near))


def _releases(problem: Problem, start: NDArray[Any], near: float) -> Iterator[Fault]:
    for task in np.flatnonzero(start < problem.release - near):
        text = f"task {task} begins at {start[task]:g}, before its release at {problem.release[task]:g}."
        yield Fault(code="schedule.early", tasks=(int(task),), text=text)


def _links(problem: Problem, start: NDArray[Any], end: NDArray[Any], near: float) -> Iterator[Fault]:
    for link, ((before, after, kind), lag) in enumerate(zip(problem.link.tolist(), problem.lag.tolist(), strict=True)):
        waited = (start if kind in {SS, SF} else end)[before] + lag
        moves = (start if kind in {FS, SS} else end)[after]
        if moves < waited - near:
            does = "begins" if kind in {FS, SS} else "ends"
            text = f"task {after} {does} at {moves:g}, before {waited:g}: task {before} {SAYS[kind]} and {lag:g} more."
            yield Fault(code="schedule.waits", tasks=(before, after), link=link, text=text)


def _teams(problem: Problem, start: NDArray[Any], end: NDArray[Any], near: float) -> Iterator[Fault]:
    for team in range(len(problem.capacity)):
        tasks = np.flatnonzero((problem.demand[:, team] > 0) & (problem.duration > near))
        for instant in np.unique(start[tasks]).tolist():
            at_work = tasks[(start[tasks] <= instant + near) & (end[tasks] > instant + near)]
            taken = int(problem.demand[at_work, team].sum())
            if taken > (there_are := problem.capacity_at(team, instant + near)):
                text = f"team {team} has {there_are}, but {taken} are at work at {instant:g}, on tasks {', '.join(map(str, at_work))}."
                yield Fault(code="schedule.overload", tasks=tuple(map(int, at_work)), text=text)
