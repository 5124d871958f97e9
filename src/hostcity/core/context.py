"""What every page is given."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """The edition of the page, if it has one."""
    return {"edition": getattr(request, "edition", None)}
