"""Hours by the API."""

from __future__ import annotations

from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Path, Query

from hostcity.core.api.operations import Operations
from hostcity.volunteers import policy
from hostcity.volunteers.hours import services
from hostcity.volunteers.hours.counted import Served
from hostcity.volunteers.hours.queries import own_hours, sheet_of
from hostcity.volunteers.hours.schemas import (
    Closed,
    CorrectionGiven,
    CorrectionShown,
    OwnHours,
    PersonAsked,
    ServedSheet,
    Totals,
    WitnessedGiven,
)
from hostcity.volunteers.hours.services import Witnessed
from hostcity.volunteers.hours.totals import book_of, totals
from hostcity.volunteers.models import Correction

operations = Operations("hours")


def _row(each: Served) -> dict[str, Any]:
    names = ("checked_in_at", "checked_out_at", "minutes", "is_corrected", "stamp")
    return each.cell._asdict() | {name: getattr(each, name) for name in names}


@operations.get("/volunteers/hours", policy.SEE_HOURS, Totals)
def list_hours(request: Any) -> Any:
    """List what everybody has served."""
    book = book_of(request.edition)
    return {
        "rows": [
            {"volunteer": code, "team": book.team(code), "campus": book.campus(code), "shifts": of.shifts, "minutes": of.minutes, "open": of.open}
            for code, of in totals(book, str).items()
        ]
    }  # fmt: skip


@operations.get("/volunteers/hours/person", policy.SEE_HOURS, ServedSheet)
def show_hours_of_person(request: Any, asked: Query[PersonAsked]) -> Any:
    """Show what one person has served.

    And what was corrected.
    """
    sheet = sheet_of(request.edition, asked.volunteer)
    rows = [_row(each) for each in sheet.served]
    return {"volunteer": sheet.volunteer, "minutes": sheet.minutes, "rows": rows, "corrections": sheet.corrections}


@operations.get("/volunteers/hours/own", policy.OWN_HOURS, OwnHours)
def list_own_hours(request: Any) -> Any:
    """List what one has served oneself."""
    rows = [_row(each) for each in own_hours(request.edition, request.person)]
    return {"minutes": sum(each["minutes"] for each in rows), "rows": rows}


@operations.post("/volunteers/hours/corrections", policy.CORRECT_HOURS, CorrectionShown, status=200)
def correct_hours(request: Any, body: CorrectionGiven) -> Any:
    """Correct when somebody came and left.

    Or check them in after the end of the shift. A second person is named.
    """
    given = body.model_dump()
    witnessed = Witnessed(given.pop("reason"), given.pop("second"))
    return services.correct_hours(edition=request.edition, by=request.person, witnessed=witnessed, **given)


@operations.post("/volunteers/hours/corrections/{correction}/undo", policy.CORRECT_HOURS, None, status=204)
def undo_correction(request: Any, correction: Annotated[int, Path(ge=1, le=2**62)]) -> None:
    """Put the times of before back."""
    row = get_object_or_404(Correction.objects.filter(edition=request.edition), pk=correction)
    services.undo_correction(edition=request.edition, correction=row, by=request.person)


@operations.post("/volunteers/hours/close", policy.CORRECT_HOURS, Closed, status=200)
def close_band(request: Any, body: WitnessedGiven) -> Any:
    """Let everybody of a band that is over have left at its end."""
    given = body.model_dump()
    witnessed = Witnessed(given.pop("reason"), given.pop("second"))
    return {"count": services.close_band(edition=request.edition, by=request.person, witnessed=witnessed, **given)}
