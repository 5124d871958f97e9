"""The site as one tree of processes: those that answer requests, and one worker beside them."""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gunicorn import sock
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from hostcity.core.jobs.before_fork import settle_memory
from hostcity.plan.sentences import Sentence
from hostcity.site.forked import Forked
from hostcity.site.jobs_process import JobsProcess, Process
from hostcity.site.parent import end_with_parent
from hostcity.site.site_errors import SiteError

FIRST_PORT, PORTS = 8000, 100
BACKLOG = 2048
WORKER = (sys.executable, "-m", "hostcity.site", "worker", "--parent")
MAY_COPY = sys.platform != "darwin"  # where libraries of the system do not live on in a copy of a process


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listening(host: str, port: int | None) -> socket.socket:
    """A socket that listens at the port, or without one at the first free port from 8000. Raises `SiteError`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for each in [port] if port is not None else range(FIRST_PORT, FIRST_PORT + PORTS):
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, each))
            listener.listen(BACKLOG)
        except (OSError, OverflowError) as error:
            listener.close()
            if port is not None or isinstance(error, socket.gaierror):
                what = Sentence("Cannot listen at {host}:{port}: {said}.", host=host, port=each, said=str(error))
                raise SiteError("serve.port", what, Sentence("Choose another --port or --host.")) from None
        else:
            return listener
    what = Sentence("No free port from {first} to {last}.", first=FIRST_PORT, last=FIRST_PORT + PORTS - 1)
    raise SiteError("serve.port", what, Sentence("Choose another --port or --host."))


def serve(listener: socket.socket, *, workers: int, threads: int, when_ready: Callable[[], None]) -> None:
    """Answer requests until a signal ends it; the process ends with it."""
    _let_go_of_the_database()
    memory = Path("/dev/shm")  # noqa: S108 -- gunicorn's heartbeat: on a disk it may stand still
    settings = {
        "bind": f"fd://{listener.detach()}",
        "worker_class": "gthread",
        "workers": workers,
        "threads": threads,
        "preload_app": True,  # what processes share is in memory once
        "timeout": 60,
        "graceful_timeout": 20,
        "keepalive": 5,
        "logger_class": Log,
        "loglevel": "warning",
        "control_socket_disable": True,
        "worker_tmp_dir": str(memory) if memory.is_dir() else None,
        "when_ready": lambda tree: (settle_memory(), when_ready()),
    }
    Web(settings).run()


def _let_go_of_the_database() -> None:
    """A connection must not be shared with child processes."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


class Log(Logger):
    """Leaves lines to the site's own log."""

    def setup(self, cfg: Any) -> None:
        """No handlers of gunicorn's own."""
        self.cfg = cfg
        self.loglevel = logging.WARNING
        self.error_log.setLevel(self.loglevel)
        self.error_log.propagate = True


class Web(BaseApplication):
    """The site for gunicorn, with a worker beside it."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        """Take the settings over."""
        for name, value in self.settings.items():
            if value is not None:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The WSGI application."""
        from hostcity.site.wsgi import application

        return application

    def run(self) -> None:
        """Run the tree."""
        Tree(self).run()


class Tree(Arbiter):
    """Looks after the worker as gunicorn does after its processes."""

    def __init__(self, app: BaseApplication) -> None:
        self.jobs = JobsProcess(self._begin_worker)
        super().__init__(app)

    def manage_workers(self) -> None:
        """Called about every second."""
        super().manage_workers()
        self.jobs.tend()

    def stop(self, graceful: bool = True) -> None:
        """End everything, the worker too."""
        self.jobs.ask_to_end()
        super().stop(graceful)
        self.jobs.end()

    def _begin_worker(self) -> Process:
        """A copy of this process where that is safe: Django is in memory once then."""
        if MAY_COPY:
            from hostcity.core.jobs.worker import work  # here, so that the copy writes to less memory of its own

            return Forked(lambda: self._work(work))
        # A group of its own: Ctrl-C reaches us, and we end it.
        return subprocess.Popen((*WORKER, str(self.pid)), stdin=subprocess.DEVNULL, process_group=0)  # noqa: S603 -- our own program

    def _work(self, work: Callable[[], None]) -> None:
        """What the copy does. It holds nothing of the web's, or the port would stay taken while it ends."""
        sock.close_sockets(self.LISTENERS, unlink=False)
        for each in self.WORKERS.values():
            each.tmp.close()
        with contextlib.suppress(OSError):  # its name, for `ps` and `top`
            Path("/proc/self/comm").write_text("hostcity worker")
        end_with_parent(self.pid)
        work()
