"""A process that ends with the one that started it, even when that was killed."""

from __future__ import annotations

import os
import signal
from typing import Any

LOOK_EVERY_S = 1.0


def end_with_parent(parent: int) -> None:
    """Look every second whether the parent is still there, and end as by SIGTERM when it is gone.

    By a timer, not a thread: the worker forks. Children inherit no timer.
    """

    def look(_number: int, _frame: Any) -> None:
        if os.getppid() != parent:
            signal.setitimer(signal.ITIMER_REAL, 0)
            os.kill(os.getpid(), signal.SIGTERM)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, 0.01, LOOK_EVERY_S)
