"""What acts on the plan say in a history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hostcity.core.models import Act
from hostcity.core.plan_rows.changes import sheet_of
from hostcity.core.plan_rows.many import COUNTED
from hostcity.core.plan_rows.words import Cell, choice_name, field_name, sheet_name
from hostcity.core.registries import registries
from hostcity.core.sayings import Joined

MOST_FIELDS = 3  # told of one change


def added(act: Act) -> Any:
    """A row came in."""
    return _of_row(act, _("{sheet}: added {key}"))


def removed(act: Act) -> Any:
    """A row went."""
    return _of_row(act, _("{sheet}: removed {key}"))


def changed(act: Act) -> Any:
    """Fields of a row, old to new."""
    sheet, fields = sheet_of(act.subject_kind), act.body["fields"]
    told = [
        format_lazy("{field} {old} → {new}", field=field_name(sheet, name), old=Cell(sheet, name, old), new=Cell(sheet, name, new))
        for name, (old, new) in list(fields.items())[:MOST_FIELDS]
    ]  # fmt: skip
    return _undone(
        act,
        format_lazy(
            _("{sheet} {key}: {fields}{more}"),
            sheet=sheet_name(sheet),
            key=act.subject_key,
            fields=Joined(told),
            more="" if len(fields) <= MOST_FIELDS else " …",
        ),
    )


def ordered(act: Act) -> Any:
    """Rows of a sheet in another order."""
    message = _("{sheet}: order changed")
    return _undone(act, format_lazy(message, sheet=sheet_name(sheet_of(act.subject_kind))))


def rewritten(act: Act) -> Any:
    """Many rows of a sheet in one act, which a capability may have a name for."""
    what = registries.kind_words.get(act.body.get("kind"), sheet_name(sheet_of(act.subject_kind)))
    message = _("{what}: {added} added, {removed} removed, {changed} changed")
    counts = {name: act.body[name] for name in COUNTED}
    return _undone(act, format_lazy(message, what=what, **counts))


def imported(act: Act) -> Any:
    """A whole file."""
    count = act.body["last"] - act.body["first"] + 1
    if "undoes" in act.body:
        said = ngettext_lazy(
            "import no. {number} undone: {count} change", "import no. {number} undone: {count} changes", count
        )
        return format_lazy(said, number=act.body["undoes"], count=count)
    said = ngettext_lazy("{name} imported: {count} change", "{name} imported: {count} changes", count)
    name = act.body["name"] or registries.kind_words.get(act.body.get("kind"), "")  # what comes from no file
    return format_lazy(said, name=name, count=count)


def uploaded(act: Act) -> Any:
    """A file to be tried."""
    return format_lazy(_("uploaded {name} to be tried"), name=act.body["name"])


def _of_row(act: Act, message: Any) -> Any:
    sheet = sheet_of(act.subject_kind)
    key = (
        format_lazy("{key} ({what})", key=act.subject_key, what=Happening(act.body["row"]))
        if sheet == "timeline"
        else act.subject_key
    )
    return _undone(act, format_lazy(message, sheet=sheet_name(sheet), key=key))


def _undone(act: Act, said: Any) -> Any:
    number = act.body.get("undoes")
    return format_lazy(_("{said} (undoes no. {number})"), said=said, number=number) if number else said


class Happening:
    """An event of the timeline in the language of its reader: what happens, to what, from when to when."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.body = body

    def __str__(self) -> str:
        until = self.body.get("ends_at") or ""
        what = f"{choice_name(self.body.get('action', ''))} {self.body.get('target', '')}"
        return str(_("{what}, {times}")).format(what=what, times=f"{self.body.get('starts_at', '')}–{until}")
