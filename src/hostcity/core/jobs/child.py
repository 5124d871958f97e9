"""What happens in a child process of the worker."""

from __future__ import annotations

import contextlib
import os
import resource
import threading
from pathlib import Path
from typing import Any

from django.db import connections
from django.utils.module_loading import import_string

from hostcity.core.jobs.leases import Lease
from hostcity.core.jobs.nursery import Lifeline, Order
from hostcity.core.jobs.running import run_leased

SLACK_MIB = 1024  # of addresses: libraries map more than they use


class RaiseChild:
    """Called in a child with its order: a job under its lease, or a task of the worker's own."""

    def __init__(self, lifeline: Lifeline) -> None:
        self._lifeline = lifeline

    def __call__(self, order: Order) -> None:
        """Do it and let go of the database."""
        threading.Thread(target=_end_with, args=(self._lifeline.end,), daemon=True).start()
        try:
            if "task" in order:
                import_string(order["task"])()
            else:
                _run_job(order)
        finally:
            connections.close_all()


def _end_with(end: int) -> None:
    """Wait for the worker's death, and die too: whoever takes the job next must find the machine free."""
    os.read(end, 1)
    os._exit(1)


def _run_job(order: Order) -> None:
    lease = Lease(order["job"], order["by"], order["attempt"])
    job = lease.rows.select_related("edition__expo", "by").first()
    if job is not None:
        limit_addresses(order["most_mib"])
        run_leased(job)


def limit_addresses(most_mib: int) -> None:
    """A wall behind the worker's watch, for what asks for very much at one stroke: a MemoryError then."""
    with contextlib.suppress(OSError, ValueError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most: Any = pages * resource.getpagesize() + (most_mib + SLACK_MIB) * 1024**2
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
