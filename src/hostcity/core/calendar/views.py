"""Pages of the calendar, and its feed."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.calendar import queries, services
from hostcity.core.calendar.ical import calendar_of
from hostcity.core.middleware import acting
from hostcity.core.models import CalendarAddress, Edition

SHOWN_DAYS = 31


@acting(policy.SEE_CALENDAR)
@require_safe
def show_calendar(request: HttpRequest) -> HttpResponse:
    """A month of days, from today or the day asked for."""
    return _page(request)


def _page(request: HttpRequest, secret: str = "") -> HttpResponse:
    edition: Edition = request.edition  # type: ignore[attr-defined]
    since = _day(request.GET.get("from", "")) or edition.today()
    until = since + timedelta(days=SHOWN_DAYS - 1)
    entries, following = queries.entries_and_next(edition, request.user, since=since, until=until)  # type: ignore[arg-type]
    values = {
        "following": following,
        "days": queries.days_of(edition, entries, since=since, until=until),
        "since": since,
        "until": until,
        "earlier": since - timedelta(days=SHOWN_DAYS),
        "later": since + timedelta(days=SHOWN_DAYS),
        "has_address": CalendarAddress.objects.filter(person=request.user).exists(),
        "address": request.build_absolute_uri(reverse("calendar-feed", args=[secret])) if secret else "",
    }
    return render(request, "core/calendar/calendar.html", values)


def _day(text: str) -> date | None:
    try:
        given = date.fromisoformat(text)
    except ValueError:
        return None
    return given if 1990 <= given.year <= 2200 else None


@acting(policy.SEE_CALENDAR)
@require_POST
def renew_address(request: HttpRequest) -> HttpResponse:
    """Make a new secret address; the answer shows it, and nothing else ever does."""
    edition: Edition = request.edition  # type: ignore[attr-defined]
    return _page(request, services.renew_address(edition=edition, by=request.user))  # type: ignore[arg-type]


@acting(policy.SEE_CALENDAR)
@require_POST
def revoke_address(request: HttpRequest) -> HttpResponse:
    """Take the secret address back."""
    edition: Edition = request.edition  # type: ignore[attr-defined]
    services.revoke_address(edition=edition, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The address of your calendar no longer works."))
    return redirect("calendar", edition=edition.code)


@login_not_required
@never_cache
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar behind a secret address, for calendar programs: in its owner's language."""
    address = queries.address_of(secret)
    if address is None:
        raise Http404
    with scope(edition=address.edition), translation.override(address.person.language):
        entries = queries.entries_of(address.edition, address.person)
        site = f"{request.scheme}://{request.get_host()}"
        body = calendar_of(address.edition, entries, at=timezone.now(), site=site)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
