"""Changes that were tried are kept: seats locked, and the next draft made with them."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, refuse
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Job, Person, Result
from hostcity.core.plan_rows.queries import stored_rows
from hostcity.core.plan_rows.writing import lock_plan
from hostcity.core.sayings import Joined
from hostcity.volunteers import policy
from hostcity.volunteers.drafts import Draft, codes, draft_of
from hostcity.volunteers.models import Pin
from hostcity.volunteers.services.making import make_roster
from hostcity.volunteers.services.pinning import SHEETS
from hostcity.volunteers.whatif.asking import MOST_NAMED, Asked, faults

KEEP = "roster.keep"
SUBJECT = "roster"
Pinned = dict[tuple[str, str, str], str]  # volunteer, day, band -> post; "" = free


def keep_changes(*, edition: Edition, result: Result, asked: Asked, by: Person) -> Job:
    """Lock the seats of changes that were tried on a draft, in one act, and have the next draft made as that one was.

    Cells that are closed or need others are the plan's: they are changed there. Raises ``Refused`` for what the draft or the plan
    does not have, for changes without seats, and for seats that somebody has locked otherwise.
    """
    matrix.require(by, policy.CHANGE_ROSTER, edition, result)
    draft = draft_of(result)
    refuse(faults(draft, asked))
    seats = seats_kept(draft, asked)
    if not seats:
        mend = _("Change sheet Needs for cells that are closed or need others, then have a draft made.")
        raise Refused("what_if.no_seats", _("No seat would be locked by these changes."), mend)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        refuse(list(_gone(edition, seats)))
        if _lock(edition, seats, by):
            record(KEEP, edition=edition, by=by, subject=(SUBJECT, ""), body={"result": result.pk, "seats": len(seats)})
        same = {name: result.inputs[name] for name in ("seed", "mate") if name in result.inputs}
        return make_roster(edition=edition, by=by, **same)


def seats_kept(draft: Draft, asked: Asked) -> Pinned:
    """Seats that would be locked: where people are moved to, or taken off; every band of a day on which somebody is away."""
    found: Pinned = {
        (volunteer, day, band): "" for volunteer, day in asked.absent for band in codes(draft.said["bands"])
    }
    return found | {(volunteer, day, band): post for volunteer, day, band, post in asked.moves}


def _gone(edition: Edition, seats: Pinned) -> Iterator[Refused]:
    """Codes that the plan does not have any more. Four queries."""
    rows = [(*seat, post) for seat, post in seats.items()]
    for sheet, used in zip(SHEETS.values(), zip(*rows, strict=True), strict=True):
        left = sorted({code for code in used if code} - set(stored_rows(edition, sheet).values_list("key", flat=True)))
        if left:
            what = format_lazy(_("The plan does not have {codes} any more."), codes=Joined(left[:MOST_NAMED]))
            yield Refused("what_if.gone", what, _("Have another draft made, and try it on that one."))


def _lock(edition: Edition, seats: Pinned, by: Person) -> int:
    """Lock those that are not yet; how many these are."""
    known: Pinned = {
        (each.volunteer, each.day, each.band): each.post
        for each in Pin.objects.filter(volunteer__in={seat[0] for seat in seats})
    }
    other = [" ".join(seat) for seat, post in sorted(seats.items()) if known.get(seat, post) != post]
    if other:
        what = format_lazy(_("Locked otherwise already: {seats}."), seats=Joined(other[:MOST_NAMED]))
        raise Refused("what_if.locked_otherwise", what, _("Unlock them on the page Roster first."))
    made = Pin.objects.bulk_create(
        Pin(edition=edition, volunteer=volunteer, day=day, band=band, post=post, by_code=by.code)
        for (volunteer, day, band), post in seats.items()
        if (volunteer, day, band) not in known
    )
    return len(made)
