"""The roster's rows as rows of the plan."""

from __future__ import annotations

from hostcity.core.models import Edition
from hostcity.plan.rows import Shift as PlanShift
from hostcity.volunteers.models import FIELDS, Shift


def shifts_of(edition: Edition) -> tuple[PlanShift, ...]:
    """All of them in the workbook's order; one query, within the edition's scope."""
    rows = Shift.objects.filter(edition=edition).order_by("position", "id").values_list(*FIELDS)
    return tuple(
        PlanShift(code=code, volunteer=volunteer, day=day, band=band, post=post, is_locked=is_locked)
        for code, volunteer, day, band, post, is_locked in rows
    )
