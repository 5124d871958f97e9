"""A child process that is a copy of this one: what both have imported is in memory once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from typing import NoReturn

import structlog

log = structlog.stdlib.get_logger("hostcity.serve")
LOOK_EVERY_S = 0.05


class Forked:
    """``act`` in a copy of this process. Asked as a `subprocess.Popen` is.

    Only for a process without threads and connections. It stands as if it were started anew: in a group of its own (so
    that Ctrl-C reaches this process alone), without input, and with no handler of signals.
    """

    def __init__(self, act: Callable[[], None]) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        # No signal for the copy may meet a handler of this process in it, and be lost.
        held = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        try:
            self.pid = os.fork()
            if self.pid == 0:
                _live(act, held)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
        self._code: int | None = None

    def poll(self) -> int | None:
        """Its exit code; None while it runs. 0 where somebody else has asked for it, as gunicorn's arbiter does."""
        if self._code is None:
            try:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:
                self._code = 0
            else:
                self._code = os.waitstatus_to_exitcode(status) if pid else None
        return self._code

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended; its exit code. Raises `subprocess.TimeoutExpired`."""
        until = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if until is not None and time.monotonic() >= until:
                raise subprocess.TimeoutExpired("fork", timeout or 0.0)
            time.sleep(LOOK_EVERY_S)
        return code

    def terminate(self) -> None:
        """Ask it to end."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self._send(signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


def _live(act: Callable[[], None], held: Iterable[int]) -> NoReturn:
    status = 1
    try:
        os.setpgid(0, 0)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number in signal.valid_signals():
            if callable(signal.getsignal(number)):
                signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
        act()
        status = 0
    except BaseException:
        log.exception("a process of the site broke")
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
