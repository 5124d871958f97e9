"""Work on the workers of a cluster: sent to each once, those that join later too, and named by its hash in every task."""

from __future__ import annotations

import hashlib
from typing import Any

from distributed import WorkerPlugin

from hostcity.studies.runs.work import RunResult, Work, play_run

_here: dict[str, Work] = {}


def name_of(work: Work) -> str:
    """What the work is called on the cluster."""
    return "hostcity-" + hashlib.sha256(f"{work.seed}\n{work.plan_json}".encode()).hexdigest()


class Carried(WorkerPlugin):
    """Keeps a work on every worker while it is registered."""

    def __init__(self, work: Work) -> None:
        self.name, self.work = name_of(work), work

    def setup(self, worker: Any) -> None:
        """Called on a worker when it gets the plugin."""
        _here[self.name] = self.work

    def teardown(self, worker: Any) -> None:
        """Called when the plugin is taken off, or the worker ends."""
        _here.pop(self.name, None)


def play_carried(name: str, run: int) -> RunResult:
    """Play a run of a work that this worker carries."""
    return play_run(_here[name], run)
