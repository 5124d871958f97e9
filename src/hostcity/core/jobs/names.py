"""The name of a worker says where its process is, so that a neighbor knows at once when it has died."""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path


def place() -> str:
    """This machine, and the process numbers that are seen from here: containers may share the name of a host."""
    numbers = Path("/proc/self/ns/pid")
    return f"{socket.gethostname()[:40]}:{numbers.stat().st_ino if numbers.exists() else 0}"


def new_name() -> str:
    """A name for the worker that is this process."""
    return f"{place()}:{os.getpid()}:{secrets.token_hex(4)}"


def is_dead(name: str) -> bool:
    """Whether a worker was here and its process is no more; False whenever that cannot be known."""
    where, _, rest = name.rpartition(":")[0].rpartition(":")
    if where != place() or not rest.isdecimal():
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        pass
    return False
