"""Swaps by the API."""

from __future__ import annotations

from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Path

from hostcity.core.api.operations import Operations
from hostcity.core.models import Edition
from hostcity.volunteers import policy
from hostcity.volunteers.models import Offer
from hostcity.volunteers.swaps import services
from hostcity.volunteers.swaps.offers import back_of, rule_of
from hostcity.volunteers.swaps.queries import Told, offers_for, own_offers, past_offers, told_of, waiting_offers
from hostcity.volunteers.swaps.schemas import (
    OfferGiven,
    OfferShown,
    OwnSwaps,
    RuleGiven,
    RuleShown,
    Swaps,
    SwapShown,
    TakeGiven,
)

operations = Operations("swaps")
Number = Annotated[int, Path(ge=1, le=2**62, description="Number of the offer.")]


def _shown(told: Told) -> dict[str, Any]:
    offer = told.offer
    return {
        "id": offer.pk, "state": offer.state, "can_happen": told.can_happen, "shift": told.cell._asdict(), "giver": told.giver,
        "starts_at": told.hours.starts_at if told.hours else None, "ends_at": told.hours.ends_at if told.hours else None,
        "wanted": offer.wanted, "backs": [cell._asdict() for cell, _said in told.backs],
    }  # fmt: skip


def _swap(told: Told) -> dict[str, Any]:
    offer, back = told.offer, back_of(told.offer)
    rises = [
        {"shift": {"day": day, "band": band, "post": post}, "was": was, "now": now}
        for day, band, post, was, now in offer.rises
    ]
    return _shown(told) | {
        "giver_code": offer.giver, "taker_code": offer.taker, "back": back._asdict() if back else None, "rises": rises,
        "version": offer.version, "act_number": offer.act_number or None,
    }  # fmt: skip


def _found(edition: Edition, offer: int) -> Offer:
    return get_object_or_404(Offer.objects.filter(edition=edition), pk=offer)


def _one(edition: Edition, offer: Offer) -> Told:
    return told_of(edition, offer, timezone.now())


@operations.get("/volunteers/swaps/own", policy.OWN_SWAPS, OwnSwaps)
def list_own_swaps(request: Any) -> Any:
    """List shifts that one could take, and one's own offers.

    What would break a rule for whoever asks is not listed.
    """
    now = timezone.now()
    offered, own = (find(request.edition, request.person, now) for find in (offers_for, own_offers))
    return {"offered": [_shown(each) for each in offered], "own": [_shown(each) for each in own]}


@operations.post("/volunteers/swaps", policy.OWN_SWAPS, OfferShown)
def offer_shift(request: Any, body: OfferGiven) -> Any:
    """Offer one's own shift.

    To anybody, or to one by code; for nothing, or for a shift in return.
    """
    wanted = [(each.day, each.band) for each in body.wanted]
    offer = services.offer_shift(
        edition=request.edition, day=body.day, band=body.band, named=body.named, wanted=wanted, by=request.person
    )
    return _shown(_one(request.edition, offer))


@operations.post("/volunteers/swaps/{offer}/withdraw", policy.OWN_SWAPS, OfferShown, status=200)
def withdraw_offer(request: Any, offer: Number) -> Any:
    """Take one's own offer back."""
    found = _found(request.edition, offer)
    return _shown(
        _one(request.edition, services.withdraw_offer(edition=request.edition, offer=found, by=request.person))
    )


@operations.post("/volunteers/swaps/{offer}/take", policy.OWN_SWAPS, OfferShown, status=200)
def take_offer(request: Any, offer: Number, body: TakeGiven) -> Any:
    """Take a shift that is offered.

    It is judged on the roster as it holds now. `done` = the roster is changed; `waiting` = the coordinator is asked.
    """
    back = (body.back.day, body.back.band) if body.back else None
    taken = services.take_offer(
        edition=request.edition, offer=_found(request.edition, offer), back=back, by=request.person
    )
    return _shown(_one(request.edition, taken))


@operations.get("/volunteers/swaps", policy.APPROVE_SWAPS, Swaps)
def list_swaps(request: Any) -> Any:
    """List swaps that wait, and what came of others."""
    now = timezone.now()
    waiting, past = (find(request.edition, now) for find in (waiting_offers, past_offers))
    return {"waiting": [_swap(each) for each in waiting], "past": [_swap(each) for each in past]}


@operations.post("/volunteers/swaps/{offer}/approve", policy.APPROVE_SWAPS, SwapShown, status=200)
def approve_swap(request: Any, offer: Number) -> Any:
    """Make a swap so that waits.

    It is judged again on the roster as it holds now.
    """
    found = _found(request.edition, offer)
    return _swap(_one(request.edition, services.approve_swap(edition=request.edition, offer=found, by=request.person)))


@operations.post("/volunteers/swaps/{offer}/decline", policy.APPROVE_SWAPS, SwapShown, status=200)
def decline_swap(request: Any, offer: Number) -> Any:
    """Leave the roster as it is."""
    found = _found(request.edition, offer)
    return _swap(_one(request.edition, services.decline_swap(edition=request.edition, offer=found, by=request.person)))


@operations.post("/volunteers/swaps/{offer}/undo", policy.APPROVE_SWAPS, SwapShown, status=200)
def undo_swap(request: Any, offer: Number) -> Any:
    """Put both back to their shifts.

    Refused when one of them has been changed since.
    """
    found = _found(request.edition, offer)
    return _swap(_one(request.edition, services.undo_swap(edition=request.edition, offer=found, by=request.person)))


@operations.get("/volunteers/swap-rule", policy.APPROVE_SWAPS, RuleShown)
def show_swap_rule(request: Any) -> Any:
    """Show the rule by which swaps hold."""
    return rule_of(request.edition)


@operations.put("/volunteers/swap-rule", policy.APPROVE_SWAPS, RuleShown)
def change_swap_rule(request: Any, body: RuleGiven) -> Any:
    """Set the rule by which swaps hold."""
    return services.change_swap_rule(edition=request.edition, by=request.person, **body.model_dump())
