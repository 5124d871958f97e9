"""A volunteer's own offers, and those that they could take."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hostcity.core.attempts import tried
from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.sayings import said
from hostcity.volunteers import policy
from hostcity.volunteers.duty.cells import Cell, cells_of
from hostcity.volunteers.models import Offer, OfferState, Shift
from hostcity.volunteers.own import rows_of
from hostcity.volunteers.swaps import services
from hostcity.volunteers.swaps.forms import OfferForm
from hostcity.volunteers.swaps.offers import Band, is_ahead
from hostcity.volunteers.swaps.queries import offers_for, own_offers


@acting(policy.OWN_SWAPS)
@require_safe
def list_offers(request: Any) -> HttpResponse:
    """Shifts that one could take, and what came of one's own offers."""
    return _list_page(request)


def _list_page(request: Any, refused: Refused | None = None) -> HttpResponse:
    now = timezone.now()
    values = {
        "offered": offers_for(request.edition, request.user, now), "own": own_offers(request.edition, request.user, now),
        "refusal": said(refused) if refused else "",
    }  # fmt: skip
    return render(request, "volunteers/swaps/offers.html", values, status=refused.status if refused else 200)


@acting(policy.OWN_SWAPS)
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: Any) -> HttpResponse:
    """Offer a shift of one's own: to whom, and for what."""
    day, band = (request.GET.get(name, "") for name in ("day", "band"))
    shift, cells, now = rows_of(request.edition, request.user).filter(day=day, band=band).first(), cells_of(request.edition), timezone.now()  # fmt: skip
    if shift is None or not is_ahead(cells, Cell(shift.post, day, band), now):
        raise Http404("shift")
    held = set(Shift.objects.of_volunteers([shift.volunteer]).values_list("day", "band"))
    given = (request.POST,) if request.method == "POST" else ()
    form = OfferForm(cells, shift, held, now, *given)
    of = {"edition": request.edition, "day": day, "band": band, "by": request.user}
    if given and form.is_valid() and tried(form, lambda: services.offer_shift(**of, **form.asked())):
        messages.success(request, _("Offered. The shift stays yours until somebody takes it."))
        return redirect("my-shifts", edition=request.edition.code)
    values = {"form": form, "said": cells.said(Cell(shift.post, day, band))}
    return render(request, "volunteers/swaps/offer.html", values, status=422 if given else 200)


@acting(policy.OWN_SWAPS)
@require_POST
def take(request: Any, offer: int) -> HttpResponse:
    """Take a shift that is offered."""
    found = get_object_or_404(Offer.objects.filter(edition=request.edition), pk=offer)
    try:
        done = services.take_offer(edition=request.edition, offer=found, back=_back(request, found), by=request.user)
    except Refused as refused:
        return _list_page(request, refused)
    if done.state == OfferState.DONE:
        messages.success(request, _("The shift is yours."))
        return redirect("my-shifts", edition=request.edition.code)
    messages.info(request, _("The coordinator is asked first; until then nothing changes. You will be told."))
    return redirect("swap-offers", edition=request.edition.code)


def _back(request: Any, offer: Offer) -> Band | None:
    """The band that was chosen, of those that would do."""
    chosen = request.POST.get("back", "")
    return next(((day, band) for day, band in offer.wanted if f"{day}|{band}" == chosen), None)


@acting(policy.OWN_SWAPS)
@require_POST
def withdraw(request: Any, offer: int) -> HttpResponse:
    """Take one's own offer back."""
    found = get_object_or_404(Offer.objects.filter(edition=request.edition), pk=offer)
    try:
        services.withdraw_offer(edition=request.edition, offer=found, by=request.user)
        messages.success(request, _("The offer is taken back: the shift stays yours."))
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect("my-shifts", edition=request.edition.code)
