"""Checking in and out: each once a seat, whoever tries how often, at the time of the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.api.rates import Rate
from hostcity.core.errors import Refused
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Person
from hostcity.volunteers import policy
from hostcity.volunteers.duty.arriving import own_of, shift_of_code, shift_of_token
from hostcity.volunteers.duty.cells import Cell, cells_of
from hostcity.volunteers.duty.leading import require_may_check
from hostcity.volunteers.models import Attendance, How, Shift
from hostcity.volunteers.own import rows_of

IN, OUT, NOT_IN, NOT_OUT = "duty.in", "duty.out", "duty.undo_in", "duty.undo_out"
SUBJECT = "duty.attendance"
#: Typed codes of a person; a million of them are possible, and two are right.
TRIES = Rate(burst=10, per_s=1 / 30)


@dataclass(frozen=True, slots=True)
class Checked:
    """An attendance as it stands now."""

    attendance: Attendance
    is_new: bool  # False = it was so already; nothing was written


def check_in(*, edition: Edition, code: str = "", token: str = "", by: Person) -> Checked:
    """Check somebody in to their shift at the post whose code they typed, or scanned (``token``).

    Raises ``Refused`` that says what was wrong: expired, of another post, too early or late, no shift, too many tries.
    """
    matrix.require(by, policy.OWN_DUTY, edition)
    if not token and (wait_s := TRIES.wait_s(f"{edition.pk}/{by.pk}")):
        mend = _("Try again in {seconds} s, scan the picture, or ask the leader to check you in.").format(
            seconds=wait_s
        )
        raise Refused("duty.tries", _("Too many codes were tried."), mend, field="code")
    with transaction.atomic(), scope(edition=edition):
        own = own_of(cells_of(edition), by, timezone.now())
        shift = shift_of_token(own, token, by) if token else shift_of_code(own, "".join(code.split()))
        return _came(edition, shift, How.QR if token else How.CODE, own.now, by)


def check_in_by_hand(*, edition: Edition, volunteer: str, day: str, band: str, by: Person) -> Checked:
    """Check somebody in who stands before the leader of the post, or the coordinator. Raises ``Refused`` outside of the hours."""
    matrix.require(by, policy.CHECK_DUTY, edition)
    with transaction.atomic(), scope(edition=edition):
        shift, cells, now = _shift(edition, volunteer, day, band, by), cells_of(edition), timezone.now()
        hours = cells.hours(day, band) if Cell(shift.post, day, band) in cells else None
        if hours is None or not hours.is_open(now):
            mend = _("Check people in from an hour before the shift until it ends.")
            raise Refused("duty.hours", _("It is too early or too late for this shift."), mend)
        return _came(edition, shift, How.LEADER, now, by)


def _shift(edition: Edition, volunteer: str, day: str, band: str, by: Person) -> Shift:
    """The shift of a seat, at a post where ``by`` may check people in."""
    shift = Shift.objects.filter(volunteer=volunteer, day=day, band=band).exclude(post="").first()
    if shift is None:
        what = _("By the roster as it holds, this volunteer has no shift then.")
        raise Refused("duty.not_rostered", what, _("Look at the roster again."), field="volunteer")
    require_may_check(edition, by, Cell(shift.post, day, band))
    return shift


def _came(edition: Edition, shift: Shift, how: How, now: datetime, by: Person) -> Checked:
    """One row a seat: the database decides who is first."""
    seat = {"volunteer": shift.volunteer, "day": shift.day, "band": shift.band}
    row, is_new = Attendance.objects.get_or_create(
        edition=edition, **seat, defaults={"post": shift.post, "checked_in_at": now, "how": how, "by_code": by.code}
    )
    if is_new:
        body = {"day": row.day, "band": row.band, "post": row.post, "how": str(how.value)}
        record(IN, edition=edition, by=by, subject=(SUBJECT, row.volunteer), body=body)
    return Checked(row, is_new)


def check_out(*, edition: Edition, day: str, band: str, by: Person) -> Checked:
    """Check oneself out of a shift. Raises ``Refused`` where one has not checked in."""
    matrix.require(by, policy.OWN_DUTY, edition)
    with transaction.atomic(), scope(edition=edition):
        return _left(edition, _own(edition, day, band, by), by)


def check_out_by_hand(*, edition: Edition, volunteer: str, day: str, band: str, by: Person) -> Checked:
    """Check somebody out. Raises ``Refused`` where they have not checked in."""
    matrix.require(by, policy.CHECK_DUTY, edition)
    with transaction.atomic(), scope(edition=edition):
        return _left(edition, _of_others(edition, volunteer, day, band, by), by)


def undo_check_out(*, edition: Edition, day: str, band: str, by: Person) -> Checked:
    """Take one's own checking out back, as long as the shift lasts. Raises ``Refused`` later, or where it is no more so."""
    matrix.require(by, policy.OWN_DUTY, edition)
    with transaction.atomic(), scope(edition=edition):
        row, cells = _own(edition, day, band, by), cells_of(edition)
        if Cell(row.post, day, band) not in cells or not cells.hours(day, band).is_open(timezone.now()):
            raise Refused("duty.late", _("This shift is over."), _("If it is not right, tell the coordinator."))
        return _not_left(edition, row, by)


def undo_check(*, edition: Edition, volunteer: str, day: str, band: str, what: str, by: Person) -> Checked:
    """Take back that somebody came (``in``), or left (``out``): what stands now, or ``Refused`` says so."""
    matrix.require(by, policy.CHECK_DUTY, edition)
    with transaction.atomic(), scope(edition=edition):
        row = _of_others(edition, volunteer, day, band, by)
        if what == "out":
            return _not_left(edition, row, by)
        if row.checked_out_at is not None:
            raise _moved_on()
        body = {"day": day, "band": band, "post": row.post, "in": row.checked_in_at.isoformat(), "how": row.how}
        row.delete()
        record(NOT_IN, edition=edition, by=by, subject=(SUBJECT, volunteer), body=body)
        return Checked(row, is_new=True)


def _own(edition: Edition, day: str, band: str, by: Person) -> Attendance:
    codes = rows_of(edition, by).filter(day=day, band=band).values("volunteer")
    return _attendance(Attendance.objects.filter(volunteer__in=codes, day=day, band=band))


def _of_others(edition: Edition, volunteer: str, day: str, band: str, by: Person) -> Attendance:
    """Somebody's attendance; leaders reach those of the post where they serve, wherever its people were checked in."""
    shift = _shift(edition, volunteer, day, band, by)
    return _attendance(Attendance.objects.filter(volunteer=shift.volunteer, day=day, band=band))


def _attendance(rows: QuerySet[Attendance]) -> Attendance:
    row = rows.select_for_update().first()
    if row is None:
        raise Refused("duty.not_in", _("Nobody is checked in there."), _("Check in first."))
    return row


def _left(edition: Edition, row: Attendance, by: Person) -> Checked:
    if row.checked_out_at is not None:
        return Checked(row, is_new=False)
    # Clocks of servers are set back at times: who came leaves after that.
    row.checked_out_at = max(timezone.now(), row.checked_in_at + timedelta(microseconds=1))
    row.save(update_fields=["checked_out_at"])
    record(
        OUT,
        edition=edition,
        by=by,
        subject=(SUBJECT, row.volunteer),
        body={"day": row.day, "band": row.band, "post": row.post},
    )
    return Checked(row, is_new=True)


def _not_left(edition: Edition, row: Attendance, by: Person) -> Checked:
    if row.checked_out_at is None:
        raise _moved_on()
    body = {"day": row.day, "band": row.band, "post": row.post, "out": row.checked_out_at.isoformat()}
    row.checked_out_at = None
    row.save(update_fields=["checked_out_at"])
    record(NOT_OUT, edition=edition, by=by, subject=(SUBJECT, row.volunteer), body=body)
    return Checked(row, is_new=True)


def _moved_on() -> Refused:
    return Refused("duty.moved_on", _("It is not so any more."), _("Look at the list again."))
