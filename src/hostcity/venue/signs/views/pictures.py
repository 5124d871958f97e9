"""Levels with faces on them, and faces themselves, as SVG."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from hostcity.core.middleware import acting
from hostcity.venue import policy
from hostcity.venue.finding import words_of
from hostcity.venue.showing import answer_with, compressed, tag_of
from hostcity.venue.signs.face_svg import face_svg
from hostcity.venue.signs.picture import arrow_of, level_with
from hostcity.venue.signs.queries import chosen, signs_of
from hostcity.venue.signs.showing import asked_in, path_of

NEAREST_M, FARTHEST_M = 1, 500  # from which a face is looked at


@acting(policy.SEE_MAP)
@require_safe
def show_level(request: Any, level: str) -> HttpResponse:
    """A level with the faces that are asked for; the part around one of them, if one is named."""
    signs = signs_of(request.edition)
    drawn = signs.venue.level(level)
    if drawn is None:
        raise Http404(level)
    near = signs.by_key.get(request.GET.get("face", ""))
    rows = [each for each in chosen(signs, asked_in(request.GET, signs)) if each.level == level]
    arrows = [arrow_of(each.face, each.key, path_of(request.edition, each.key)) for each in rows]
    shown = (near.face.x_m, near.face.y_m) if near and near.level == level else None
    return sent(request, level_with(drawn, words_of(signs.venue), arrows=arrows, shown=shown))


@acting(policy.SEE_MAP)
@require_safe
def show_face(request: Any, key: str) -> HttpResponse:
    """A face at its true size, in millimeters; as it looks from so many meters, if they are asked for."""
    sign = signs_of(request.edition).by_key.get(key)
    if sign is None:
        raise Http404(key)
    return sent(request, face_svg(sign, at_m=distance_in(request.GET.get("at", ""))))


def distance_in(asked: str) -> float:
    """From how far a face is looked at; 0 = from so near that it is as large as it is."""
    if not (asked.isascii() and asked.isdigit()) or len(asked) > 3:
        return 0.0
    return float(min(max(int(asked), NEAREST_M), FARTHEST_M))


def sent(request: Any, text: str) -> HttpResponse:
    """An SVG, not sent again as long as it is the same."""
    data = compressed(text)
    tag = tag_of(data)
    answer: HttpResponse = get_conditional_response(request, etag=tag) or answer_with(request, data)
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Accept-Encoding", "Cookie"])
    return answer
