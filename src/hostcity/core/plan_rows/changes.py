"""What makes one state of a sheet of another: lines for the ledger, and how to take one back.

The lines of a sheet come in an order that can be gone backward: rows removed, the rest put in order, rows added, rows
changed. Each says where it happened, so that taking all of them back in reverse gives the former state again.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core.ledger import Line
from hostcity.core.plan_rows.bodies import Body, Rows
from hostcity.core.sayings import Joined

ADD, CHANGE, REMOVE, ORDER, IMPORT = "plan.add", "plan.change", "plan.remove", "plan.order", "plan.import"
ROWS = "plan.rows"  # many rows of a sheet that a capability keeps, in one line: see `many`
VERBS = (ADD, CHANGE, REMOVE, ORDER, IMPORT, ROWS)
KIND = "plan."  # and the sheet: the kind of a subject


def kind_of(sheet: str) -> str:
    """What acts on rows of a sheet call their subject."""
    return KIND + sheet


def sheet_of(kind: str) -> str:
    """The sheet of an act's subject."""
    return kind.removeprefix(KIND)


def changed_fields(was: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Field -> [old, new] of each that differs."""
    return {name: [was.get(name), now[name]] for name in now if was.get(name) != now[name]}


def lines_between(sheet: str, was: Rows, now: Rows) -> list[Line]:
    """Everything that differs, one line for each row and one for the order."""
    return [
        *_removed(sheet, was, now),
        *_ordered(sheet, was, now),
        *_added(sheet, was, now),
        *_changed(sheet, was, now),
    ]


def line(verb: str, sheet: str, key: str, body: Mapping[str, Any]) -> Line:
    """A line on a row."""
    return Line(verb=verb, subject_kind=kind_of(sheet), subject_key=key, body=body)


def _removed(sheet: str, was: Rows, now: Rows) -> Iterator[Line]:
    after = ""
    for key, body in was.items():
        if key in now:
            after = key
        else:
            yield line(REMOVE, sheet, key, {"row": body, "after": after})


def _added(sheet: str, was: Rows, now: Rows) -> Iterator[Line]:
    after = ""
    for key, body in now.items():
        if key not in was:
            yield line(ADD, sheet, key, {"row": body, "after": after})
        after = key


def _ordered(sheet: str, was: Rows, now: Rows) -> Iterator[Line]:
    before, after = [key for key in was if key in now], [key for key in now if key in was]
    if before != after:
        same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=True)))
        before, after = before[same:], after[same:]
        while before[-1] == after[-1]:
            before.pop(), after.pop()
        yield line(ORDER, sheet, "", {"was": before, "is": after})


def _changed(sheet: str, was: Rows, now: Rows) -> Iterator[Line]:
    for key, body in now.items():
        if key in was and (differs := changed_fields(was[key], body)):
            yield line(CHANGE, sheet, key, {"fields": differs})


class CannotUndo(Exception):  # noqa: N818 -- an answer
    """Why an act cannot be taken back any more."""

    def __init__(self, reason: Any) -> None:
        self.reason = reason
        super().__init__(reason)


def take_back(verb: str, key: str, body: Mapping[str, Any], rows: Rows) -> Rows:
    """The rows of a sheet without what an act did; ``rows`` is used up. Raises `CannotUndo` when they changed since."""
    return {ADD: _without, REMOVE: _with, CHANGE: _as_before, ORDER: _in_former_order}[verb](key, body, rows)


def _without(key: str, body: Mapping[str, Any], rows: Rows) -> Rows:
    _check_unchanged(key, body["row"], rows)
    del rows[key]
    return rows


def _with(key: str, body: Mapping[str, Any], rows: Rows) -> Rows:
    if key in rows:
        raise CannotUndo(format_lazy(_("There is a row {key} again."), key=key))
    return placed(rows, key, dict(body["row"]), body["after"])


def _as_before(key: str, body: Mapping[str, Any], rows: Rows) -> Rows:
    _check_unchanged(key, {name: new for name, (_old, new) in body["fields"].items()}, rows)
    rows[key] = rows[key] | {name: old for name, (old, _new) in body["fields"].items()}
    return rows


def _in_former_order(_key: str, body: Mapping[str, Any], rows: Rows) -> Rows:
    moved = set(body["is"])
    if [key for key in rows if key in moved] != body["is"]:
        raise CannotUndo(_("The order has been changed since."))
    former = iter(body["was"])
    return {key: rows[key] for key in [next(former) if each in moved else each for each in rows]}


def _check_unchanged(key: str, said: Mapping[str, Any], rows: Rows) -> None:
    if key not in rows:
        raise CannotUndo(format_lazy(_("Row {key} has been removed since."), key=key))
    since = [name for name, value in said.items() if rows[key].get(name) != value]
    if since:
        reason = _("Row {key} has been changed since: {fields}.")
        raise CannotUndo(format_lazy(reason, key=key, fields=Joined(since)))


def placed(rows: Rows, key: str, body: Body, after: str | None) -> Rows:
    """The rows with one more: behind ``after``; "" = first, one that is not there (any more) = last."""
    order = list(rows)
    place = 0 if after == "" else order.index(after) + 1 if after in rows else len(order)
    order.insert(place, key)
    return {each: body if each == key else rows[each] for each in order}
