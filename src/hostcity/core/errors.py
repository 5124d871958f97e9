"""What can go wrong in a service, in words for people and with a code for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from hostcity.core.sayings import whole


class Refused(Exception):  # noqa: N818 -- an answer rather than a fault
    """An act cannot be done: what is wrong, how to mend it. Nothing was written."""

    status = 422

    def __init__(self, code: str, what: Any, mend: Any, *, field: str = "") -> None:
        self.code, self.what, self.mend, self.field = code, what, mend, field
        super().__init__(f"{whole(what, mend)} [{code}]")


class Several(Refused):
    """More than one thing is wrong with what was given: all of them, each with its field."""

    def __init__(self, refusals: Sequence[Refused]) -> None:
        super().__init__("request.several", _("Several things are wrong."), _("Mend what is listed."))
        self.refusals = tuple(refusals)


def refuse(refusals: Sequence[Refused]) -> None:
    """Raise what is wrong, if anything is: all of it at once."""
    if len(refusals) > 1:
        raise Several(refusals)
    if refusals:
        raise refusals[0]


@dataclass(frozen=True, slots=True)
class Located:
    """One thing that is wrong in a list: row and column as its author sees them."""

    code: str
    row: int
    column: str
    what: Any
    mend: Any


class RowsMovedOn(Refused):
    """An act on rows that were changed since: which ones, as sheet and key."""

    def __init__(self, code: str, what: Any, mend: Any, *, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__(code, what, mend)
        self.rows = tuple(rows)


class ListRefused(Refused):
    """A list with problems: all of them, each at its place."""

    def __init__(self, code: str, what: Any, mend: Any, *, problems: Sequence[Located], field: str = "") -> None:
        super().__init__(code, what, mend, field=field)
        self.problems = tuple(problems)


class NamedField(str):
    """A field's name for programs, with what people call it."""

    __slots__ = ("label",)

    def __new__(cls, name: str, label: Any) -> NamedField:
        field = super().__new__(cls, name)
        field.label = label
        return field


class Stale(Refused):
    """Somebody changed the object since it was read. ``diff`` holds (field, now stored, given) of each difference."""

    status = 409

    def __init__(self, code: str, what: Any, mend: Any, *, diff: Sequence[tuple[str, Any, Any]], version: int) -> None:
        super().__init__(code, what, mend)
        self.diff, self.version = tuple(diff), version


class NotAllowed(PermissionDenied):
    """The policy matrix says no."""

    code = "policy.denied"

    def __init__(self, action: str) -> None:
        self.action = action
        super().__init__(action)
