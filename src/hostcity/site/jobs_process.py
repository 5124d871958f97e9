"""The worker as a process beside the web's: started again when it dies, ended with them."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from typing import Any, Protocol

import structlog

log = structlog.stdlib.get_logger("hostcity.serve")
FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0
LIVED_LONG_S = 60.0  # then it is started again at once
ENDS_WITHIN_S = 30.0  # longer than the worker waits for the jobs that run


class Process(Protocol):
    """What is asked of a child process, as of a `subprocess.Popen`."""

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""

    def terminate(self) -> None:
        """Ask it to end."""

    def kill(self) -> None:
        """End it."""

    def wait(self, timeout: float | None = None) -> Any:
        """Wait until it has ended. Raises `subprocess.TimeoutExpired`."""


class JobsProcess:
    """One worker's process, begun by ``begin``. `tend` is called about every second."""

    def __init__(self, begin: Callable[[], Process]) -> None:
        self.begin = begin
        self.process: Process | None = None
        self.pause_s = FIRST_PAUSE_S
        self._began = self._not_before = 0.0

    def tend(self) -> None:
        """Start the process when there is none."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is None:
            return
        if self.process is not None:
            self._wait_after_death(now)
        if now >= self._not_before:
            self._began = now
            self.process = self.begin()

    def _wait_after_death(self, now: float) -> None:
        self.process = None
        self.pause_s = FIRST_PAUSE_S if now - self._began > LIVED_LONG_S else min(2 * self.pause_s, LONGEST_PAUSE_S)
        self._not_before = now + self.pause_s
        log.warning("the worker ended; it is started again", after_s=self.pause_s)

    def ask_to_end(self) -> None:
        """Let it give back what it works at."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self) -> None:
        """Wait until it has ended; not for ever."""
        if self.process is None:
            return
        try:
            self.process.wait(ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
