"""What a form does when its act is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from hostcity.core.errors import Refused, Stale
from hostcity.core.sayings import said

T = TypeVar("T")


def tried(form: Any, act: Callable[[], T]) -> T | None:
    """What the act gives; where it is refused, the form says why. A stale version has a page of its own."""
    try:
        return act()
    except Stale:
        raise
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, said(refused))
        return None
