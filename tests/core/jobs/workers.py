"""Real workers in processes of their own, on the database of the test."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).parents[3]
PROGRAM = """
import logging, sys
import django
django.setup()
from datetime import timedelta
from tests.core.jobs import kinds
from hostcity.core.jobs import leases, worker
kinds.register()
leases.LEASE = timedelta(seconds=float(sys.argv[1]))
worker.HEARTBEAT_S = leases.LEASE.total_seconds() / 3
worker.LOST_EVERY_S = leases.LEASE.total_seconds() / 6
worker.work(slots=int(sys.argv[2]), is_warm=False)
"""


@contextlib.contextmanager
def working(*, slots: int = 1, lease_s: float = 3.0) -> Iterator[subprocess.Popen[str]]:
    """A worker, until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(lease_s), str(slots)],
        cwd=ROOT, env=surroundings(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.send_signal(signal.SIGCONT)  # one that a test left frozen would not end
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=180)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise


def surroundings() -> dict[str, str]:
    """The environment of a process that works on the database of this test."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    return kept | {"DATABASE_URL": database_url(), "PYTHONPATH": path, "PYTHONWARNINGS": "error"}


def database_url() -> str:
    """The test's database as the setting names it."""
    said = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{said['NAME']}".replace("////", "///")
    user, password = quote(said["USER"]), quote(said["PASSWORD"])
    return f"postgresql://{user}{':' if password else ''}{password}@{said['HOST']}:{said['PORT']}/{said['NAME']}"


def eventually(look: Callable[[], Any], *, within_s: float = 120.0) -> Any:
    """What ``look`` gives as soon as it gives something."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")
