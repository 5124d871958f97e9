"""Requests to the site's own WSGI application, measured without a server or a network."""

from __future__ import annotations

import gc
import io
import statistics
import time
from dataclasses import dataclass
from functools import cache
from typing import Any

GROUP = 20  # requests of one measurement: the clock of a process is coarse


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one request."""

    median_ms: float  # processor time of this process
    p95_ms: float
    wall_ms: float  # median
    queries: int


@cache
def _application() -> Any:
    from hostcity.site.wsgi import application

    return application


def web_address(path: str, cookie: str = "") -> dict[str, Any]:
    """A GET as a WSGI server hands it over."""
    path, _, query = path.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_ACCEPT": "*/*",
        "HTTP_COOKIE": cookie,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.errors": io.StringIO(),
    }


def cost_of(address: dict[str, Any], count: int, *, status: int) -> Cost:
    """Ask ``count`` times, in groups; the median group and the 95th percentile of groups."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        _ask(address, status)
        queries = len(seen)
    for _ in range(GROUP):
        _ask(address, status)
    gc.collect()
    gc.freeze()  # as the server does before it answers (`hostcity.site.serving`)
    processor, wall = [], []
    for _ in range(count // GROUP):
        start, start_wall = time.process_time(), time.perf_counter()
        for _ in range(GROUP):
            _ask(address, status)
        processor.append((time.process_time() - start) * 1000 / GROUP)
        wall.append((time.perf_counter() - start_wall) * 1000 / GROUP)
    p95 = statistics.quantiles(processor, n=20)[-1]
    return Cost(statistics.median(processor), p95, statistics.median(wall), queries)


def _ask(address: dict[str, Any], status: int) -> None:
    said = []
    answer = _application()({**address, "wsgi.input": io.BytesIO()}, lambda line, _headers: said.append(line))
    for _ in answer:
        pass
    answer.close()
    if int(said[0].split()[0]) != status:
        raise RuntimeError(f"{address['PATH_INFO']} answered {said[0]}")


def cookie_of(person: Any) -> str:
    """The cookie of somebody who signed in."""
    from django.conf import settings
    from tests import people

    client = people.signed_in(person)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
