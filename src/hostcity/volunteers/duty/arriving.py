"""Which of somebody's shifts a code or a scan is for; where it is none, why, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core.errors import Refused
from hostcity.core.models import Person
from hostcity.core.times import written
from hostcity.volunteers.duty.cells import Cell, Cells
from hostcity.volunteers.duty.codes import (
    DIGITS,
    SCANNED_LASTS_S,
    STEPS_KNOWN,
    STEPS_TAKEN,
    age_of,
    read_scanned,
    read_token,
    secret_of,
    step_of,
)
from hostcity.volunteers.models import Shift
from hostcity.volunteers.own import rows_of


@dataclass(frozen=True, slots=True)
class Own:
    """Somebody's shifts that the plan knows, by time, and what time it is."""

    cells: Cells
    shifts: Sequence[Shift]
    now: datetime

    @property
    def open(self) -> list[Shift]:
        """Those to which one can check in."""
        return [each for each in self.shifts if self.cells.hours(each.day, each.band).is_open(self.now)]


def cell_of(shift: Shift) -> Cell:
    """The cell of a shift."""
    return Cell(shift.post, shift.day, shift.band)


def own_of(cells: Cells, person: Person, now: datetime) -> Own:
    """A person's shifts. One query."""
    known = [each for each in rows_of(cells.edition, person) if cell_of(each) in cells]
    return Own(cells, sorted(known, key=lambda each: cells.hours(each.day, each.band)), now)


def shift_of_code(own: Own, code: str) -> Shift:
    """The shift to which a typed code checks in. Raises ``Refused`` that says what the code is instead."""
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        what = format_lazy(_("A code has {digits} digits."), digits=DIGITS)
        raise Refused("duty.digits", what, _("Type those that stand at your post now."), field="code")
    secret, step = secret_of(own.cells.edition), step_of(own.now)
    for shift in own.open:
        if age_of(code, secret, cell_of(shift), step, STEPS_TAKEN) is not None:
            return shift
    if not own.open:
        raise _not_now(own)
    for shift in own.open:
        if age_of(code, secret, cell_of(shift), step, range(len(STEPS_TAKEN), STEPS_KNOWN + 1)):
            raise _expired("code")
    for day, band in own.cells.open_bands(own.now):
        for post in own.cells.posts:
            if age_of(code, secret, Cell(post, day, band), step, STEPS_TAKEN) is not None:
                raise _elsewhere(own, Cell(post, day, band))
    mend = _("Type the six digits that stand at your post now: every 30 seconds there are others.")
    raise Refused("duty.wrong", _("This code is not right."), mend, field="code")


def shift_of_token(own: Own, token: str, by: Person) -> Shift:
    """The shift to which a scan checks in, fresh from the post or from the form that it opened. Raises ``Refused``."""
    edition = own.cells.edition
    if found := read_scanned(edition, token, by):
        cell, opened_s = found
        is_fresh = 0 <= own.now.timestamp() - opened_s <= SCANNED_LASTS_S
    elif found := read_token(edition, token):
        cell, step = found
        is_fresh = step_of(own.now) - step in STEPS_TAKEN
    else:
        mend = _("Scan the picture at your post again, or type the code that stands beside it.")
        raise Refused("duty.scan", _("This is no picture of a post of this expo."), mend)
    if not is_fresh:
        raise _expired("")
    shift = next((each for each in own.shifts if cell_of(each) == cell), None)
    if shift is None:
        raise _elsewhere(own, cell)
    if shift not in own.open:
        raise _not_now(own, shift)
    return shift


def _expired(field: str) -> Refused:
    mend = _("Take the code that stands there now: every 30 seconds there is another.")
    return Refused("duty.expired", _("This code has expired."), mend, field=field)


def _elsewhere(own: Own, cell: Cell) -> Refused:
    """It is the code of a cell where they have no shift."""
    said = own.cells.said(cell) if cell in own.cells else cell.post
    what = format_lazy(_("This is the code of {cell}, where you have no shift."), cell=said)
    mine = own.open[0] if own.open else None
    if mine is None:
        return Refused("duty.not_yours", what, _not_now(own).mend, field="code")
    mend = format_lazy(_("Your shift is at {cell}: check in there."), cell=own.cells.said(cell_of(mine)))
    return Refused("duty.not_yours", what, mend, field="code")


def _not_now(own: Own, shift: Shift | None = None) -> Refused:
    """No shift of theirs (or not this one) is open: it comes yet, it is over, there is none."""
    hours = own.cells.hours
    of = [shift] if shift else own.shifts
    coming = [each for each in of if hours(each.day, each.band).opens_at > own.now]
    if coming:
        soonest = min(coming, key=lambda each: hours(each.day, each.band))
        opens = _clock(own, hours(soonest.day, soonest.band).opens_at)
        what = format_lazy(_("It is too early to check in to {cell}."), cell=own.cells.said(cell_of(soonest)))
        return Refused("duty.early", what, format_lazy(_("Check in from {time}."), time=opens), field="code")
    if of:
        last = max(of, key=lambda each: hours(each.day, each.band))
        what = format_lazy(_("{cell} is over."), cell=own.cells.said(cell_of(last)))
        return Refused("duty.late", what, _("If you served there, tell the coordinator."), field="code")
    mend = _("Look at the roster, or ask the coordinator whose account you are.")
    return Refused("duty.no_shift", _("You have no shift."), mend, field="code")


def _clock(own: Own, at: datetime) -> str:
    with timezone.override(own.cells.edition.zone):
        return written(at)
