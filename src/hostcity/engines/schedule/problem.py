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
class Problem:
    """Tasks by their numbers, ``N`` of them, and ``L`` links. All times are working time, in one unit of the caller's choice.

    Parameters
    ----------
    duration : float64[N]
        0 or more; 0 is a milestone.
    link : int64[L, 3]
        Task that is waited for, task that waits, kind (`FS`, `SS`, `FF`, `SF`).
    lag : float64[L]
        Time between the two; below 0 is a lead. Empty = none anywhere.
    release : float64[N]
        Earliest start, from 0 on. Empty = 0 for all.
    need_by : float64[N]
        Latest end; infinite = none. Empty = none for all.
    """

    duration: NDArray[Any]
    link: NDArray[Any] = field(default_factory=lambda: np.zeros((0, 3), np.int64))
    lag: NDArray[Any] = field(default_factory=lambda: np.zeros(0))
    release: NDArray[Any] = field(default_factory=lambda: np.zeros(0))
    need_by: NDArray[Any] = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        """Fill in what was left out."""
        tasks, links = len(self.duration), len(self.link)
        for name, size, value in (("lag", links, 0.0), ("release", tasks, 0.0), ("need_by", tasks, np.inf)):
            if len(getattr(self, name)) == 0:
                object.__setattr__(self, name, np.full(size, value))

    @property
    def start_lag(self) -> NDArray[Any]:
        """float64[L]: the start of the task that waits is at least so much after that of the other, whatever the link's kind."""
        before, after, kind = self.link.T
        from_finish = np.where((kind == FS) | (kind == FF), self.duration[before], 0.0)
        to_finish = np.where((kind == FF) | (kind == SF), self.duration[after], 0.0)
        lags: NDArray[Any] = self.lag + from_finish - to_finish
        return lags
