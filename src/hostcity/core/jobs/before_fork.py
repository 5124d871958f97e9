"""What a process does before it is forked, so that its children share most of its memory."""

from __future__ import annotations

import contextlib
import ctypes
import gc


def settle_memory() -> None:
    """Give back what is free, also what compiling sources left between the pieces in use; keep the collector off the rest."""
    gc.collect()
    with contextlib.suppress(AttributeError, OSError):  # glibc alone has it
        ctypes.CDLL(None).malloc_trim(0)
    gc.freeze()
