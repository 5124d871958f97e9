"""A process that forks one child per job, so that a child is there at once and has imported what it needs.

It stands between the worker and the children because it has neither threads nor a database: from such a process alone
forking is safe. What is heavy (the engines) is imported in a nursery of its own, once, and shared by its children. What
has to be compiled is compiled before in a child of it that ends: a compiler's memory does not come back.
"""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import os
import select
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, NoReturn

from django.db import connections
from django.utils.module_loading import import_string

from hostcity.core.jobs.before_fork import settle_memory

logger = logging.getLogger("hostcity.jobs")

Order = Mapping[str, Any]


class Lifeline:
    """A pipe that only the worker can write to: when the worker dies, however, everybody else reads its end."""

    def __init__(self) -> None:
        self.end, self._held = os.pipe()

    def let_go(self) -> None:
        """In a process that is not the worker."""
        os.close(self._held)

    def close(self) -> None:
        """In the worker, when it stops."""
        os.close(self._held)
        os.close(self.end)


class Nursery:
    """The worker's side of a nursery. ``raise_child(order)`` is called in each child.

    ``warm`` is called in the nursery, then ``prepare`` in a child; until both have ended no other child is born.
    """

    _open: ClassVar[set[socket.socket]] = set()  # the worker's ends, which no other process may hold

    def __init__(
        self, lifeline: Lifeline, raise_child: Callable[[Order], None], warm: str = "", prepare: str = ""
    ) -> None:
        self.channel, theirs = socket.socketpair()
        self._said = b""
        connections.close_all()  # a connection must not be shared
        gc.freeze()  # pages that are not touched stay shared
        self.pid = os.fork()
        if self.pid == 0:
            _in_nursery(theirs, {self.channel, *self._open}, lifeline, raise_child, (warm, prepare))
        theirs.close()
        self.channel.setblocking(False)
        self._open.add(self.channel)

    def ask(self, order: Order) -> bool:
        """Ask for a child; False when the nursery is dead. Its process id comes by `answers`."""
        try:
            self.channel.sendall(json.dumps(order).encode() + b"\n")
        except OSError:
            return False
        return True

    def answers(self) -> list[tuple[str, int]] | None:
        """Keys of orders, each with the process id of its child; None when the nursery is dead."""
        try:
            while piece := self.channel.recv(65536):
                self._said += piece
        except BlockingIOError:
            *lines, self._said = self._said.split(b"\n")
            return [(str(key), int(pid)) for key, pid in map(json.loads, lines)]
        except OSError:
            pass
        return None

    def close(self) -> None:
        """End the nursery."""
        self._open.discard(self.channel)
        self.channel.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


def _in_nursery(
    channel: socket.socket,
    others: set[socket.socket],
    lifeline: Lifeline,
    raise_child: Callable[[Order], None],
    first: tuple[str, str],
) -> NoReturn:
    try:
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):  # ended children leave no zombies
            signal.signal(number, signal.SIG_IGN)
        for each in others:
            each.close()
        lifeline.let_go()
        warm, prepare = first
        _do(warm)
        settle_memory()
        if prepare:
            _prepare(prepare, channel, lifeline)
        with channel.makefile("rb") as orders:
            for line in orders:
                order = json.loads(line)
                pid = os.fork()
                if pid == 0:
                    _in_child(channel, raise_child, order)
                with contextlib.suppress(OSError):
                    os.setpgid(pid, pid)
                channel.sendall(json.dumps([order["key"], pid]).encode() + b"\n")
    except BaseException:
        logger.exception("a nursery of the worker broke")
    finally:
        os._exit(0)


def _do(path: str) -> None:
    if path:
        try:
            import_string(path)()
        except Exception:
            logger.exception("%s could not be done; the first job will do it itself", path)


def _prepare(path: str, channel: socket.socket, lifeline: Lifeline) -> None:
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        try:
            ours.close()
            channel.close()  # the nursery's death must be noticed
            threading.Thread(target=_end_with, args=(theirs, lifeline.end), daemon=True).start()
            _do(path)
        finally:
            os._exit(0)
    theirs.close()
    with ours:
        ours.recv(1)  # nothing is said: it has ended


def _end_with(*others: Any) -> None:
    """Wait for the nursery's death, or the worker's, and die too: a compiler takes a processor for itself."""
    select.select(others, [], [])
    os._exit(1)


def _in_child(channel: socket.socket, raise_child: Callable[[Order], None], order: Order) -> NoReturn:
    status = 1
    try:
        os.setpgid(0, 0)  # so that all it starts can be ended with it
        os.close(channel.detach())  # only so, for a file of it is open: the nursery's death must be noticed
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        raise_child(order)
        status = 0
    except BaseException:
        logger.exception("a job broke: %s", order.get("key"))
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
