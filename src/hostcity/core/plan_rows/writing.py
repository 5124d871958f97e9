"""Making the stored rows of sheets equal to others, with the ledger's lines of it. Part of a service's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils import timezone

from hostcity.core.ledger import Line, record_lines
from hostcity.core.models import Act, Edition, Person, PlanRow
from hostcity.core.plan_rows.bodies import Rows, stored_body
from hostcity.core.plan_rows.changes import CHANGE, changed_fields, line, lines_between
from hostcity.core.plan_rows.searching import tell_search

BATCH = 400  # rows a statement; SQLite takes a limited number of values in one


def lock_plan(edition: Edition) -> None:
    """One act on the plan of an edition after the other; taken before any row of it, and long before the ledger's head."""
    Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)


def write_sheets(
    edition: Edition,
    sheets: Mapping[str, tuple[Rows, Rows]],
    *,
    by: Person | None,
    more: Mapping[str, Any] | None = None,
    lines: Sequence[Line] = (),
) -> list[Act]:
    """Store what differs between the two states of each sheet and record it; no difference, no line.

    ``lines`` are of sheets that capabilities keep, and come first. ``more`` is said in every line. Call it last in the transaction, within the edition's scope and `lock_plan`.
    """
    told = list(lines)
    for sheet, (was, now) in sheets.items():
        found = lines_between(sheet, was, now)
        if found:
            _store(edition, sheet, was, now)
            told += found
    told = [replace(line, body={**line.body, **(more or {})}) for line in told]
    return record_lines(told, edition=edition, by=by) if told else []


def write_fields(
    edition: Edition,
    sheet: str,
    changes: Mapping[str, tuple[PlanRow, Mapping[str, Any]]],
    *,
    by: Person | None,
    more: Mapping[str, Any] | None = None,
) -> list[Act]:
    """Change fields of rows, by key, to values as they are stored; ``more`` is said in every line.

    For acts of a capability, which has asked whether the person may, and locked the rows. Call it last in the transaction,
    within the edition's scope and `lock_plan`.
    """
    lines, told = [], []
    for key, (row, fields) in changes.items():
        was = stored_body(sheet, row.body)
        now = was | fields
        differs = changed_fields(was, now)
        if differs:
            row.body, row.version, row.changed_at = now, row.version + 1, timezone.now()
            told.append((key, now))
            lines.append(line(CHANGE, sheet, key, {"fields": differs, **(more or {})}))
    _upsert([changes[key][0] for key, _now in told])
    tell_search(edition, sheet, rows=told)
    return record_lines(lines, edition=edition, by=by) if lines else []


def _store(edition: Edition, sheet: str, was: Rows, now: Rows) -> None:
    known = {row.key: row for row in PlanRow.objects.filter(sheet=sheet)}
    gone = [known[key].pk for key in was if key not in now]
    for first in range(0, len(gone), BATCH):
        PlanRow.objects.filter(pk__in=gone[first : first + BATCH]).delete()
    changed = []
    for position, (key, body) in enumerate(now.items()):
        row = known.get(key) or PlanRow(edition=edition, sheet=sheet, key=key, version=0)
        if was.get(key) != body:
            row.body, row.version, row.changed_at = body, row.version + 1, timezone.now()
        elif row.position == position:
            continue
        row.position = position
        changed.append(row)
    _upsert(changed)
    told = [(key, body) for key, body in now.items() if was.get(key) != body]
    tell_search(edition, sheet, rows=told, gone=[key for key in was if key not in now])


def _upsert(rows: list[PlanRow]) -> None:
    new = [row for row in rows if row.pk is None]
    old = [row for row in rows if row.pk is not None]
    PlanRow.objects.bulk_create(new, batch_size=BATCH)
    PlanRow.objects.bulk_create(
        old,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["position", "body", "version", "changed_at"],
    )
