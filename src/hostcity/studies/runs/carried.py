"""Plans on the workers of a cluster: sent to each once, those that join later too, and named by a hash in every task."""

from __future__ import annotations

import hashlib
from typing import Any

from distributed import WorkerPlugin

from hostcity.studies.counted import Asked
from hostcity.studies.runs.work import RunResult, Work, play_run

_here: dict[str, str] = {}


def name_of(plan_json: str) -> str:
    """What the plan is called on the cluster."""
    return "hostcity-" + hashlib.sha256(plan_json.encode()).hexdigest()


class Carried(WorkerPlugin):
    """Keeps a plan on every worker while it is registered."""

    def __init__(self, plan_json: str) -> None:
        self.name, self.plan_json = name_of(plan_json), plan_json

    def setup(self, worker: Any) -> None:
        """Called on a worker when it gets the plugin."""
        _here[self.name] = self.plan_json

    def teardown(self, worker: Any) -> None:
        """Called when the plugin is taken off, or the worker ends."""
        _here.pop(self.name, None)


def play_carried(name: str, seed: int, changes: tuple[str, ...], asked: tuple[Asked, ...], run: int) -> RunResult:
    """Play a run of a plan that this worker carries."""
    return play_run(Work(plan_json=_here[name], seed=seed, changes=changes, asked=asked), run)
