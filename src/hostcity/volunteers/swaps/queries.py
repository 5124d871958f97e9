"""What is offered to whom, one's own offers, and what waits for the coordinator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hostcity.core.models import Edition, Person
from hostcity.volunteers.duty.cells import Cell, Cells, Hours, cells_of
from hostcity.volunteers.models import PENDING, Attendance, Offer, OfferState, Shift
from hostcity.volunteers.own import name_of
from hostcity.volunteers.services.publishing import people_of
from hostcity.volunteers.swaps.judging import Bench
from hostcity.volunteers.swaps.offers import Band, back_of, can_happen, cell_of, is_ahead, moves_of, volunteer_of
from hostcity.volunteers.swaps.services import may_take, own_codes

MOST_LOOKED_AT = 400  # open offers that are judged for somebody, those that begin first
MOST_OWN, MOST_PAST = 30, 50  # offers that are listed


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """An offer in words."""

    offer: Offer
    cell: Cell
    said: str  # post, date and hours
    zone: str
    hours: Hours | None  # None = the plan does not have it any more
    giver: str  # name, where there is an account; else the code
    back: str = ""
    can_happen: bool = False
    backs: tuple[tuple[Cell, str], ...] = ()  # shifts of the reader that would do in return
    rises: tuple[tuple[str, float, float], ...] = field(default=())  # cell, and how likely it is short before and after


def offers_for(edition: Edition, person: Person, now: datetime) -> list[Told]:
    """Offers that somebody could take: the engine's check finds nothing that would be broken by it. By time.

    A fixed number of queries, however many offers; within the edition's scope.
    """
    taker = volunteer_of(edition, person)
    if not taker:
        return []
    cells = cells_of(edition)
    mine = [each for each in Shift.objects.of_volunteers([taker]) if each.post]
    kept = {(each.day, each.band) for each in Shift.objects.of_volunteers([taker])}
    rows = Offer.objects.filter(edition=edition, state=OfferState.OPEN, named__in=["", taker]).exclude(giver=taker)
    fits = [each for each in rows if may_take(each, taker) and can_happen(cells, each, now)]
    fits.sort(key=lambda each: (cells.hours(each.day, each.band), each.pk))
    fits = _still_held(fits[:MOST_LOOKED_AT])
    ways = {each.pk: _ways(cells, each, taker, mine, kept, now) for each in fits}
    fits = [each for each in fits if ways[each.pk]]
    if not fits:
        return []
    held = _held_by({each.giver for each in fits})
    bench = Bench.of(edition, {taker, *(each.giver for each in fits)})
    good = {
        each.pk: [way for way in ways[each.pk] if _is_free(held, each, way) and not bench.broken_by(moves_of(each, taker, way))]
        for each in fits
    }  # fmt: skip
    fits = [each for each in fits if good[each.pk]]
    names = names_of(edition, {each.giver for each in fits})
    return [_told(cells, each, names, now, [way for way in good[each.pk] if way]) for each in fits]


def _still_held(offers: Sequence[Offer]) -> list[Offer]:
    """Those whose shift is still where it was, and to which nobody has checked in. Two queries."""
    givers = {each.giver for each in offers}
    rows = Shift.objects.of_volunteers(sorted(givers)).values_list("volunteer", "day", "band", "post")
    came = set(Attendance.objects.filter(volunteer__in=givers).values_list("volunteer", "day", "band"))
    held = set(rows)
    seat = [(each.giver, each.day, each.band) for each in offers]
    return [each for each, of in zip(offers, seat, strict=True) if (*of, each.post) in held and of not in came]


def _held_by(people: Iterable[str]) -> set[tuple[str, str, str]]:
    rows = Shift.objects.of_volunteers(sorted(people))
    return set(rows.values_list("volunteer", "day", "band"))


def _ways(
    cells: Cells, offer: Offer, taker: str, mine: Iterable[Shift], kept: set[Band], now: datetime
) -> list[Cell | None]:
    """What the taker could give for it: each shift that would do; None = nothing is asked. Empty = there is no way."""
    is_kept = (offer.day, offer.band) in kept
    if not offer.is_trade:
        return [] if is_kept else [None]
    backs = [
        Cell(each.post, each.day, each.band)
        for each in mine
        if [each.day, each.band] in offer.wanted and is_ahead(cells, Cell(each.post, each.day, each.band), now)
    ]
    # Who serves in that band trades that shift, or none.
    return [each for each in backs if not is_kept or (each.day, each.band) == (offer.day, offer.band)]


def _is_free(held: set[tuple[str, str, str]], offer: Offer, back: Cell | None) -> bool:
    """Whether the giver has no other shift where the one in return is."""
    if back is None or (back.day, back.band) == (offer.day, offer.band):
        return True
    return (offer.giver, back.day, back.band) not in held


def own_offers(edition: Edition, person: Person, now: datetime) -> list[Told]:
    """What somebody offered, or took and waits for; the latest first."""
    codes = own_codes(edition, person)
    rows = Offer.objects.filter(edition=edition)
    found = {each.pk: each for each in [*rows.filter(giver__in=codes).order_by("-pk")[:MOST_OWN], *rows.filter(taker__in=codes).order_by("-pk")[:MOST_OWN]]}  # fmt: skip
    cells, offers = cells_of(edition), sorted(found.values(), key=lambda each: -each.pk)[:MOST_OWN]
    names = names_of(edition, {each.giver for each in offers})
    return [_told(cells, each, names, now) for each in offers]


def pending_offers(edition: Edition, person: Person) -> dict[tuple[str, str, str], Offer]:
    """One's own offers of which something may come yet, by seat. Three queries."""
    rows = Offer.objects.filter(edition=edition, giver__in=own_codes(edition, person), state__in=PENDING)
    return {(each.giver, each.day, each.band): each for each in rows}


def waiting_offers(edition: Edition, now: datetime) -> list[Told]:
    """What the coordinator is asked for, and has time for yet: by time."""
    cells = cells_of(edition)
    rows = [
        each for each in Offer.objects.filter(edition=edition, state=OfferState.WAITING) if can_happen(cells, each, now)
    ]
    rows.sort(key=lambda each: (cells.hours(each.day, each.band), each.pk))
    names = names_of(edition, {each.giver for each in rows})
    return [_told(cells, each, names, now) for each in rows]


def past_offers(edition: Edition, now: datetime) -> list[Told]:
    """Swaps that were made so, declined or undone, the latest first."""
    states = (OfferState.DONE, OfferState.DECLINED, OfferState.UNDONE)
    rows = list(Offer.objects.filter(edition=edition, state__in=states).order_by("-changed_at", "-pk")[:MOST_PAST])
    cells, names = cells_of(edition), names_of(edition, {each.giver for each in rows})
    return [_told(cells, each, names, now) for each in rows]


def open_count(edition: Edition, now: datetime) -> int:
    """How many shifts are offered and not taken."""
    cells = cells_of(edition)
    return sum(can_happen(cells, each, now) for each in Offer.objects.filter(edition=edition, state=OfferState.OPEN))


def told_of(edition: Edition, offer: Offer, now: datetime) -> Told:
    """One of them."""
    return _told(cells_of(edition), offer, names_of(edition, {offer.giver}), now)


def names_of(edition: Edition, codes: Iterable[str]) -> dict[str, str]:
    """Names of volunteers who have an account. One query of 400 codes."""
    wanted = set(codes)
    named = {}
    for each in people_of(edition, wanted):
        for code in wanted:
            if each.code == code or each.username.lower() == code.lower():
                named[code] = each.name
    return named


def _told(cells: Cells, offer: Offer, names: dict[str, str], now: datetime, backs: Iterable[Cell] = ()) -> Told:
    cell, back = cell_of(offer), back_of(offer)
    is_known = cell in cells
    zone = cells.zones.get(cells.posts[cell.post].zone) if is_known else None
    return Told(
        offer=offer, cell=cell, said=_words(cells, cell), zone=name_of(zone) if zone else "",
        hours=cells.hours(cell.day, cell.band) if is_known else None, giver=names.get(offer.giver, offer.giver),
        back=_words(cells, back) if back else "", can_happen=can_happen(cells, offer, now),
        backs=tuple((each, _words(cells, each)) for each in backs),
        rises=tuple((_words(cells, Cell(post, day, band)), was, then) for day, band, post, was, then in offer.rises),
    )  # fmt: skip


def _words(cells: Cells, cell: Cell) -> str:
    return cells.said(cell) if cell in cells else f"{cell.post} · {cell.day} {cell.band}"
