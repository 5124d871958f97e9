"""Pages of the map, for the staff."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hostcity.core import policy as matrix
from hostcity.core.middleware import acting
from hostcity.venue import policy
from hostcity.venue.editing import Wrong, card_of, change
from hostcity.venue.finding import place_at
from hostcity.venue.queries import venue_map
from hostcity.venue.replays import PAGE, packed_day, replay_of, result_of
from hostcity.venue.showing import answer_with, closed_places, level_data, line_of, shown_of, tag_of
from hostcity.venue.sights import EDITOR, STAFF, Sight


@acting(policy.SEE_MAP)
@require_http_methods(["GET", "HEAD", "POST"])
def show_map(request: Any) -> HttpResponse:
    """A level of the venue; what was found; the place that is pointed at, and what is changed of it. Works without scripts.

    A form is sent to the address of its place, so that what is wrong stands on the same page.
    """
    if request.method != "POST":
        return _page(request)
    matrix.require(request.user, matrix.CHANGE_PLAN, request.edition)
    place = place_at(venue_map(request.edition), request.GET.get("at", ""), request.GET.get("level", ""), EDITOR)
    if place is None:
        raise Http404(request.GET.get("at", ""))
    done = change(request, place)
    if isinstance(done, Wrong):
        return _page(request, done)
    if done:
        messages.success(request, _("{place} has been changed.").format(place=place.title))
    else:
        messages.info(request, _("Nothing was changed: {place} is so already.").format(place=place.title))
    return redirect(request.get_full_path())


def _page(request: Any, wrong: Wrong | None = None) -> HttpResponse:
    edition, venue = request.edition, venue_map(request.edition)
    can_change = matrix.may(request.user, matrix.CHANGE_PLAN, edition)
    is_editing = can_change and (wrong is not None or "edit" in request.GET)
    query = "?edit=1" if is_editing else ""
    replay = replay_of(request, venue)
    values = shown_of(
        venue, request.GET, lambda level: reverse("map-level", args=[edition.code, level]) + query,
        EDITOR if is_editing else STAFF,
    )  # fmt: skip
    place = values["place"]
    values |= {
        "can_change": can_change,
        "is_editing": is_editing,
        "wrong": wrong,
        "kept": ("edit=1&" if is_editing else "") + replay["kept_query"],
        "replay": replay,
        "card": card_of(edition, venue, place, wrong) if place and is_editing else None,
        "closed": closed_places(venue, values["drawn"]) if "drawn" in values else (),
        "place_line": line_of(values["drawn"], place) if place else "",
    }
    return render(request, "venue/map.html", values, status=wrong.status if wrong else 200)


@acting(policy.SEE_MAP)
@require_safe
def show_level(request: Any, level: str) -> HttpResponse:
    """A level as SVG, or the part of it around a place: not sent again as long as the plan is the same."""
    venue = venue_map(request.edition)
    drawn = venue.level(level)
    if drawn is None:
        raise Http404(level)
    data = level_data(venue, drawn, request.GET.get("at", ""), _sight(request))
    tag = tag_of(data)
    answer = get_conditional_response(request, etag=tag) or answer_with(request, data)
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Accept-Encoding", "Cookie"])
    return answer


def _sight(request: Any) -> Sight:
    return EDITOR if "edit" in request.GET else STAFF


@acting(matrix.SEE_PLAN)
@require_safe
def send_day(request: Any, result: int) -> HttpResponse:
    """What the player needs of a rehearsed day. It never changes, so a browser keeps it."""
    found = result_of(request.edition, str(result))
    if found is None:
        raise Http404(str(result))
    tag = f'"{found.blobs[PAGE][:20]}"'
    answer = get_conditional_response(request, etag=tag)
    if answer is None:  # packed with gzip, which every browser with scripts takes
        answer = HttpResponse(packed_day(found), content_type="application/octet-stream")
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    patch_vary_headers(answer, ["Cookie"])
    return answer
