"""How a page answers what its view did not expect: a refusal, a stale version, a database that is busy."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hostcity.core.busy import answer_busy, is_busy
from hostcity.core.errors import Refused, Stale


def answer_of(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The page that says so; None when it is a fault of ours."""
    if isinstance(error, Refused):
        template = "409.html" if isinstance(error, Stale) else "422.html"
        return render(request, template, {"error": error}, status=error.status)
    return answer_busy() if is_busy(error) else None
