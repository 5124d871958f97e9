"""Which shifts are asked about, and what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hostcity.core.models import Edition
from hostcity.volunteers.duty.cells import Cell, Cells
from hostcity.volunteers.models import Answer, Deadline, DeadlineState, Shift
from hostcity.volunteers.services.publishing import Seat

BATCH = 500  # rows of a statement


@dataclass(frozen=True, slots=True)
class Asked:
    """A shift that is to be answered for."""

    volunteer: str
    cell: Cell
    accepts: bool | None  # None = not answered

    @property
    def seat(self) -> Seat:
        """Whose, and when."""
        return self.volunteer, self.cell.day, self.cell.band


def open_deadline(edition: Edition) -> Deadline | None:
    """The one that runs. One query."""
    return Deadline.objects.filter(edition=edition, state=DeadlineState.OPEN).first()


def asked_of(cells: Cells, due_at: datetime, volunteers: Iterable[str] | None = None) -> list[Asked]:
    """Shifts that begin after a deadline, of everybody or of some: by time, then by code. Two queries."""
    shifts, answers = Shift.objects.exclude(post=""), Answer.objects.all()
    if volunteers is not None:
        some = sorted(volunteers)
        shifts, answers = shifts.filter(volunteer__in=some), answers.filter(volunteer__in=some)
    said = {seat: (post, accepts) for *seat_, post, accepts in answers.values_list("volunteer", "day", "band", "post", "accepts") if (seat := tuple(seat_))}  # fmt: skip
    begins = {(day, band): cells.hours(day, band).starts_at for day in cells.days for band in cells.bands}
    found = []
    for volunteer, day, band, post in shifts.values_list("volunteer", "day", "band", "post"):
        if post in cells.posts and (day, band) in begins and begins[day, band] > due_at:
            known = said.get((volunteer, day, band))
            found.append(Asked(volunteer, Cell(post, day, band), known[1] if known and known[0] == post else None))
    return sorted(found, key=lambda each: (begins[each.cell.day, each.cell.band], each.volunteer))


def keep_answers(edition: Edition, seats: Mapping[Seat, str], *, accepts: bool, by_code: str, at: datetime) -> None:
    """Answer for seats at posts, whatever was answered before. Part of an act."""
    rows = [
        Answer(edition=edition, volunteer=volunteer, day=day, band=band, post=post, accepts=accepts, by_code=by_code, answered_at=at)
        for (volunteer, day, band), post in seats.items()
        if post
    ]  # fmt: skip
    Answer.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["edition", "volunteer", "day", "band"],
        update_fields=["post", "accepts", "by_code", "answered_at"],
    )  # fmt: skip
