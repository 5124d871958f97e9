"""Locking seats, so that the next draft keeps them."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, refuse
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Person
from hostcity.core.plan_rows.many import rows_line
from hostcity.core.plan_rows.queries import stored_row
from hostcity.core.plan_rows.writing import lock_plan, write_sheets
from hostcity.volunteers import policy
from hostcity.volunteers.from_plan import stored_states, write
from hostcity.volunteers.models import SHEET, Pin, Shift

LOCK, UNLOCK = "roster.lock", "roster.unlock"
SUBJECT = "roster.seat"
SHEETS = {"volunteer": "volunteers", "day": "service_days", "band": "bands", "post": "posts"}


def lock_seat(*, edition: Edition, volunteer: str, day: str, band: str, post: str, by: Person) -> Pin:
    """Have the next draft keep somebody at a post, or ("") free, in a band of a day. Raises ``Refused`` for codes that are none."""
    matrix.require(by, policy.CHANGE_ROSTER, edition)
    given = {"volunteer": volunteer, "day": day, "band": band, "post": post}
    with transaction.atomic(), scope(edition=edition):
        refuse(
            [
                _unknown(name, code)
                for name, code in given.items()
                if (code or name != "post") and not stored_row(edition, SHEETS[name], code)
            ]
        )
        pin, _made = Pin.objects.update_or_create(
            edition=edition, volunteer=volunteer, day=day, band=band, defaults={"post": post, "by_code": by.code}
        )
        record(LOCK, edition=edition, by=by, subject=(SUBJECT, volunteer), body=given)
        return pin


def _unknown(name: str, code: str) -> Refused:
    what = format_lazy(_("There is no row {key}."), key=code)
    return Refused("roster.unknown", what, _("Choose one of the plan."), field=name)


def unlock_seat(*, edition: Edition, volunteer: str, day: str, band: str, by: Person) -> None:
    """Let the next draft give a seat to whomever. A locked shift of the roster as it holds stays, and is unlocked.

    Raises ``Refused`` for a seat that is not locked.
    """
    matrix.require(by, policy.CHANGE_ROSTER, edition)
    seat = {"volunteer": volunteer, "day": day, "band": band}
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        pins = Pin.objects.filter(**seat)
        row = Shift.objects.filter(**seat, is_locked=True).first()
        if row is None and not pins.exists():
            raise Refused("roster.not_locked", _("This seat is not locked."), _("Look at the roster again."))
        pins.delete()
        if row is not None:
            was = stored_states(edition, [row.code])[row.code]
            diff = {row.code: (was, was | {"is_locked": False} if row.post else None)}
            write(edition, diff)
            write_sheets(edition, {}, by=by, lines=rows_line(SHEET, diff, kind=UNLOCK))
        else:
            record(UNLOCK, edition=edition, by=by, subject=(SUBJECT, volunteer), body=seat)
