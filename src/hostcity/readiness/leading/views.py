"""The leader's screen: page, wall, paper; and its card on the first screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from hostcity.core import policy as matrix
from hostcity.core.home.brief import brief_of
from hostcity.core.middleware import acting
from hostcity.core.public_pages import LANGUAGES
from hostcity.core.registries import OnPaper
from hostcity.readiness import policy
from hostcity.readiness.leading.overview import bracket_of, overview_of
from hostcity.readiness.leading.paper import cards_of, readiness

MOST_ON_WALL = 15  # departments


@acting(policy.LEAD)
@require_safe
def show_leader(request: Any) -> HttpResponse:
    """All on one screen."""
    return render(request, "readiness/leader.html", _values(request))


def _values(request: Any, **more: Any) -> dict[str, Any]:
    may_make = matrix.may(request.user, policy.MAKE_FORECAST, request.edition)
    return {"told": overview_of(request.edition), "may_make": may_make, **more}


@acting(policy.LEAD)
@require_safe
def show_wall(request: Any) -> HttpResponse:
    """The same, to be read from the other side of a room."""
    values = _values(request, now=timezone.now(), is_wall=True)
    told = values["told"]
    values |= {"tiles": told.tiles[:MOST_ON_WALL], "more": max(0, len(told.tiles) - MOST_ON_WALL)} if told else {}
    return render(request, "readiness/leader_wall.html", values)


@acting(policy.LEAD)
@require_safe
def print_leader(request: Any) -> HttpResponse:
    """The same as PDF, in the language that is asked for, else in the page's."""
    language = LANGUAGES.get(request.GET.get("lang", ""), translation.get_language())
    with translation.override(language):
        told = overview_of(request.edition)
        if told is None:
            raise Http404("tasks")
        file = brief_of(request.edition, cards_of(told), at=timezone.now())
    name = f"{request.edition.code}-readiness-{request.edition.today()}-{language[:2]}.pdf"
    return HttpResponse(
        file, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def card(request: Any) -> Mapping[str, Any] | None:
    """The bracket on the first screen; nothing where the plan has no tasks."""
    told = bracket_of(request.edition)
    if told is None:
        return None
    return {"told": told, "may_make": matrix.may(request.user, policy.MAKE_FORECAST, request.edition)}


def card_on_paper(values: Mapping[str, Any]) -> OnPaper:
    """Its part of the daily brief."""
    return readiness(values["told"])
