"""Runs in this very process, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hostcity.studies.runs.pool import Task
from hostcity.studies.runs.work import RunResult, play_run


class InlinePool:
    """No process but this one: for few runs, and where a process may not begin others."""

    def play(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, RunResult]]:
        """See `Pool.play`."""
        return (((work, run), play_run(work, run)) for work, run in tasks)

    def close(self) -> None:
        """Nothing was begun."""
