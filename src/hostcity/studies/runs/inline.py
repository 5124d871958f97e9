"""Runs in this very process, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hostcity.studies.runs.work import RunResult, Work, play_run


class InlinePool:
    """No process but this one: for few runs, and where a process may not begin others."""

    def play(self, work: Work, runs: Iterable[int]) -> Iterator[RunResult]:
        """See `Pool.play`."""
        return (play_run(work, run) for run in runs)

    def close(self) -> None:
        """Nothing was begun."""
