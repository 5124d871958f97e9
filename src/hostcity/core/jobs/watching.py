"""Looks after one child process from outside: is it alive, how much memory has it, end it."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from hostcity.core.jobs.leases import Lease
from hostcity.core.jobs.nursery import Nursery
from hostcity.core.registries import JobKind

TASK_MIB = 512
TASK_S = 120
SOON_S = 1.0  # a child is born in milliseconds, once its nursery is warm


@dataclass(eq=False)
class Child:
    """A child process at work. Its process id is known when the nursery has answered."""

    key: str
    nursery: Nursery
    lease: Lease | None = None  # None: a task of the worker's own
    kind: JobKind | None = None
    pid: int | None = None
    peak_mib: float = 0.0
    ends_by: float | None = None  # asked to end; killed after this instant
    is_late: bool = False  # not born yet, and its job says so
    since: float = field(default_factory=time.monotonic)

    @property
    def is_gone(self) -> bool:
        """Whether the process has ended."""
        if self.pid is None:
            return False
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return True
        return False

    @property
    def is_awaited(self) -> bool:
        """Whether its nursery has not forked it yet: it imports, or compiles, what its children need."""
        return self.pid is None and time.monotonic() - self.since > SOON_S

    @property
    def most_mib(self) -> int:
        """Memory that it may take."""
        return self.kind.most_mib if self.kind else TASK_MIB

    @property
    def most_seconds(self) -> int:
        """Time that it may take."""
        return self.kind.most_seconds if self.kind else TASK_S

    @property
    def is_out_of_time(self) -> bool:
        """Whether it has worked longer than it may."""
        return time.monotonic() - self.since > self.most_seconds

    def has_too_much(self) -> bool:
        """Whether it has more memory than its kind may take."""
        if self.pid is None:
            return False
        self.peak_mib = max(self.peak_mib, resident_mib(self.pid))
        return self.peak_mib > self.most_mib

    def kill(self) -> None:
        """End it, and all that it started."""
        if self.pid is not None:
            for end in (os.killpg, os.kill):  # it may not lead its group yet
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    end(self.pid, signal.SIGKILL)


def resident_mib(pid: int) -> float:
    """Memory of a process; 0 when it has ended."""
    try:
        if sys.platform == "linux":
            pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
            return pages * resource.getpagesize() / 1024**2
        asked = ["ps", "-o", "rss=", "-p", str(pid)]
        told = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603 -- a number of ours
        return int(told.stdout or 0) / 1024
    except (OSError, ValueError, IndexError):
        return 0.0
