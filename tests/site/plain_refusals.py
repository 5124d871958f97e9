"""The site's addresses, with refusals in a word: for a test that is refused thousands of times and reads the status alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseForbidden, HttpResponseNotFound

from hostcity.site.urls import handler500, urlpatterns

__all__ = ["handler403", "handler404", "handler500", "urlpatterns"]


def handler403(_request: HttpRequest, **_exception: Any) -> HttpResponseForbidden:
    """Not allowed."""
    return HttpResponseForbidden("refused")


def handler404(_request: HttpRequest, **_exception: Any) -> HttpResponseNotFound:
    """Not there."""
    return HttpResponseNotFound("not there")
