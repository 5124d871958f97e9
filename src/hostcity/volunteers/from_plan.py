"""Rows of the plan as the roster's rows: what differs is told, then written in bulk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from hostcity.core.models import Edition
from hostcity.core.plan_rows.bodies import bodies_by_key
from hostcity.core.plan_rows.many import Diff, State
from hostcity.plan import Plan, PlanError
from hostcity.plan.check import roster
from hostcity.plan.rows import Shift as PlanShift
from hostcity.volunteers.models import FIELDS, SHEET, Shift

BATCH = 2_000  # rows of a statement


def stored_states(edition: Edition, codes: Sequence[str] | None = None) -> dict[str, State]:
    """Rows as acts tell them, by code, all or some; one query, within the edition's scope."""
    rows = Shift.objects.filter(edition=edition).order_by("position", "id")
    if codes is not None:
        rows = rows.filter(code__in=codes)
    names = (*FIELDS, "position")
    return {values[0]: dict(zip(names, values, strict=True)) for values in rows.values_list(*names)}


def states_of(stored: Mapping[str, State], rows: Sequence[PlanShift]) -> dict[str, State]:
    """What rows of the plan would be stored as.

    Raises ``PlanError`` for rows that are wrong by themselves, where somebody has two seats, or a free one is not locked.
    """
    bodies = bodies_by_key(SHEET, rows)
    if problems := list(roster.shifts(Plan(edition=(), shifts=tuple(rows)), lambda _sheet, index: index + 1)):
        raise PlanError(problems)
    positions = _positions(stored, list(bodies))
    return {code: body | {"position": positions[code]} for code, body in bodies.items()}


def _positions(stored: Mapping[str, State], codes: Sequence[str]) -> Mapping[str, int]:
    """Places in the sheet: rows that stay in their order keep theirs while new ones come behind them."""
    behind = max((each["position"] for each in stored.values()), default=-1)
    found: dict[str, int] = {}
    last = -1
    for code in codes:
        place = stored[code]["position"] if code in stored else behind + 1
        if place <= last:
            return {each: at for at, each in enumerate(codes)}
        found[code] = last = place
        behind = max(behind, place)
    return found


def difference(was: Mapping[str, State], now: Mapping[str, State]) -> Diff:
    """Rows that come, go, or are others, by code."""
    gone = {code: (state, None) for code, state in was.items() if code not in now}
    return gone | {code: (was.get(code), state) for code, state in now.items() if was.get(code) != state}


def write(edition: Edition, diff: Diff) -> None:
    """Store a difference: what it takes is taken away first, since seats are changed among people. Part of an act."""
    taken = [code for code, (was, _now) in diff.items() if was is not None]
    versions: dict[str, int] = {}
    for first in range(0, len(taken), BATCH // 4):
        rows = Shift.objects.filter(edition=edition, code__in=taken[first : first + BATCH // 4])
        versions |= dict(rows.values_list("code", "version"))
        rows.delete()
    now = timezone.now()
    made = [
        Shift(edition=edition, version=versions.get(code, 0) + 1, changed_at=now, **_fields(state))
        for code, (_was, state) in diff.items()
        if state is not None
    ]
    Shift.objects.bulk_create(made, batch_size=BATCH)


def _fields(state: State) -> dict[str, Any]:
    return {name: state[name] for name in (*FIELDS, "position")}
