"""Acts on offers: giving a shift, taking it, deciding on it, taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.api.rates import Rate
from hostcity.core.errors import Refused, RowsMovedOn, Stale, refuse
from hostcity.core.ledger import Line, record
from hostcity.core.models import Act, Edition, Person
from hostcity.core.models.people import Role
from hostcity.core.notices.services import notify
from hostcity.core.plan_rows.changes import CannotUndo
from hostcity.core.plan_rows.many import diff_of, rows_line, turned_round
from hostcity.core.plan_rows.queries import stored_row
from hostcity.core.plan_rows.writing import lock_plan, write_sheets
from hostcity.volunteers import policy
from hostcity.volunteers.acceptance.answers import keep_answers
from hostcity.volunteers.duty.cells import Cell, Cells, cells_of
from hostcity.volunteers.from_plan import write
from hostcity.volunteers.models import PENDING, SHEET, Offer, OfferState, Shift, SwapRule
from hostcity.volunteers.own import rows_of
from hostcity.volunteers.services.publishing import people_of, tell_changed
from hostcity.volunteers.sheet import refuse_moved_on
from hostcity.volunteers.swaps.judging import Bench, refuse_broken
from hostcity.volunteers.swaps.offers import (
    Band,
    back_of,
    begun,
    can_happen,
    cell_of,
    gone,
    is_ahead,
    moves_of,
    refuse_come,
    refuse_taken,
    rule_of,
    volunteer_of,
)
from hostcity.volunteers.swaps.seats import difference_of

OFFER, WITHDRAW, TAKE, DECLINE, RULE = "swap.offer", "swap.withdraw", "swap.take", "swap.decline", "swap.rule"
SWAPPED = "roster.swapped"  # what the act is called that makes it so: its verb is that of rows
SUBJECT = "swap"
NAMED, WAITS, DECLINED = "swap.named", "swap.waits", "swap.declined"  # kinds of notices
#: Offers to somebody by code: a code that is none is told so, and nobody tries all of them.
TRIES = Rate(burst=10, per_s=1 / 30)


def offer_shift(
    *, edition: Edition, day: str, band: str, by: Person, named: str = "", wanted: Sequence[Band] = ()
) -> Offer:
    """Offer one's own shift: to anybody, or to the volunteer of a code; for nothing, or for a shift in one of the bands ``wanted``.

    Raises ``Refused`` for a shift that is not theirs, has begun, is offered already or may not be left by the rules, and for
    codes that are none.
    """
    matrix.require(by, policy.OWN_SWAPS, edition)
    if named and (wait_s := TRIES.wait_s(f"{edition.pk}/{by.pk}")):
        mend = format_lazy(_("Try again in {seconds} s, or offer it to anybody."), seconds=wait_s)
        raise Refused("swap.tries", _("Too many codes were tried."), mend, field="named")
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        cells = cells_of(edition)
        shift = _own_shift(edition, cells, day, band, by)
        asked = [list(each) for each in dict.fromkeys((str(one), str(other)) for one, other in wanted)]
        refuse([*_named_faults(edition, named, shift), *_wanted_faults(edition, cells, asked, shift)])
        _forget_moved(shift)
        refuse_broken(Bench.of(edition, [shift.volunteer]).broken_by({(shift.volunteer, day, band): ""}))
        offer = Offer.objects.create(
            edition=edition, giver=shift.volunteer, day=day, band=band, post=shift.post, named=named, wanted=asked, by_code=by.code
        )  # fmt: skip
        act = record(OFFER, edition=edition, by=by, subject=_subject(offer), body=_body(offer))
        if named:
            _tell(edition, people_of(edition, [named]), NAMED, "swap-offers", act)
        return offer


def _own_shift(edition: Edition, cells: Cells, day: str, band: str, by: Person) -> Shift:
    shift = rows_of(edition, by).filter(day=day, band=band).first()
    if shift is None:
        raise Refused("swap.not_yours", _("You have no shift then."), _("Look at your shifts again."))
    if not is_ahead(cells, Cell(shift.post, day, band), timezone.now()):
        raise begun()
    refuse_come(edition, [(shift.volunteer, day, band)])
    return shift


def _named_faults(edition: Edition, named: str, shift: Shift) -> list[Refused]:
    if not named:
        return []
    if named == shift.volunteer:
        what = _("This is your own code.")
    elif stored_row(edition, "volunteers", named) is None:
        what = _("There is no volunteer of this code.")
    else:
        return []
    return [Refused("swap.named", what, _("Ask for the code, or offer it to anybody."), field="named")]


def _wanted_faults(edition: Edition, cells: Cells, wanted: list[list[str]], shift: Shift) -> list[Refused]:
    """Bands that have begun, that there are not, or in which the giver serves already."""
    held = set(Shift.objects.of_volunteers([shift.volunteer]).values_list("day", "band")) - {(shift.day, shift.band)}
    now = timezone.now()
    wrong = [
        each
        for each in wanted
        if each[0] not in cells.days
        or each[1] not in cells.bands
        or cells.hours(*each).starts_at <= now
        or tuple(each) in held
    ]
    mend = _("Choose bands that are still to come, in which you have no shift.")
    return (
        [Refused("swap.wanted", _("In some of these bands you cannot serve."), mend, field="wanted")] if wrong else []
    )


def _forget_moved(shift: Shift) -> None:
    """Let go of an offer of this seat at another post; raise ``Refused`` where this very shift is offered already."""
    pending = Offer.objects.filter(giver=shift.volunteer, day=shift.day, band=shift.band, state__in=PENDING)
    if pending.filter(post=shift.post).exists():
        mend = _("Take the offer back first.")
        raise Refused("swap.twice", _("This shift is offered already."), mend)
    pending.update(state=OfferState.WITHDRAWN, version=F("version") + 1, changed_at=timezone.now())


def withdraw_offer(*, edition: Edition, offer: Offer, by: Person) -> Offer:
    """Take one's own offer back, also while it waits for the coordinator. Raises ``Refused`` where it is over."""
    matrix.require(by, policy.OWN_SWAPS, edition)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        offer = _locked(offer)
        if offer.giver not in own_codes(edition, by):
            raise matrix.NotAllowed(policy.OWN_SWAPS)
        if not offer.is_pending:
            raise gone()
        _keep(offer, OfferState.WITHDRAWN)
        record(WITHDRAW, edition=edition, by=by, subject=_subject(offer), body=_body(offer))
        return offer


def end_offers(edition: Edition, volunteers: set[str]) -> tuple[list[Line], set[str]]:
    """End what people have offered or taken who leave: nobody can approve it any more. Part of an act, within `lock_plan`.

    Gives the ledger's lines, and codes of who waited for them: they keep their shifts, and are to be told. Two queries.
    """
    lines, told = [], set()
    of_them = Q(giver__in=volunteers) | Q(taker__in=volunteers)
    for offer in Offer.objects.select_for_update().filter(of_them, edition=edition, state__in=PENDING).order_by("pk"):
        is_givers = offer.giver in volunteers
        other = offer.taker if is_givers else offer.giver
        _keep(offer, OfferState.WITHDRAWN if is_givers else OfferState.DECLINED)
        verb = WITHDRAW if is_givers else DECLINE
        lines.append(Line(verb=verb, subject_kind=SUBJECT, subject_key=str(offer.pk), body=_body(offer)))
        told |= {other} - {""}
    return lines, told - volunteers


def tell_ended(edition: Edition, volunteers: set[str], act: Act) -> None:
    """Tell those who waited for somebody who has left that nothing comes of it."""
    _tell(edition, people_of(edition, volunteers), DECLINED, "my-shifts", act)


def own_codes(edition: Edition, person: Person) -> set[str]:
    """Codes of volunteers whose shifts somebody sees as theirs. Two queries."""
    codes = set(rows_of(edition, person).values_list("volunteer", flat=True)) | {volunteer_of(edition, person)}
    return codes - {""}


def take_offer(*, edition: Edition, offer: Offer, by: Person, back: Band | None = None) -> Offer:
    """Take a shift that is offered, for one's own shift ``back`` where it is a trade: made so at once, or the coordinator is asked.

    It is judged on the roster as it holds now. Raises ``Refused`` where it is taken already, not for them, would break a rule, or
    the shift has begun.
    """
    matrix.require(by, policy.OWN_SWAPS, edition)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        offer, cells = _locked(offer), cells_of(edition)
        taker = volunteer_of(edition, by)
        if offer.state != OfferState.OPEN or not may_take(offer, taker):
            raise gone()
        given = _back_cell(edition, offer, taker, back)
        if given:
            offer.back_post, offer.back_day, offer.back_band = given
        offer.taker = taker
        rises = _judged(edition, cells, offer)
        if rises is None:
            return _exchange(edition, offer, by)
        offer.rises = rises
        _keep(offer, OfferState.WAITING)
        act = record(TAKE, edition=edition, by=by, subject=_subject(offer), body=_body(offer))
        _tell(edition, coordinators(edition), WAITS, "swaps", act)
        return offer


def may_take(offer: Offer, taker: str) -> bool:
    """Whether it is for somebody at all."""
    return bool(taker) and taker != offer.giver and offer.named in ("", taker)


def _back_cell(edition: Edition, offer: Offer, taker: str, back: Band | None) -> Cell | None:
    if not offer.is_trade:
        return None
    shift = Shift.objects.filter(volunteer=taker, day=back[0], band=back[1]).exclude(post="").first() if back else None
    if shift is None or [shift.day, shift.band] not in offer.wanted:
        mend = _("Choose one of your shifts that would do.")
        raise Refused("swap.back", _("This is a trade: one of your shifts goes back for it."), mend, field="back")
    return Cell(shift.post, shift.day, shift.band)


def _judged(edition: Edition, cells: Cells, offer: Offer) -> list[Any] | None:
    """None = it holds by the rule; else the cells for which the coordinator is asked. Raises ``Refused`` for what cannot be at all."""
    if not can_happen(cells, offer, timezone.now()):
        raise begun()
    back, rule = back_of(offer), rule_of(edition)
    refuse_taken(edition, offer, offer.taker, back)
    moves = moves_of(offer, offer.taker, back)
    touched = [(each.day, each.band, each.post) for each in (cell_of(offer), back) if each]
    bench = Bench.of(edition, [offer.giver, offer.taker], touched)
    refuse_broken(bench.broken_by(moves))
    rises = [list(each) for each in bench.rises(moves, rule.most_short)]
    return None if rule.is_automatic and not rises else rises


def _exchange(edition: Edition, offer: Offer, by: Person) -> Offer:
    """Make it so: one line of the ledger, and everybody whose shifts are others is told."""
    moves = moves_of(offer, offer.taker, back_of(offer))
    diff = difference_of(edition, moves)
    write(edition, diff)
    act = write_sheets(edition, {}, by=by, lines=rows_line(SHEET, diff, kind=SWAPPED, swap=offer.pk))[0]
    offer.act_number = act.number
    _keep(offer, OfferState.DONE)
    tell_changed(edition, diff, act)
    takes = {seat: post for seat, post in moves.items() if post}
    keep_answers(edition, takes, accepts=True, by_code=by.code, at=timezone.now())  # who takes a shift has accepted it
    return offer


def approve_swap(*, edition: Edition, offer: Offer, by: Person) -> Offer:
    """Make a swap so that waits. Raises ``Refused`` where it waits no more, has begun, or would break a rule by now."""
    matrix.require(by, policy.APPROVE_SWAPS, edition, offer)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        offer = _waiting(offer)
        offer.rises = _judged(edition, cells_of(edition), offer) or []
        return _exchange(edition, offer, by)


def decline_swap(*, edition: Edition, offer: Offer, by: Person) -> Offer:
    """Leave the roster as it is; both are told. Raises ``Refused`` where it waits no more."""
    matrix.require(by, policy.APPROVE_SWAPS, edition, offer)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        offer = _waiting(offer)
        _keep(offer, OfferState.DECLINED)
        act = record(DECLINE, edition=edition, by=by, subject=_subject(offer), body=_body(offer))
        _tell(edition, people_of(edition, [offer.giver, offer.taker]), DECLINED, "my-shifts", act)
        return offer


def undo_swap(*, edition: Edition, offer: Offer, by: Person) -> Offer:
    """Put both back to their shifts; they are told.

    Raises ``RowsMovedOn`` where one of the rows has been changed since, ``Refused`` where a shift has begun or a rule would be broken.
    """
    matrix.require(by, policy.APPROVE_SWAPS, edition, offer)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        offer, cells = _locked(offer), cells_of(edition)
        if offer.state != OfferState.DONE:
            raise gone()
        cell, back = cell_of(offer), back_of(offer)
        if not all(is_ahead(cells, each, timezone.now()) for each in (cell, back) if each):
            raise begun()
        diff = turned_round(diff_of(Act.objects.get(edition=edition, number=offer.act_number)))
        try:
            refuse_moved_on(edition, diff)
        except CannotUndo as why:
            raise RowsMovedOn("swap.cannot_undo", why.reason, _("Mend the day instead."), rows=()) from None
        turned: dict[tuple[str, str, str], str] = {(offer.taker, offer.day, offer.band): ""}
        if back:
            turned[offer.giver, back.day, back.band] = ""
            turned[offer.taker, back.day, back.band] = back.post
        turned[offer.giver, offer.day, offer.band] = offer.post
        refuse_come(edition, turned)
        refuse_broken(Bench.of(edition, [offer.giver, offer.taker]).broken_by(turned))
        write(edition, diff)
        lines = rows_line(SHEET, diff, kind=SWAPPED, swap=offer.pk, undoes=offer.act_number)
        act = write_sheets(edition, {}, by=by, lines=lines)[0]
        _keep(offer, OfferState.UNDONE)
        tell_changed(edition, diff, act)
        return offer


def change_swap_rule(*, edition: Edition, is_automatic: bool, most_short: float, version: int, by: Person) -> SwapRule:
    """Set the rule by which swaps hold. Raises ``Stale`` when somebody else did meanwhile, ``Refused`` for what is no probability."""
    matrix.require(by, policy.APPROVE_SWAPS, edition)
    if not 0 <= most_short <= 1:
        raise Refused("swap.most_short", _("This cannot be."), _("Give a share from 0 to 100 %."), field="most_short")
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        was = rule_of(edition)
        now = {"is_automatic": is_automatic, "most_short": float(most_short)}
        differs = {name: [getattr(was, name), value] for name, value in now.items() if getattr(was, name) != value}
        if was.version != version:
            raise Stale(
                "swap.stale",
                _("Somebody changed the rule since you opened the page."),
                _("Look at what holds now, then change it again."),
                diff=[(name, old, new) for name, (old, new) in differs.items()],
                version=was.version,
            )
        fields = now | {"version": version + 1}
        row, _made = SwapRule.objects.update_or_create(edition=edition, defaults=fields)
        if differs:
            record(RULE, edition=edition, by=by, subject=(SUBJECT, ""), body=differs)
        return row


def coordinators(edition: Edition) -> list[Person]:
    """Who decides. One query."""
    rows = Person.objects.filter(assignments__edition=edition, assignments__role=Role.COORDINATOR)
    return list(rows.distinct())


def _locked(offer: Offer) -> Offer:
    """The row as it stands now, and until this act is done."""
    return Offer.objects.select_for_update().get(pk=offer.pk)


def _waiting(offer: Offer) -> Offer:
    found = _locked(offer)
    if found.state != OfferState.WAITING:
        raise gone()
    return found


def _keep(offer: Offer, state: OfferState) -> None:
    offer.state, offer.version, offer.changed_at = state, offer.version + 1, timezone.now()
    offer.save()


def _subject(offer: Offer) -> tuple[str, str]:
    return SUBJECT, str(offer.pk)


def _body(offer: Offer) -> dict[str, Any]:
    """What the ledger says: codes."""
    names = ("giver", "day", "band", "post", "named", "taker", "back_day", "back_band", "back_post")
    said = {name: value for name in names if (value := getattr(offer, name))}
    return said | ({"wanted": offer.wanted} if offer.wanted else {})


def _tell(edition: Edition, people: list[Person], kind: str, page: str, act: Act) -> None:
    path = reverse(page, args=[edition.code])
    notify(edition=edition, people=people, kind=kind, values={"edition": edition.code}, path=path, act=act)
