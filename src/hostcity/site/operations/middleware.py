"""Around every request: a number for it, one line in the log, headers that every answer has."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

log = structlog.stdlib.get_logger("hostcity.requests")
NUMBER = re.compile(r"[A-Za-z0-9-]{8,64}")
#: Nothing here uses any of these.
NOT_USED = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class RequestLog:
    """Logs each request by its route, never by its address: addresses may hold names and secrets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began, number = time.perf_counter(), number_of(request)
        request.number = number  # type: ignore[attr-defined]
        with structlog.contextvars.bound_contextvars(request=number):
            answer = self.get_response(request)
            log.info(
                "request",
                method=request.method if request.method in _METHODS else "other",
                route=route_of(request),
                status=answer.status_code,
                ms=round((time.perf_counter() - began) * 1000, 1),
            )
        answer["X-Request-ID"] = number
        return answer


_METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))


def number_of(request: HttpRequest) -> str:
    """The number that a proxy of ours gave it, or a new one."""
    given = request.headers.get("X-Request-ID", "") if settings.ENVIRONMENT.trusted_proxies else ""
    return given if NUMBER.fullmatch(given) else uuid.uuid4().hex


def route_of(request: HttpRequest) -> str:
    """The pattern that the address matched."""
    match = getattr(request, "resolver_match", None)
    return str(match.route) if match else "none"


class SafeAnswers:
    """What a signed-in person sees stays out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        session = getattr(request, "session", None)
        if not answer.has_header("Cache-Control") and (answer.cookies or (session is not None and session.accessed)):
            answer["Cache-Control"] = "private, no-store"
            patch_vary_headers(answer, ["Cookie"])
        answer.setdefault("Permissions-Policy", NOT_USED)
        answer.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return answer
