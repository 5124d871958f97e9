"""Taking an act on the plan back. That is an act itself, and can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.errors import Refused, RowsMovedOn
from hostcity.core.ledger import Line, record
from hostcity.core.models import Act, Edition, Person
from hostcity.core.plan_rows.bodies import Rows, body_of, read_row
from hostcity.core.plan_rows.changes import ADD, IMPORT, ORDER, ROWS, VERBS, CannotUndo, sheet_of, take_back
from hostcity.core.plan_rows.queries import own_sheets, rows_of_sheet
from hostcity.core.plan_rows.services import refuse_if_named
from hostcity.core.plan_rows.writing import lock_plan, write_sheets
from hostcity.core.registries import registries
from hostcity.core.sayings import whole

MOST_REASONS = 8


def undo_act(*, edition: Edition, act: Act, by: Person) -> list[Act]:
    """Make the opposite of an act on the plan; of an import, that of every line it wrote.

    Raises ``RowsMovedOn`` with the reasons when what it did has been changed since.
    """
    policy.require(by, policy.CHANGE_PLAN, edition, act)
    if act.verb not in VERBS:
        raise Refused("plan.no_undo", _("This is no act on the plan."), _("Choose one of the plan's history."))
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        acts = _acts_of(act)
        sheets = _states(edition, acts)
        was = {sheet: dict(rows) for sheet, rows in sheets.items()}
        lines = _take_back(edition, acts, sheets)
        if act.verb == ADD:
            refuse_if_named(edition, sheet_of(act.subject_kind), act.body["row"]["code"])
        states = {sheet: (was[sheet], rows) for sheet, rows in sheets.items()}
        written = write_sheets(edition, states, by=by, more={"undoes": act.number}, lines=lines)
        if act.verb == IMPORT and written:
            written.append(record_import(edition, written, key=act.subject_key, by=by, more={"undoes": act.number}))
        return written


def record_import(
    edition: Edition, written: Sequence[Act], *, key: str, by: Person | None, more: dict[str, Any]
) -> Act:
    """The line of a whole import, behind those of its rows."""
    body = {"first": written[0].number, "last": written[-1].number} | more
    return record(IMPORT, edition=edition, by=by, subject=(IMPORT, key), body=body)


def _acts_of(act: Act) -> list[Act]:
    """The lines to be taken back, the latest first."""
    if act.verb != IMPORT:
        return [act]
    within = Act.objects.filter(number__range=(act.body["first"], act.body["last"]), verb__in=VERBS)
    return list(within.exclude(verb=IMPORT).order_by("-number"))


def _states(edition: Edition, acts: Sequence[Act]) -> dict[str, Rows]:
    wanted = {sheet_of(act.subject_kind) for act in acts}
    return {sheet: rows_of_sheet(edition, sheet) for sheet in own_sheets() if sheet in wanted}


def _take_back(edition: Edition, acts: Sequence[Act], sheets: dict[str, Rows]) -> list[Line]:
    """Take lines back in place; gives those of sheets that capabilities keep. Raises ``RowsMovedOn`` with the first reasons why not."""
    lines: list[Line] = []
    reasons: list[Any] = []
    moved_on: list[tuple[str, str]] = []
    for act in acts:
        sheet, key = sheet_of(act.subject_kind), act.subject_key
        try:
            if act.verb == ROWS and sheet in registries.sheet_owners:
                lines += registries.sheet_owners[sheet].take_back(edition, sheet, act)
                continue
            if sheet not in sheets:
                raise CannotUndo(format_lazy(_("Sheet {sheet} is kept elsewhere now."), sheet=sheet))
            sheets[sheet] = take_back(act.verb, key, act.body, sheets[sheet])
            if act.verb != ORDER and key in sheets[sheet]:  # what was right in an older version may not be in this one
                sheets[sheet][key] = body_of(sheet, read_row(sheet, sheets[sheet][key]))
        except CannotUndo as why:
            reasons.append(why.reason)
            moved_on.append((sheet, key if key in sheets.get(sheet, {}) else ""))
        if len(reasons) == MOST_REASONS:
            break
    if reasons:
        what = format_lazy(_("It cannot be undone: {reasons}"), reasons=_Joined(reasons))
        raise RowsMovedOn("plan.cannot_undo", what, _("Change the row itself."), rows=moved_on)
    return lines


class _Joined:
    """Lazy texts one behind the other, in the language of whoever reads them."""

    def __init__(self, texts: list[Any]) -> None:
        self.texts = texts

    def __str__(self) -> str:
        return whole(*self.texts)
