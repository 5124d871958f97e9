"""What is wrong with a network of tasks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from operator import attrgetter

import numpy as np

from hostcity.engines.schedule.problem import Problem

WHOLE = {"link", "demand", "capacity", "capacity_change", "drivers.touches"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One fault. ``code`` is stable; ``tasks`` and ``link`` say where."""

    code: str
    tasks: tuple[int, ...]
    text: str
    link: int = -1


def check(problem: Problem) -> tuple[Fault, ...]:
    """Everything that is wrong, at once; nothing when all is well.

    A circle is named by its tasks in the order in which they wait. Of circles that share a task one is told: others may be left
    when a link of it has been removed.
    """
    if found := tuple(_shapes(problem)):
        return found  # of arrays that do not fit nothing else can be told
    return (*_tasks(problem), *_teams(problem), *_links(problem), *_drivers(problem), *_circles(problem))


def _shapes(problem: Problem) -> Iterator[Fault]:
    tasks, links, teams, risks = (
        len(each) for each in (problem.duration, problem.link, problem.capacity, problem.drivers.probability)
    )
    expected = {
        "duration": (tasks,), "link": (links, 3), "lag": (links,), "release": (tasks,), "need_by": (tasks,), "optimistic": (tasks,),
        "pessimistic": (tasks,), "demand": (tasks, teams), "capacity": (teams,), "capacity_change": (len(problem.capacity_time), 2),
        "capacity_time": (len(problem.capacity_time),), "drivers.probability": (risks,),
        "drivers.factor": (risks, 3), "drivers.touches": (len(problem.drivers.touches), 2),
    }  # fmt: skip
    for name, shape in expected.items():
        array = attrgetter(name)(problem)
        if array.shape != shape:
            yield Fault(code="schedule.shape", tasks=(), text=f"{name} has shape {array.shape}, not {shape}.")
        if name in WHOLE and not np.issubdtype(array.dtype, np.integer):
            yield Fault(code="schedule.type", tasks=(), text=f"{name} is of {array.dtype}. Give whole numbers.")


def _tasks(problem: Problem) -> Iterator[Fault]:
    for name in ("duration", "release"):
        values = getattr(problem, name)
        for task in np.flatnonzero(~(np.isfinite(values) & (values >= 0))):
            text = f"task {task} has {name} {values[task]:g}. Give 0 or more."
            yield Fault(code=f"schedule.{name}", tasks=(int(task),), text=text)
    low, likely, high = problem.optimistic, problem.duration, problem.pessimistic
    # A likely duration that is none has been told: it is no reason to tell of its neighbors.
    for task in np.flatnonzero(
        np.isfinite(likely) & (likely >= 0) & ~((low >= 0) & (low <= likely) & (likely <= high) & np.isfinite(high))
    ):
        text = f"task {task} takes {low[task]:g}, {likely[task]:g}, {high[task]:g}: optimistic, likely, pessimistic. Give 0 or more, ascending."
        yield Fault(code="schedule.estimate", tasks=(int(task),), text=text)
    with np.errstate(invalid="ignore"):
        is_late = ~(problem.need_by >= problem.release + low)
    for task in np.flatnonzero(is_late):
        text = f"task {task} is needed by {problem.need_by[task]:g}, before it can end. Release it earlier, or make it shorter."
        yield Fault(code="schedule.need_by", tasks=(int(task),), text=text)


def _teams(problem: Problem) -> Iterator[Fault]:
    for team in np.flatnonzero(problem.capacity < 0):
        text = f"team {team} has capacity {problem.capacity[team]}. Give 0 or more."
        yield Fault(code="schedule.capacity", tasks=(), text=text)
    if found := tuple(_changes(problem)):
        yield from found  # how many there are in the end is not known then
        return
    last = problem.last_capacity
    for task, of in np.argwhere((problem.demand < 0) | (problem.demand > np.maximum(last, 0))).tolist():
        text = f"task {task} takes {problem.demand[task, of]} of team {of}. It has {last[of]}: give 0 to as many."
        yield Fault(code="schedule.demand", tasks=(task,), text=text)


def _changes(problem: Problem) -> Iterator[Fault]:
    """Changes of teams that there are not, below 0, or at no time."""
    teams = len(problem.capacity)
    for change, ((team, many), time) in enumerate(
        zip(problem.capacity_change.tolist(), problem.capacity_time.tolist(), strict=True)
    ):
        if not 0 <= team < teams:
            text = f"change {change} of capacity names team {team}. Teams: 0-{teams - 1}."
            yield Fault(code="schedule.team", tasks=(), text=text)
        if many < 0 or not 0 < time < np.inf:
            text = f"change {change} of capacity gives {many} at {time:g}. Give 0 or more, at a time above 0."
            yield Fault(code="schedule.change", tasks=(), text=text)


def _drivers(problem: Problem) -> Iterator[Fault]:
    risks, drivers = len(problem.drivers.probability), problem.drivers
    for risk in np.flatnonzero(~((drivers.probability >= 0) & (drivers.probability <= 1))):
        text = f"driver {risk} has probability {drivers.probability[risk]:g}. Give 0 to 1."
        yield Fault(code="schedule.probability", tasks=(), text=text)
    low, likely, high = drivers.factor.T
    for risk in np.flatnonzero(~((low >= 0) & (low <= likely) & (likely <= high) & np.isfinite(high))):
        text = f"driver {risk} has factors {low[risk]:g}, {likely[risk]:g}, {high[risk]:g}: optimistic, likely, pessimistic. Give 0 or more, ascending."
        yield Fault(code="schedule.factor", tasks=(), text=text)
    for driver, task in drivers.touches.tolist():
        if not 0 <= driver < risks:
            text = f"driver {driver}, said to touch task {task}, is not listed. Drivers: 0-{risks - 1}."
            yield Fault(code="schedule.driver", tasks=(task,), text=text)
        if not 0 <= task < len(problem.duration):
            text = f"driver {driver} touches task {task}. Tasks: 0-{len(problem.duration) - 1}."
            yield Fault(code="schedule.task", tasks=(task,), text=text)
    pairs, counts = np.unique(drivers.touches, axis=0, return_counts=True)
    for driver, task in pairs[counts > 1].tolist():
        text = f"driver {driver} touches task {task} more than once. Name the pair once."
        yield Fault(code="schedule.touches", tasks=(task,), text=text)


def _links(problem: Problem) -> Iterator[Fault]:
    tasks = len(problem.duration)
    ends, kinds = problem.link[:, :2], problem.link[:, 2]
    is_sound = ((ends >= 0) & (ends < tasks)).all(axis=1) & (ends[:, 0] != ends[:, 1])
    is_sound &= (kinds >= 0) & (kinds < 4) & np.isfinite(problem.lag)
    for link in np.flatnonzero(~is_sound).tolist():
        before, after, kind = problem.link[link].tolist()
        for task in {before, after}:
            if not 0 <= task < tasks:
                yield Fault(
                    code="schedule.task",
                    tasks=(task,),
                    link=link,
                    text=f"link {link} names task {task}. Tasks: 0-{tasks - 1}.",
                )
        if before == after:
            yield Fault(
                code="schedule.itself",
                tasks=(before,),
                link=link,
                text=f"link {link} lets task {before} wait for itself. Remove it.",
            )
        if kind not in range(4):
            yield Fault(
                code="schedule.kind",
                tasks=(before, after),
                link=link,
                text=f"link {link} is of kind {kind}. Kinds: 0-3.",
            )
        if not np.isfinite(problem.lag[link]):
            yield Fault(
                code="schedule.lag",
                tasks=(before, after),
                link=link,
                text=f"link {link} has lag {problem.lag[link]}. Give a number.",
            )


def _circles(problem: Problem) -> Iterator[Fault]:
    """Circles until none is left of tasks that are in no circle told before."""
    following = followers(problem)
    if len(sorted_tasks(following)) == len(following):
        return
    waiting = dict(enumerate(following))
    while circle := _circle(waiting):
        for task in circle:
            del waiting[task]
        told = " → ".join(str(task) for task in (*circle, circle[0]))
        yield Fault(
            code="schedule.circle", tasks=circle, text=f"tasks wait for one another: {told}. Remove one of these links."
        )


def _circle(waiting: dict[int, list[int]]) -> tuple[int, ...]:
    """Tasks of which each waits for the one before, and the first for the last, beginning with the least; () = there are none."""
    graph: TopologicalSorter[int] = TopologicalSorter()
    for before, afters in waiting.items():
        for after in afters:
            if after in waiting:
                graph.add(after, before)
    try:
        graph.prepare()
    except CycleError as found:
        circle = found.args[1][:-1]
        first = circle.index(min(circle))
        return (*circle[first:], *circle[:first])
    return ()


def sorted_tasks(following: list[list[int]]) -> list[int]:
    """Tasks, each after all that it waits for; those in a circle, and who waits for them, are left out."""
    missing = [0] * len(following)
    for afters in following:
        for after in afters:
            missing[after] += 1
    order = [task for task, many in enumerate(missing) if many == 0]
    for task in order:
        for after in following[task]:
            missing[after] -= 1
            if missing[after] == 0:
                order.append(after)
    return order


def followers(problem: Problem) -> list[list[int]]:
    """Who waits for each task; links that name no task, or let one wait for itself, are left out."""
    tasks = len(problem.duration)
    found: list[list[int]] = [[] for _ in range(tasks)]
    for before, after, _kind in problem.link.tolist():
        if 0 <= before < tasks and 0 <= after < tasks and before != after:
            found[before].append(after)
    return found
