"""What every page is given."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from hostcity.core.shell import Shell


def page(request: HttpRequest) -> dict[str, Any]:
    """The edition of the page, if it has one, and the frame around it."""
    return {"edition": getattr(request, "edition", None), "shell": Shell(request)}
