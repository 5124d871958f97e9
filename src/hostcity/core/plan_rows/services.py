"""Acts on the plan. One act after the other in an edition; each leaves a line in the ledger for every row it touched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.errors import Refused, Stale
from hostcity.core.ledger import record_lines
from hostcity.core.models import Act, Edition, Person, PlanRow
from hostcity.core.plan_rows.bodies import (
    ONE_ROW,
    Body,
    bodies_by_key,
    body_of,
    key_of,
    read_row,
    rows_by_key,
    stored_body,
)
from hostcity.core.plan_rows.changes import ADD, CHANGE, REMOVE, changed_fields, line, placed
from hostcity.core.plan_rows.queries import own_sheets, rows_of_sheet, stored_bodies
from hostcity.core.plan_rows.references import references_to
from hostcity.core.plan_rows.searching import tell_search
from hostcity.core.plan_rows.words import field_name
from hostcity.core.plan_rows.writing import lock_plan, write_sheets
from hostcity.core.registries import registries
from hostcity.core.sayings import Joined
from hostcity.plan import Plan

MOST_NAMED = 5  # rows that a refusal lists


def replace_plan(*, edition: Edition, plan: Plan, by: Person | None) -> list[Act]:
    """Make the edition's plan equal to another, row by row by their keys. Nothing differs = nothing is written.

    ``by`` None is whoever runs the site, from its command line. Raises ``PlanError`` when a row is wrong or two rows of
    a sheet have one code; rows that do not fit one another are kept: a plan in work is allowed to be incomplete.
    """
    if by is not None:
        policy.require(by, policy.IMPORT_PLAN, edition)
    wanted = {sheet: bodies_by_key(sheet, getattr(plan, sheet)) for sheet in own_sheets()}
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        lines = [
            line
            for sheet, owner in registries.sheet_owners.items()
            for line in owner.from_plan(edition, sheet, getattr(plan, sheet))
        ]
        stored = stored_bodies(edition)
        states = {sheet: (rows_by_key(sheet, stored[sheet]), rows) for sheet, rows in wanted.items()}
        return write_sheets(edition, states, by=by, lines=lines)


def add_row(*, edition: Edition, sheet: str, cells: Mapping[str, Any], by: Person, after: str | None = None) -> PlanRow:
    """Add a row from raw cells, behind another one ("" = first) or last.

    Raises ``PlanError`` with everything that is wrong with the row, ``Refused`` when its code is taken.
    """
    policy.require(by, policy.CHANGE_PLAN, edition)
    _check_sheet(sheet)
    body = body_of(sheet, read_row(sheet, cells))
    key = key_of(body["code"])
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        rows = PlanRow.objects.filter(sheet=sheet)
        if sheet in ONE_ROW and rows.exists():
            raise Refused("plan.one_row", _("This sheet has exactly one row."), _("Change that one."))
        if rows.filter(key=key).exists():
            what = format_lazy(_("There is a row {key} already."), key=key)
            raise Refused("plan.code_taken", what, _("Give the row a code of its own."), field="code")
        position, behind = _make_place(sheet, after)
        row = PlanRow.objects.create(edition=edition, sheet=sheet, key=key, position=position, body=body)
        tell_search(edition, sheet, rows=[(key, body)])
        record_lines([line(ADD, sheet, key, {"row": body, "after": behind})], edition=edition, by=by)
    return row


def change_row(
    *, edition: Edition, sheet: str, key: str, changes: Mapping[str, Any], version: int, by: Person
) -> PlanRow:
    """Change fields of a row to what raw cells say. Nothing differs = nothing is written.

    Raises ``Stale`` when somebody changed the row since ``version``, ``PlanError`` with everything that is wrong, ``Refused``
    for a field that only acts of a capability change.
    """
    policy.require(by, policy.CHANGE_PLAN, edition)
    _check_sheet(sheet)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        row = row_to_change(sheet, key)
        stored = stored_body(sheet, row.body)
        if row.version != version:
            raise stale(row, _given(sheet, stored, changes))
        body = body_of(sheet, read_row(sheet, {**stored, **changes}))
        differs = changed_fields(stored, body)
        if "code" in differs:
            mend = _("Add a row with the other code, and remove this one.")
            raise Refused("plan.code_fixed", _("The code of a row stays as it is."), mend, field="code")
        _refuse_acted(sheet, differs)
        if differs:
            row.body, row.version, row.changed_at = body, row.version + 1, timezone.now()
            row.save(update_fields=["body", "version", "changed_at"])
            tell_search(edition, sheet, rows=[(key, body)])
            record_lines([line(CHANGE, sheet, key, {"fields": differs})], edition=edition, by=by)
    return row


def remove_row(*, edition: Edition, sheet: str, key: str, version: int, by: Person) -> None:
    """Remove a row. Raises ``Refused`` with the rows that name it, ``Stale`` when it was changed since ``version``."""
    policy.require(by, policy.CHANGE_PLAN, edition)
    _check_sheet(sheet)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        row = row_to_change(sheet, key)
        if row.version != version:
            raise stale(row, {})
        refuse_if_named(edition, sheet, row.body["code"])
        before = _before(row)
        body = stored_body(sheet, row.body)
        row.delete()
        tell_search(edition, sheet, gone=[key])
        record_lines([line(REMOVE, sheet, key, {"row": body, "after": before})], edition=edition, by=by)


def move_row(*, edition: Edition, sheet: str, key: str, after: str, by: Person) -> None:
    """Put a row behind another one; "" = first. Where it stands already, nothing is written."""
    policy.require(by, policy.CHANGE_PLAN, edition)
    _check_sheet(sheet)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        was = rows_of_sheet(edition, sheet)
        if key not in was:
            raise gone(key)
        if after == key:
            return
        if after and after not in was:
            raise _no_such_row(after, field="after")
        rest = {each: body for each, body in was.items() if each != key}
        write_sheets(edition, {sheet: (was, placed(rest, key, was[key], after))}, by=by)


def refuse_if_named(edition: Edition, sheet: str, code: str) -> None:
    """Raise ``Refused`` with the rows that name a row, if there are any."""
    found = references_to(edition, sheet, code)
    if found:
        named = Joined([*found[:MOST_NAMED], *(["…"] if len(found) > MOST_NAMED else [])])
        what = format_lazy(_("{key} is named {count} times: {rows}."), key=code, count=len(found), rows=named)
        raise Refused("plan.named", what, _("Change or remove those rows first."))


def row_to_change(sheet: str, key: str) -> PlanRow:
    """A stored row, locked. Raises ``Refused`` when there is none (any more)."""
    row = PlanRow.objects.select_for_update().filter(sheet=sheet, key=key).first()
    if row is None:
        raise gone(key)
    return row


def gone(key: str) -> Refused:
    """What is said of a row that is not there."""
    what = format_lazy(_("There is no row {key} (any more)."), key=key)
    return Refused("plan.row_gone", what, _("Look at the sheet again."))


def stale(row: PlanRow, given: Mapping[str, Any]) -> Stale:
    """What is said of a row that somebody changed: each field that differs as it is stored and as it was given."""
    what = format_lazy(_("Row {key} has been changed by somebody else."), key=row.key)
    diff = [(name, row.body.get(name), value) for name, value in given.items() if row.body.get(name) != value]
    return Stale("plan.stale", what, _("Compare, and choose what is to hold."), diff=diff, version=row.version)


def _check_sheet(sheet: str) -> None:
    if sheet not in own_sheets():
        what = format_lazy(_("The plan's sheet {sheet} is not changed here."), sheet=sheet)
        mend = format_lazy(_("Sheets: {sheets}."), sheets=Joined(own_sheets()))
        raise Refused("plan.sheet", what, mend, field="sheet")


def _refuse_acted(sheet: str, differs: Mapping[str, Any]) -> None:
    """Raise ``Refused`` where a field would change that only acts of a capability change, which ask for more."""
    for name in differs:
        if (sheet, name) in registries.acted_fields:
            what = format_lazy(_("{field} is not changed here."), field=field_name(sheet, name))
            raise Refused("plan.by_acts", what, registries.acted_fields[sheet, name], field=name)


def _given(sheet: str, stored: Body, changes: Mapping[str, Any]) -> dict[str, Any]:
    """What was given, in the form of a stored row. Raises ``PlanError`` for what cannot be read."""
    body = body_of(sheet, read_row(sheet, {**stored, **changes}))
    return {name: body[name] for name in changes if name in body}


def _make_place(sheet: str, after: str | None) -> tuple[int, str]:
    """A free position, and the key of the row before it. Rows behind it move on; that is no change of theirs."""
    rows = PlanRow.objects.filter(sheet=sheet)
    last = rows.order_by("-position", "-id").first()
    if after is None or (last and after == last.key):
        return (last.position + 1, last.key) if last else (0, "")
    position = 0
    if after:
        before = rows.filter(key=after).first()
        if before is None:
            raise _no_such_row(after, field="after")
        rows.filter(position=before.position, id__gt=before.id).update(position=F("position") + 1)
        position = before.position + 1
    rows.filter(position__gte=position).update(position=F("position") + 1)
    return position, after


def _no_such_row(key: str, *, field: str) -> Refused:
    what = format_lazy(_("There is no row {key}."), key=key)
    return Refused("plan.row_unknown", what, _("Choose a row of this sheet."), field=field)


def _before(row: PlanRow) -> str:
    """Key of the row before; "" = it is the first."""
    earlier = Q(position__lt=row.position) | Q(position=row.position, id__lt=row.pk)
    before = PlanRow.objects.filter(earlier, sheet=row.sheet).order_by("-position", "-id").first()
    return before.key if before else ""
