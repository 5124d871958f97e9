"""The network of a plan's tasks, as the engine takes it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from hostcity.engines.schedule import FF, FS, SF, SS, CriticalPath, Drivers, Problem, cpm
from hostcity.plan import Plan, PlanError
from hostcity.plan import Problem as Fault
from hostcity.plan.check.tasks import longest, shortest
from hostcity.plan.rows import CrewDays, Task
from hostcity.plan.sentences import Sentence
from hostcity.plan.working_days import ONE_DAY, as_date
from hostcity.studies.readiness.clock import JUST, Days, days_of, first_day, time_of_work

if TYPE_CHECKING:
    from numpy.typing import NDArray

KINDS = {"FS": FS, "SS": SS, "FF": FF, "SF": SF}
MOST_ROUNDS = 200
RowOf = Callable[[str, int], int]


@dataclass(frozen=True, kw_only=True, eq=False)
class Network:
    """Tasks in the order of their sheet, with the clock that their times are told by."""

    plan: Plan
    clock: Days
    problem: Problem
    path: CriticalPath
    own: Mapping[int, Days]  # working days of tasks of another calendar than the preparation's
    is_settled: bool  # their times hold at their early starts; False: they went to and fro, and are of the last round


def network_of(plan: Plan, row_of: RowOf | None = None) -> Network:
    """The network of a plan's tasks and its critical path.

    The clock counts the working days of the preparation's calendar. A task of another calendar begins on the first of its own
    days after what it waits for, and takes as long on this clock as its own days take from then on, found in rounds: in a
    network of finish-to-start links the first tasks hold after one round, those behind them after the next.

    Raises
    ------
    PlanError
        When there are no tasks, or when calendars have no days left for some, all at once.
    """
    if not plan.tasks:
        what, mend = (
            Sentence("has no rows."),
            Sentence(
                "Write the tasks into readiness.xlsx beside expo.xlsx; `hostcity template --readiness` shows how."
            ),
        )
        raise PlanError([Fault(code="tasks.none", sheet="tasks", what=what, mend=mend)])
    main = plan.preparation[0].calendar
    clock = days_of(plan, main)
    codes = {task.calendar for task in plan.tasks} - {"", main}
    known = {code: days_of(plan, code) for code in sorted(codes)}
    own = {at: known[task.calendar] for at, task in enumerate(plan.tasks) if task.calendar in known and longest(task)}
    base = _problem(plan, clock)
    problem = _timed(plan, base, clock, own, base.release, row_of)
    if late := [at for at in own if base.need_by[at] < base.release[at] + problem.optimistic[at] - JUST]:
        raise PlanError(_off_the_clock(plan, late, row_of))
    path = cpm(problem)
    rounds = 0
    while own and rounds < MOST_ROUNDS:
        now = _timed(plan, base, clock, own, _waited_for(problem, base, path), row_of)
        is_same = (
            np.allclose(getattr(now, name), getattr(problem, name), rtol=0, atol=JUST)
            for name in ("release", "duration")
        )
        if all(is_same):
            break
        problem, path, rounds = now, cpm(now), rounds + 1
    return Network(plan=plan, clock=clock, problem=problem, path=path, own=own, is_settled=rounds < MOST_ROUNDS)


def _waited_for(problem: Problem, base: Problem, path: CriticalPath) -> NDArray[Any]:
    """float64[N]: when each task could begin by what it waits for, and by its own date."""
    before, after, _kind = problem.link.T
    starts: NDArray[Any] = base.release.copy()
    np.maximum.at(starts, after, path.early_start[before] + problem.start_lag)
    return starts


def _problem(plan: Plan, clock: Days) -> Problem:
    """All tasks as if they were of the preparation's calendar."""
    at = {task.code: index for index, task in enumerate(plan.tasks)}
    crews = {crew.code: index for index, crew in enumerate(plan.crews)}
    demand = np.zeros((len(plan.tasks), len(crews)), np.int64)
    for index, task in enumerate(plan.tasks):
        if task.crew:
            demand[index, crews[task.crew]] = task.demand
    opens = as_date(plan.preparation[0].opens)
    evening = clock.after(opens - ONE_DAY) if opens else np.inf
    begins = [as_date(task.earliest_start) for task in plan.tasks]
    ends = [as_date(task.need_by) for task in plan.tasks]
    links = [(at[each.before], at[each.after], KINDS[each.kind]) for each in plan.task_links]
    return Problem(
        duration=_array(task.likely_d or 0.0 for task in plan.tasks),
        optimistic=_array(map(shortest, plan.tasks)), pessimistic=_array(map(longest, plan.tasks)),
        release=_array(clock.before(day) if day else 0.0 for day in begins),
        need_by=_array(clock.after(day) if day else evening for day in ends),
        link=np.array(links, np.int64).reshape(-1, 3), lag=_array(each.lag_d for each in plan.task_links),
        demand=demand, **crews_of(plan, clock, evening), drivers=_drivers(plan),
    )  # fmt: skip


def crews_of(plan: Plan, clock: Days, evening_d: float) -> dict[str, NDArray[Any]]:
    """People of crews by day, as the engine takes them.

    From the evening before the opening on each has as many as on its best day: what is not done by then is too late anyway, and what takes
    more people than there are on usual days would else never end.
    """
    capacity, change, time = [], [], []
    for team, crew in enumerate(plan.crews):
        days = [each for each in plan.crew_days if each.crew == crew.code]
        found: dict[float, int] = {}
        for first, last, many in _spans(clock, days):
            found.setdefault(last, crew.capacity)
            found[first] = many
        found[evening_d] = max([crew.capacity, *(each.capacity for each in days)])
        now = found.pop(0.0, crew.capacity)
        capacity.append(now)
        for at, many in sorted(found.items()):
            if many != now and 0 < at <= evening_d:
                change.append((team, many))
                time.append(at)
                now = many
    return {
        "capacity": np.array(capacity, np.int64), "capacity_change": np.array(change, np.int64).reshape(-1, 2),
        "capacity_time": np.array(time, np.float64),
    }  # fmt: skip


def _spans(clock: Days, days: list[CrewDays]) -> list[tuple[float, float, int]]:
    """Special days of a crew on the clock, in their order: from when, until when, how many."""
    found = []
    for each in days:
        first, last = as_date(each.first), as_date(each.last or each.first)
        if first and last and clock.after(last) > clock.before(first):
            found.append((clock.before(first), clock.after(last), each.capacity))
    return sorted(found)


def _drivers(plan: Plan) -> Drivers:
    at = {each.code: index for index, each in enumerate(plan.risk_drivers)}
    touches = [(at[code], index) for index, task in enumerate(plan.tasks) for code in dict.fromkeys(task.risks)]
    return Drivers(
        probability=_array(each.probability for each in plan.risk_drivers),
        factor=_array(
            (each.factor_low, each.factor_likely, each.factor_high) for each in plan.risk_drivers
        ).reshape(-1, 3),
        touches=np.array(touches, np.int64).reshape(-1, 2),
    )  # fmt: skip


def _array(values: Any) -> NDArray[np.float64]:
    return np.array(list(values), np.float64)


def _timed(
    plan: Plan, base: Problem, clock: Days, own: Mapping[int, Days], starts: NDArray[Any], row_of: RowOf | None
) -> Problem:
    """The problem with what tasks of their own calendars take on the clock when they could begin at ``starts``."""
    low, likely, high = base.optimistic.copy(), base.duration.copy(), base.pessimistic.copy()
    release = base.release.copy()
    dead = []
    for at, days in own.items():
        task = plan.tasks[at]
        start, takes = float(starts[at]), (shortest(task), task.likely_d or 0.0, longest(task))
        # Where it fits best: the checks have seen that it does.
        best = _work(clock, days, float(base.release[at]), takes[0])
        opens = first_day(clock, days, start)
        least = _work(clock, days, opens, takes[0])
        if (
            least is not None and opens + least <= base.need_by[at]
        ):  # else it is late, and its waiting is counted as work
            release[at] = start = opens
            best = least
        found, worst = _work(clock, days, start, takes[1]), _work(clock, days, start, takes[2])
        if found is None:
            dead.append((at, start))
            continue
        low[at] = found if best is None else min(best, found)
        likely[at] = found
        high[at] = found if worst is None else max(worst, found)
    if dead:
        raise PlanError(_dead(plan, clock, dead, row_of))
    return dataclasses.replace(base, duration=likely, optimistic=low, pessimistic=high, release=release)


def _work(clock: Days, own: Days, start_d: float, work_d: float) -> float | None:
    return time_of_work(clock, own, start_d, work_d) if work_d else 0.0


def _dead(plan: Plan, clock: Days, dead: list[tuple[int, float]], row_of: RowOf | None) -> Iterator[Fault]:
    for index, start_d in dead:
        task: Task = plan.tasks[index]
        day = clock.start(start_d)
        what = Sentence(
            "{code} can begin on {day}, and calendar {calendar} has too few working days from then on.",
            code=task.code, day=day.isoformat() if day else "–", calendar=task.calendar,
        )  # fmt: skip
        mend = Sentence("Add days of work on sheet calendar_days, or let what it waits for end earlier.")
        row = row_of("tasks", index) if row_of else index + 1
        yield Fault(code="tasks.calendar.dead", sheet="tasks", row=row, column="calendar", what=what, mend=mend)


def _off_the_clock(plan: Plan, tasks: list[int], row_of: RowOf | None) -> Iterator[Fault]:
    for index in tasks:
        task: Task = plan.tasks[index]
        what = Sentence(
            "{code} is needed by {day}, and its calendar {calendar} has its days while that of the preparation rests.",
            code=task.code, day=task.need_by or plan.preparation[0].opens, calendar=task.calendar,
        )  # fmt: skip
        mend = Sentence("Make these days of work in the calendar of the preparation too.")
        row = row_of("tasks", index) if row_of else index + 1
        yield Fault(code="tasks.calendar.clock", sheet="tasks", row=row, column="calendar", what=what, mend=mend)
