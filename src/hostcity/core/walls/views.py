"""The administrator's page of screens, and what a screen shows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.attempts import tried
from hostcity.core.home.cards import cards_of
from hostcity.core.middleware import acting
from hostcity.core.paging import keyset_page
from hostcity.core.walls import queries, services
from hostcity.core.walls.forms import ScreenForm


@never_cache
@acting(policy.CHANGE_SCREENS)
@require_http_methods(["GET", "POST"])
def list_screens(request: Any) -> HttpResponse:
    """The screens; an address that was just made is in this answer and nowhere else, so it is not led on to another page."""
    form, address = ScreenForm(request.POST or None, initial={"language": translation.get_language()}), ""
    if request.method == "POST" and form.is_valid():
        made = tried(form, lambda: services.add_screen(edition=request.edition, by=request.user, **form.cleaned_data))
        if made:
            address = request.build_absolute_uri(reverse("wall-screen", args=[made[1]]))
            form = ScreenForm(initial={"language": made[0].language})
    page = keyset_page(queries.screens_of(request.edition), order=("-pk",), after=request.GET.get("after", ""))
    values = {"form": form, "address": address, "page": page}
    return render(request, "core/walls/screens.html", values, status=422 if form.errors else 200)


@acting(policy.CHANGE_SCREENS)
@require_POST
def revoke_screen(request: Any, screen: UUID) -> HttpResponse:
    """Take one off the wall."""
    found = get_object_or_404(queries.screens_of(request.edition).select_related("edition"), public_id=screen)
    services.revoke_screen(screen=found, by=request.user)
    messages.success(request, _("The screen shows nothing any more."))
    return redirect("wall-screens", edition=request.edition.code)


@login_not_required
@never_cache
@require_safe
def show_screen(request: Any, secret: str) -> HttpResponse:
    """The wall behind a secret address, for a screen with nobody before it."""
    screen = queries.screen_of(secret)
    if screen is None:
        raise Http404
    request.user, request.edition = screen.person, screen.edition
    with scope(edition=screen.edition), timezone.override(screen.edition.zone), translation.override(screen.language):
        values = {"cards": cards_of(request, is_wall=True), "now": timezone.now(), "is_wall": True, "is_screen": True}
        answer = render(request, "core/home/wall.html", values)
    answer.headers["Content-Language"] = screen.language
    return answer
