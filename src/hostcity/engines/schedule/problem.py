"""The arrays of a network of tasks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hostcity.engines.schedule.check import Fault

FS, SS, FF, SF = range(4)  # finish to start, start to start, finish to finish, start to finish


class ScheduleError(ValueError):
    """Everything that is wrong with a network of tasks, told at once."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(fault.text for fault in faults))
        self.faults = faults

    def __reduce__(self) -> tuple[type[ScheduleError], tuple[tuple[Fault, ...]]]:
        """Whole from process to process: an exception is else made anew from its text alone."""
        return ScheduleError, (self.faults,)


@dataclass(frozen=True, kw_only=True, eq=False)
class Drivers:
    """``M`` risks that several tasks share: each happens or not, and then stretches all its tasks alike.

    Parameters
    ----------
    probability : float64[M]
        From 0 to 1.
    factor : float64[M, 3]
        Of the durations when it happens: optimistic, likely, pessimistic; 0 or more, ascending.
    touches : int64[K, 2]
        Driver, task. A task that several touch is stretched by the product of their factors.
    """

    probability: NDArray[Any] = field(default_factory=lambda: np.zeros(0))
    factor: NDArray[Any] = field(default_factory=lambda: np.ones((0, 3)))
    touches: NDArray[Any] = field(default_factory=lambda: np.zeros((0, 2), np.int64))


@dataclass(frozen=True, kw_only=True, eq=False)
class Problem:
    """Tasks by their numbers, ``N`` of them, and ``L`` links. All times are working time, in one unit of the caller's choice.

    Parameters
    ----------
    duration : float64[N]
        The likely one, 0 or more; 0 is a milestone.
    link : int64[L, 3]
        Task that is waited for, task that waits, kind (`FS`, `SS`, `FF`, `SF`).
    lag : float64[L]
        Time between the two; below 0 is a lead. Empty = none anywhere.
    release : float64[N]
        Earliest start, from 0 on. Empty = 0 for all.
    need_by : float64[N]
        Latest end; infinite = none. Empty = none for all.
    optimistic, pessimistic : float64[N]
        The shortest and the longest duration. Empty = the likely one.
    demand : int64[N, R]
        How many of each team a task takes from its start to its end. Empty = none.
    capacity : int64[R]
        How many of each team there are, from 0 on.
    capacity_change : int64[C, 2]
        Team, and how many of it there are from then on. Of changes of a team at one time the last holds. Empty = they never change.
    capacity_time : float64[C]
        From when, above 0. Only the forecast knows changes: schedules and repairs refuse them.
    drivers
        Risks that tasks share.
    """

    duration: NDArray[Any]
    link: NDArray[Any] = field(default_factory=lambda: np.zeros((0, 3), np.int64))
    lag: NDArray[Any] = field(default_factory=lambda: np.zeros(0))
    release: NDArray[Any] = field(default_factory=lambda: np.zeros(0))
    need_by: NDArray[Any] = field(default_factory=lambda: np.zeros(0))
    optimistic: NDArray[Any] = field(default_factory=lambda: np.zeros(0))
    pessimistic: NDArray[Any] = field(default_factory=lambda: np.zeros(0))
    demand: NDArray[Any] = field(default_factory=lambda: np.zeros((0, 0), np.int64))
    capacity: NDArray[Any] = field(default_factory=lambda: np.zeros(0, np.int64))
    capacity_change: NDArray[Any] = field(default_factory=lambda: np.zeros((0, 2), np.int64))
    capacity_time: NDArray[Any] = field(default_factory=lambda: np.zeros(0))
    drivers: Drivers = field(default_factory=Drivers)

    def __post_init__(self) -> None:
        """Fill in what was left out."""
        tasks, links = len(self.duration), len(self.link)
        for name in ("optimistic", "pessimistic"):
            if len(getattr(self, name)) == 0:
                object.__setattr__(self, name, self.duration)
        if len(self.demand) == 0:
            object.__setattr__(self, "demand", np.zeros((tasks, len(self.capacity)), np.int64))
        for name, size, value in (("lag", links, 0.0), ("release", tasks, 0.0), ("need_by", tasks, np.inf)):
            if len(getattr(self, name)) == 0:
                object.__setattr__(self, name, np.full(size, value))

    def capacity_at(self, team: int, time: float) -> int:
        """How many of a team there are at a time."""
        mine = np.flatnonzero((self.capacity_change[:, 0] == team) & (self.capacity_time <= time))
        last = mine[np.argsort(self.capacity_time[mine], kind="stable")][-1:]
        return int(self.capacity_change[last[0], 1] if last.size else self.capacity[team])

    @property
    def last_capacity(self) -> NDArray[Any]:
        """int64[R]: how many of each team there are after all changes."""
        last: NDArray[Any] = self.capacity.copy()
        for change in np.argsort(self.capacity_time, kind="stable"):
            team, many = self.capacity_change[change]
            last[team] = many
        return last

    @property
    def most_capacity(self) -> NDArray[Any]:
        """int64[R]: how many of each team there are when there are most."""
        most: NDArray[Any] = self.capacity.copy()
        np.maximum.at(most, self.capacity_change[:, 0], self.capacity_change[:, 1])
        return most

    @property
    def least_capacity(self) -> NDArray[Any]:
        """int64[R]: how many of each team there are at all times."""
        least: NDArray[Any] = self.capacity.copy()
        np.minimum.at(least, self.capacity_change[:, 0], self.capacity_change[:, 1])
        return least

    @property
    def start_lag(self) -> NDArray[Any]:
        """float64[L]: the start of the task that waits is at least so much after that of the other, whatever the link's kind."""
        before, after, kind = self.link.T
        from_finish = np.where((kind == FS) | (kind == FF), self.duration[before], 0.0)
        to_finish = np.where((kind == FF) | (kind == SF), self.duration[after], 0.0)
        lags: NDArray[Any] = self.lag + from_finish - to_finish
        return lags
