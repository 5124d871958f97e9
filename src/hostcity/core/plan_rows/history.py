"""Acts on the plan as a page tells them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hostcity.core.ledger_queries import names_of, path_of, words_of
from hostcity.core.models import Act, Edition
from hostcity.core.plan_rows.changes import ADD, CHANGE, IMPORT, ORDER, REMOVE, ROWS, VERBS, sheet_of
from hostcity.core.plan_rows.words import Cell, field_name, sheet_name
from hostcity.plan import SHEETS


@dataclass(frozen=True, slots=True)
class Told:
    """An act with its words, who did it, and each field from what to what."""

    act: Act
    said: Any
    by: str
    path: str
    fields: tuple[tuple[Any, Any, Any], ...]
    undo_path: str  # "" = there is no opposite; whether it can be made now only the act of undoing says

    @property
    def number(self) -> str:
        """What people call it."""
        return _("no. {number}").format(number=self.act.number)


def told_acts(edition: Edition, acts: Sequence[Act]) -> list[Told]:
    """Acts with their words; one query for the names of who did them."""
    names = names_of(act.by_code for act in acts)
    below = reverse("plan", args=[edition.code]) + "undo"
    return [
        Told(
            act,
            words_of(act),
            names.get(act.by_code, act.by_code),
            path_of(edition, act.subject_kind, act.subject_key),
            fields_of(act),
            f"{below}/{act.number}/" if act.verb in VERBS else "",
        )
        for act in acts
    ]


def fields_of(act: Act) -> tuple[tuple[Any, Any, Any], ...]:
    """Field, old, new of each field that a change changed."""
    return changed_cells(sheet_of(act.subject_kind), act.body.get("fields", {})) if act.verb == CHANGE else ()


def changed_cells(sheet: str, fields: dict[str, list[Any]]) -> tuple[tuple[Any, Any, Any], ...]:
    """Field, old, new in the language of the reader."""
    return tuple(
        (field_name(sheet, name), Cell(sheet, name, old), Cell(sheet, name, new)) for name, (old, new) in fields.items()
    )


def cells_of(sheet: str, body: dict[str, Any]) -> tuple[tuple[Any, Any], ...]:
    """Field and value of every cell of a row in which something stands, in the language of the reader."""
    return tuple(
        (field_name(sheet, name), Cell(sheet, name, value))
        for name, value in body.items()
        if value not in (None, "", [])
    )


#: What a line of a trial or of the history is, for its mark on pages.
MARKS = {ADD: "added", CHANGE: "changed", REMOVE: "removed", ORDER: "ordered", IMPORT: "imported", ROWS: "changed"}


def sheets_in_order(counts: dict[str, dict[str, int]]) -> list[tuple[Any, int, int, int, int]]:
    """Name of a sheet and how many of its rows are added, changed, removed, and whether its order changes."""
    return [
        (sheet_name(sheet), *(counts[sheet].get(verb, 0) for verb in (ADD, CHANGE, REMOVE, ORDER)))
        for sheet in SHEETS
        if sheet in counts
    ]
