"""What waits for the coordinator, what came of it, and the rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.sayings import said
from hostcity.volunteers import policy
from hostcity.volunteers.models import Offer
from hostcity.volunteers.swaps import services
from hostcity.volunteers.swaps.forms import RuleForm
from hostcity.volunteers.swaps.offers import rule_of
from hostcity.volunteers.swaps.queries import open_count, past_offers, waiting_offers


@acting(policy.APPROVE_SWAPS)
@require_safe
def list_swaps(request: Any) -> HttpResponse:
    """Swaps that wait, those that were, and the rule."""
    return _list_page(request, None)


def _list_page(request: Any, form: RuleForm | None, status: int = 200) -> HttpResponse:
    now = timezone.now()
    values = {
        "waiting": waiting_offers(request.edition, now), "past": past_offers(request.edition, now),
        "open_count": open_count(request.edition, now), "form": form or RuleForm.of(rule_of(request.edition)),
    }  # fmt: skip
    return render(request, "volunteers/swaps/swaps.html", values, status=status)


def _decide(request: Any, offer: int, act: Callable[..., Offer], done: str) -> HttpResponse:
    found = get_object_or_404(Offer.objects.filter(edition=request.edition), pk=offer)
    try:
        act(edition=request.edition, offer=found, by=request.user)
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect("swaps", edition=request.edition.code)


@acting(policy.APPROVE_SWAPS)
@require_POST
def approve(request: Any, offer: int) -> HttpResponse:
    """Make a swap so that waits."""
    return _decide(request, offer, services.approve_swap, _("Approved: the roster is changed, and both are told."))


@acting(policy.APPROVE_SWAPS)
@require_POST
def decline(request: Any, offer: int) -> HttpResponse:
    """Leave the roster as it is."""
    return _decide(request, offer, services.decline_swap, _("Declined: nothing changes, and both are told."))


@acting(policy.APPROVE_SWAPS)
@require_POST
def undo(request: Any, offer: int) -> HttpResponse:
    """Put both back to their shifts."""
    return _decide(request, offer, services.undo_swap, _("Undone: both have their shifts again, and are told."))


@acting(policy.APPROVE_SWAPS)
@require_POST
def change_rule(request: Any) -> HttpResponse:
    """Set the rule."""
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _list_page(request, form, status=422)
    try:
        services.change_swap_rule(edition=request.edition, by=request.user, **form.asked())
        messages.success(request, _("The rule is kept."))
    except Refused as refused:
        form.add_error(None, said(refused))
        return _list_page(request, form, status=refused.status)
    return redirect("swaps", edition=request.edition.code)
