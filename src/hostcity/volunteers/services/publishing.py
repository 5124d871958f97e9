"""A draft becomes the roster that holds: one line in the ledger, and a notice to everybody whose shifts are others now."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, RowsMovedOn
from hostcity.core.models import Act, Edition, Person, Result
from hostcity.core.notices.services import notify
from hostcity.core.plan_rows.changes import CannotUndo
from hostcity.core.plan_rows.many import Diff, State, diff_of, rows_line, turned_round
from hostcity.core.plan_rows.queries import stored_rows
from hostcity.core.plan_rows.writing import lock_plan, write_sheets
from hostcity.volunteers import policy
from hostcity.volunteers.drafts import Draft, draft_of, last_number, last_publication
from hostcity.volunteers.from_plan import difference, stored_states, write
from hostcity.volunteers.models import SHEET, Pin
from hostcity.volunteers.sheet import refuse_moved_on

PUBLISH = "roster.publish"  # what such an act is called: its verb is that of rows
CHANGED = "roster.changed"  # kind of a notice
MOST_CODE = 60  # characters of a row's code in the plan
Seat = tuple[str, str, str]


def publish_roster(*, edition: Edition, result: Result, number: int, by: Person) -> Act | None:
    """Make the roster equal to a draft; nothing differs = nothing is written. ``number`` is that of the last act on it when its
    difference was looked at.

    Raises ``Refused`` when the roster was changed since, or the draft names what the plan does not have any more.
    """
    matrix.require(by, policy.PUBLISH_ROSTER, edition, result)
    draft = draft_of(result)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        if last_number(edition) != number:
            mend = _("Look at what would change now.")
            raise Refused("roster.changed_since", _("The roster has been changed meanwhile."), mend)
        refuse_gone(edition, draft)
        diff = publication(edition, draft)
        write(edition, diff)
        acts = write_sheets(edition, {}, by=by, lines=rows_line(SHEET, diff, kind=PUBLISH, result=result.pk))
        _forget_pins(draft)
        if acts:
            tell_changed(edition, diff, acts[0])
        return acts[0] if acts else None


def undo_publication(*, edition: Edition, act: Act, by: Person) -> Act:
    """Put the roster back as it was before the last draft was published, or the last mended day was made so.

    Raises ``RowsMovedOn`` when it has been changed since.
    """
    matrix.require(by, policy.PUBLISH_ROSTER, edition, act)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        last = last_publication(edition)
        diff = turned_round(diff_of(act)) if last and last.pk == act.pk else {}
        try:
            if not diff:
                raise CannotUndo(_("The roster has been changed since."))
            refuse_moved_on(edition, diff)
        except CannotUndo as why:
            raise RowsMovedOn("roster.cannot_undo", why.reason, _("Publish another draft."), rows=()) from None
        write(edition, diff)
        done = write_sheets(edition, {}, by=by, lines=rows_line(SHEET, diff, kind=act.body["kind"], undoes=act.number))[
            0
        ]
        tell_changed(edition, diff, done)
        return done


def refuse_gone(edition: Edition, draft: Draft) -> None:
    """Raise ``Refused`` where a draft has somebody, or a post or time, that the plan does not have any more. Four queries."""
    for sheet, name, place in (
        ("service_days", "days", 1),
        ("bands", "bands", 2),
        ("posts", "posts", 3),
        ("volunteers", "people", 0),
    ):
        served = {seat[place] for seat in draft.seats()}
        left = served - set(stored_rows(edition, sheet).values_list("key", flat=True))
        if left:
            what = _("The plan does not have everybody and everything of this draft any more.")
            raise Refused(f"roster.gone_{name}", what, _("Have another draft made."))


def publication(edition: Edition, draft: Draft) -> Diff:
    """What publishing a draft would change in the roster; one query, within the edition's scope."""
    stored = stored_states(edition)
    return difference(stored, wanted_states(stored, draft))


def wanted_states(stored: dict[str, State], draft: Draft) -> dict[str, State]:
    """The rows of a draft: a seat that there is keeps its code and place, and who is kept free stays so."""
    at_seat: dict[Seat, State] = {(each["volunteer"], each["day"], each["band"]): each for each in stored.values()}
    locked, used = _locked_seats(draft), set(stored)
    behind = max((each["position"] for each in stored.values()), default=-1) + 1
    wanted: dict[str, State] = {}
    for volunteer, day, band, post in draft.seats():
        seat = (volunteer, day, band)
        was = at_seat.pop(seat, None)
        code = was["code"] if was else fresh("-".join(seat), used)
        position = was["position"] if was else behind
        behind += was is None
        wanted[code] = {
            "code": code, "volunteer": volunteer, "day": day, "band": band, "post": post,
            "is_locked": locked.get(seat) == post, "position": position,
        }  # fmt: skip
    return wanted | _kept_free(at_seat, locked, used, behind)


def _kept_free(at_seat: dict[Seat, State], locked: dict[Seat, str], used: set[str], behind: int) -> dict[str, State]:
    """Rows of who is locked free."""
    wanted = {}
    for seat in (seat for seat, post in locked.items() if not post):
        if seat in at_seat:
            code, position = at_seat[seat]["code"], at_seat[seat]["position"]
        else:
            code, position, behind = fresh("-".join(seat), used), behind, behind + 1
        volunteer, day, band = seat
        wanted[code] = {
            "code": code, "volunteer": volunteer, "day": day, "band": band, "post": "", "is_locked": True, "position": position,
        }  # fmt: skip
    return wanted


def _locked_seats(draft: Draft) -> dict[Seat, str]:
    people, days, bands, posts = (draft.said[name] for name in ("people", "days", "bands", "posts"))
    return {
        (people[each.person][0], days[each.day]["code"], bands[each.shift]["code"]): posts[each.post]["code"] if each.post >= 0 else ""
        for each in draft.problem.locks
    }  # fmt: skip


def fresh(code: str, used: set[str]) -> str:
    """The code, short enough for the plan, or one like it that no other row has."""
    number, found = 1, code[:MOST_CODE]
    while found in used:
        number += 1
        end = f"-{number}"
        found = code[: MOST_CODE - len(end)] + end
    used.add(found)
    return found


def _forget_pins(draft: Draft) -> None:
    """Pins that a draft kept: its locked shifts say the same now."""
    locked = _locked_seats(draft)
    done = [pin.pk for pin in Pin.objects.all() if locked.get((pin.volunteer, pin.day, pin.band)) == pin.post]
    Pin.objects.filter(pk__in=done).delete()


def tell_changed(edition: Edition, diff: Diff, act: Act) -> None:
    """A notice to everybody with an account whose seats are others."""
    codes = {
        state["volunteer"] for was, now in diff.values() if _told(was) != _told(now) for state in (was, now) if state
    }
    people = people_of(edition, codes)
    path = reverse("my-shifts", args=[edition.code])
    notify(edition=edition, people=people, kind=CHANGED, values={"edition": edition.code}, path=path, act=act)


def _told(state: State | None) -> tuple[str, ...]:
    """What of a row its volunteer is told; () = they do not serve."""
    return (state["day"], state["band"], state["post"]) if state and state["post"] else ()


def people_of(edition: Edition, codes: Iterable[str]) -> list[Person]:
    """People with a part in the edition whose code, or sign-in name, is that of a volunteer."""
    wanted, found = sorted(codes), []
    for first in range(0, len(wanted), 400):
        some = wanted[first : first + 400]
        of_them = Q(code__in=some) | Q(in_lower__in=[each.lower() for each in some])  # sign-in names are kept so
        rows = Person.objects.annotate(in_lower=Lower("username")).filter(of_them, assignments__edition=edition)
        found += list(rows.distinct())
    return found
