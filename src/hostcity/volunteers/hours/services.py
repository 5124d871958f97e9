"""Correcting when somebody came and left: by two people, with a reason; the ledger has what was and what is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, Stale, refuse
from hostcity.core.ledger import record
from hostcity.core.models import Act, Edition, Person
from hostcity.core.notices.services import notify
from hostcity.volunteers import policy
from hostcity.volunteers.duty.cells import Cells, Hours, cells_of
from hostcity.volunteers.hours.counted import stamp_of
from hostcity.volunteers.models import Attendance, Correction, How, Shift
from hostcity.volunteers.models.hours import MOST_REASON
from hostcity.volunteers.services.publishing import people_of

CORRECT, UNDO, CLOSE = "hours.correct", "hours.undo", "hours.close"
SUBJECT = "hours"
CHANGED = "hours.changed"  # kind of a notice
LATEST = timedelta(hours=6)  # after the end of a shift nobody serves it any more
MOST_CLOSED = 10_000


@dataclass(frozen=True, slots=True)
class Witnessed:
    """Why, and who besides the coordinator says so."""

    reason: str
    second: str  # code, or sign-in name


def correct_hours(
    *, edition: Edition, volunteer: str, day: str, band: str, checked_in_at: datetime, checked_out_at: datetime | None,
    stamp: str, witnessed: Witnessed, by: Person,
) -> Correction:  # fmt: skip
    """Put other times into somebody's attendance, or check them in after the end; they are told.

    ``stamp`` is of the times that were looked at, "" = nobody was checked in. Raises ``Stale`` where that is not so any more,
    ``Refused`` for times outside of the shift or to come, no reason, or no second person.
    """  # fmt: skip
    matrix.require(by, policy.CORRECT_HOURS, edition)
    with transaction.atomic(), scope(edition=edition):
        post, hours = _post_of(edition, volunteer, day, band), _hours(cells_of(edition), day, band)
        second, faults = _second(edition, witnessed, volunteer, by)
        refuse([*faults, *_faults(hours, checked_in_at, checked_out_at)])
        to = {"checked_in_at": checked_in_at, "checked_out_at": checked_out_at, "is_corrected": True}
        row, is_new = Attendance.objects.select_for_update().get_or_create(
            edition=edition, volunteer=volunteer, day=day, band=band, defaults={"post": post, "how": How.CORRECTED, "by_code": by.code, **to},
        )  # fmt: skip
        was = (None, None) if is_new else (row.checked_in_at, row.checked_out_at)
        if stamp != stamp_of(*was):
            raise _stale(was, checked_in_at, checked_out_at)
        made = Correction.objects.create(
            edition=edition, volunteer=volunteer, day=day, band=band, was_in=was[0], was_out=was[1], was_corrected=row.is_corrected and not is_new,
            to_in=checked_in_at, to_out=checked_out_at, reason=witnessed.reason.strip(), by_code=by.code, second_code=second,
        )  # fmt: skip
        Attendance.objects.filter(pk=row.pk).update(**to)
        body = {"day": day, "band": band, "post": row.post, "correction": made.pk, "second": second}
        times = {"was": _iso(*was), "is": _iso(checked_in_at, checked_out_at)}
        _tell(
            edition,
            [volunteer],
            record(CORRECT, edition=edition, by=by, subject=(SUBJECT, volunteer), body=body | times),
        )
        return made


def undo_correction(*, edition: Edition, correction: Correction, by: Person) -> None:
    """Put the times back that were before; they are told. Raises ``Refused`` where the attendance has been changed since."""
    matrix.require(by, policy.CORRECT_HOURS, edition, correction)
    with transaction.atomic(), scope(edition=edition):
        made = Correction.objects.select_for_update().get(pk=correction.pk)
        row = (
            Attendance.objects.select_for_update()
            .filter(volunteer=made.volunteer, day=made.day, band=made.band)
            .first()
        )
        holds = row is not None and (row.checked_in_at, row.checked_out_at) == (made.to_in, made.to_out)
        if made.undone_at is not None or row is None or not holds:
            raise Refused(
                "hours.moved_on", _("It is not so any more."), _("Look at the times again, then correct them.")
            )
        if made.was_in is None:
            row.delete()
        else:
            row.checked_in_at, row.checked_out_at, row.is_corrected = made.was_in, made.was_out, made.was_corrected
            row.save(update_fields=["checked_in_at", "checked_out_at", "is_corrected"])
        made.undone_at = timezone.now()
        made.save(update_fields=["undone_at"])
        body = {"day": made.day, "band": made.band, "correction": made.pk, "is": _iso(made.was_in, made.was_out)}
        _tell(
            edition,
            [made.volunteer],
            record(UNDO, edition=edition, by=by, subject=(SUBJECT, made.volunteer), body=body),
        )


def close_band(*, edition: Edition, day: str, band: str, witnessed: Witnessed, by: Person) -> int:
    """Let everybody who came to a band that is over, and never checked out, have left at its end; they are told. Gives how many.

    Raises ``Refused`` as long as the band lasts, or where all have left.
    """
    matrix.require(by, policy.CORRECT_HOURS, edition)
    with transaction.atomic(), scope(edition=edition):
        hours = _hours(cells_of(edition), day, band)
        second, faults = _second(edition, witnessed, "", by)
        refuse(faults)
        if hours is None or not hours.is_over(timezone.now()):
            raise Refused("hours.lasts", _("This band is not over."), _("Wait until it has ended."), field="band")
        rows = list(
            Attendance.objects.select_for_update().filter(day=day, band=band, checked_out_at=None).order_by("pk")[:MOST_CLOSED]
        )  # fmt: skip
        if not rows:
            raise Refused(
                "hours.none_open", _("Everybody has left already."), _("Look at the times again."), field="band"
            )
        made = [
            Correction(
                edition=edition, volunteer=each.volunteer, day=day, band=band, was_in=each.checked_in_at, was_corrected=each.is_corrected,
                to_in=each.checked_in_at, to_out=_left_at(each, hours), reason=witnessed.reason.strip(), by_code=by.code, second_code=second,
            )
            for each in rows
        ]  # fmt: skip
        Correction.objects.bulk_create(made, batch_size=500)
        for each in rows:
            each.checked_out_at = _left_at(each, hours)
        Attendance.objects.bulk_update(rows, ["checked_out_at"], batch_size=500)
        told = [each.volunteer for each in rows]
        body = {"day": day, "band": band, "second": second, "out": hours.ends_at.isoformat(), "volunteers": told}
        _tell(edition, told, record(CLOSE, edition=edition, by=by, subject=(SUBJECT, f"{day} {band}"), body=body))
        return len(rows)


def _left_at(row: Attendance, hours: Hours) -> datetime:
    """The end of the band; of who came later, by a plan that had it later, just after they came."""
    return max(hours.ends_at, row.checked_in_at + timedelta(microseconds=1))


def _post_of(edition: Edition, volunteer: str, day: str, band: str) -> str:
    """Where somebody came, or is rostered. Raises ``Refused`` where neither is so."""
    seat = {"volunteer": volunteer, "day": day, "band": band}
    came = Attendance.objects.filter(**seat).values_list("post", flat=True).first()
    post = came or Shift.objects.filter(**seat).exclude(post="").values_list("post", flat=True).first()
    if post is None:
        what = _("This volunteer neither came to this shift nor is rostered in it.")
        raise Refused("hours.not_rostered", what, _("Look at the roster again."), field="volunteer")
    return post


def _hours(cells: Cells, day: str, band: str) -> Hours | None:
    return cells.hours(day, band) if day in cells.days and band in cells.bands else None


def _second(edition: Edition, witnessed: Witnessed, volunteer: str, by: Person) -> tuple[str, list[Refused]]:
    """Code of the second person, and what is wrong with what was said."""
    found = people_of(edition, [witnessed.second.strip()]) if witnessed.second.strip() else []
    faults, one = [], found[0] if len(found) == 1 else None
    if not 0 < len(witnessed.reason.strip()) <= MOST_REASON:
        faults.append(
            Refused(
                "hours.reason", _("The reason is missing, or too long."), _("Say in a sentence why."), field="reason"
            )
        )
    if one is None or not one.is_active:
        mend = _("Give the code or sign-in name of somebody with a part in this edition who knows it too.")
        faults.append(Refused("hours.second", _("The second person is not known."), mend, field="second"))
    elif one.pk == by.pk or volunteer.lower() in (one.code.lower(), one.username.lower()):
        mend = _("Name somebody else than yourself and the volunteer.")
        faults.append(Refused("hours.second", _("The second person must be another."), mend, field="second"))
    return one.code if one else "", faults


def _faults(hours: Hours | None, begins: datetime, ends: datetime | None) -> Sequence[Refused]:
    now, faults = timezone.now(), []
    if begins > now or (hours and not hours.opens_at <= begins < hours.ends_at):
        mend = _("Give a time from an hour before the shift to its end that is not to come.")
        faults.append(Refused("hours.in", _("Nobody came to this shift then."), mend, field="checked_in_at"))
    if ends is not None and (ends <= begins or ends > now or (hours and ends > hours.ends_at + LATEST)):
        mend = _("Give a time after coming, not to come, and at most six hours after the end of the shift.")
        faults.append(Refused("hours.out", _("Nobody left this shift then."), mend, field="checked_out_at"))
    return faults


def _iso(*times: datetime | None) -> list[str]:
    return [each.isoformat() if each else "" for each in times]


def _stale(was: tuple[datetime | None, datetime | None], *given: datetime | None) -> Stale:
    names = ("checked_in_at", "checked_out_at")
    diff = [(name, now or "", to or "") for name, now, to in zip(names, was, given, strict=True) if now != to]
    what = _("These times have been changed since you opened the page.")
    return Stale("hours.stale", what, _("Look at what holds now, then change it again."), diff=diff, version=0)


def _tell(edition: Edition, volunteers: Sequence[str], act: Act) -> None:
    path = reverse("my-hours", args=[edition.code])
    notify(
        edition=edition,
        people=people_of(edition, volunteers),
        kind=CHANGED,
        values={"edition": edition.code},
        path=path,
        act=act,
    )
