"""Offers as they stand now: what an exchange would change, and whether anything can come of it yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from hostcity.core.errors import Refused
from hostcity.core.models import Edition, Person, PlanRow
from hostcity.volunteers.duty.cells import Cell, Cells, Hours
from hostcity.volunteers.models import Attendance, Offer, Shift, SwapRule
from hostcity.volunteers.services.publishing import Seat

Band = tuple[str, str]  # codes of a day and a band


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule of an edition."""

    is_automatic: bool
    most_short: float
    version: int  # 0 = nobody has set it


def rule_of(edition: Edition) -> Rule:
    """What holds now. One query."""
    row = SwapRule.objects.filter(edition=edition).first()
    kept = row or SwapRule(edition=edition)
    return Rule(kept.is_automatic, kept.most_short, row.version if row else 0)


def volunteer_of(edition: Edition, person: Person) -> str:
    """The code of the volunteer whose account it is, whether they have shifts or not; "" = of none. One query."""
    rows = PlanRow.objects.filter(edition=edition, sheet="volunteers").annotate(in_lower=Lower("key"))
    by_code = rows.filter(key=person.code).values_list("key", flat=True)
    by_name = rows.filter(in_lower=person.username.lower()).values_list("key", flat=True)
    return next(iter(sorted(by_code.union(by_name), key=lambda code: (code != person.code, code))), "")


def cell_of(offer: Offer) -> Cell:
    """What is given."""
    return Cell(offer.post, offer.day, offer.band)


def back_of(offer: Offer) -> Cell | None:
    """What goes back; None = nothing, or nothing yet."""
    return Cell(offer.back_post, offer.back_day, offer.back_band) if offer.back_day else None


def hours_of(cells: Cells, cell: Cell) -> Hours | None:
    """When a cell is; None = the plan does not have it any more."""
    return cells.hours(cell.day, cell.band) if cell in cells else None


def is_ahead(cells: Cells, cell: Cell, now: datetime) -> bool:
    """Whether it has not begun."""
    hours = hours_of(cells, cell)
    return hours is not None and now < hours.starts_at


def can_happen(cells: Cells, offer: Offer, now: datetime) -> bool:
    """Whether something can come of an offer yet, by the row and the clock."""
    back = back_of(offer)
    return offer.is_pending and all(is_ahead(cells, each, now) for each in (cell_of(offer), back) if each)


def moves_of(offer: Offer, taker: str, back: Cell | None) -> dict[Seat, str]:
    """Seats that change hands."""
    moves: dict[Seat, str] = {(offer.giver, offer.day, offer.band): ""}
    if back:
        moves[taker, back.day, back.band] = ""
        moves[offer.giver, back.day, back.band] = back.post
    return moves | {(taker, offer.day, offer.band): offer.post}


def refuse_taken(edition: Edition, offer: Offer, taker: str, back: Cell | None) -> None:
    """Raise ``Refused`` unless both have what they give, and no other shift where they come to. Two queries."""
    gives = {(offer.giver, offer.day, offer.band): offer.post}
    if back:
        gives[taker, back.day, back.band] = back.post
    rows = Shift.objects.of_volunteers([offer.giver, taker]).values_list("volunteer", "day", "band", "post")
    held = {(volunteer, day, band): post for volunteer, day, band, post in rows}
    if any(held.get(seat) != post for seat, post in gives.items()):
        raise gone()
    if any(seat in held and seat not in gives for seat in moves_of(offer, taker, back)):
        what = _("There is another shift at that time, or it is kept free.")
        raise Refused("swap.busy", what, _("Choose another shift."))
    refuse_come(edition, gives)


def refuse_come(edition: Edition, seats: Iterable[Seat] | Mapping[Seat, str]) -> None:
    """Raise ``Refused`` where somebody has checked in to one of these seats. One query."""
    wanted = set(seats)
    rows = Attendance.objects.filter(edition=edition, volunteer__in={each[0] for each in wanted})
    if wanted & set(rows.values_list("volunteer", "day", "band")):
        raise Refused("swap.came", _("Somebody has checked in to this shift."), _("Ask the coordinator."))


def gone() -> Refused:
    """Nothing can come of it any more."""
    mend = _("Look at the list again.")
    return Refused(
        "swap.gone", _("This offer is not there any more: taken, withdrawn, or the shift has changed."), mend
    )


def begun() -> Refused:
    """It is too late."""
    return Refused("swap.begun", _("This shift has begun."), _("Ask the coordinator."))
