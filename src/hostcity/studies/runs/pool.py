"""Who plays runs: what every pool of processes promises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from hostcity.plan.sentences import Sentence
from hostcity.studies.runs.work import RunResult, Work

MOST_ATTEMPTS = 3  # of a run whose process is lost


class PoolError(OSError):
    """Runs cannot be played where they were sent: says where, what, and how to mend it. With a code."""

    def __init__(self, code: str, said: Sentence) -> None:
        super().__init__(said)
        self.code = code


#: A work, and the number of the run.
Task = tuple[Work, int]


class Pool(Protocol):
    """Processes that play runs.

    Whatever happens to a process, every run is given back exactly once, and its result does not depend on where it was
    played.
    """

    def play(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, RunResult]]:
        """Results as they come, in any order. Tasks are taken only as fast as they can be played; no two are equal.

        Raises PoolError when a run is lost `MOST_ATTEMPTS` times, or nobody is left to play.
        """

    def close(self) -> None:
        """End the processes that the pool began; what they were playing is forgotten."""
