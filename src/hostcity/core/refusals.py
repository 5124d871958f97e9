"""How a page answers what its view did not expect: a refusal, a stale version, a database that is busy."""

from __future__ import annotations

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hostcity.core.errors import Refused, Stale

RETRY_AFTER_S = 5
#: What SQLite and PostgreSQL say when a lock or a connection was not to be had in time.
BUSY = ("database is locked", "lock timeout", "couldn't get a connection", "connection failed", "statement timeout")


def answer_of(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The page that says so; None when it is a fault of ours."""
    if isinstance(error, Refused):
        template = "409.html" if isinstance(error, Stale) else "422.html"
        return render(request, template, {"error": error}, status=error.status)
    if isinstance(error, OperationalError) and any(each in str(error) for each in BUSY):
        answer = render(request, "503.html", status=503)
        answer.headers["Retry-After"] = str(RETRY_AFTER_S)
        return answer
    return None
