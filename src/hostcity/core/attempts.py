"""What a form does when its act is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from hostcity.core.errors import Refused, Several, Stale
from hostcity.core.sayings import said

T = TypeVar("T")


def tried(form: Any, act: Callable[[], T]) -> T | None:
    """What the act gives; where it is refused, the form says why. A stale version has a page of its own."""
    try:
        return act()
    except Stale:
        raise
    except Refused as refused:
        tell(form, refused.refusals if isinstance(refused, Several) else [refused])
        return None


def tell(form: Any, refusals: Iterable[Refused]) -> None:
    """Say beside the fields of a form what is wrong with them."""
    for each in refusals:
        form.add_error(each.field if each.field in form.fields else None, said(each))
