"""Pages that an edition opens with."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from hostcity.core import policy
from hostcity.core.editions.views import SEEN
from hostcity.core.home.brief import brief_of
from hostcity.core.home.cards import cards_of
from hostcity.core.home.countdown import countdown_of
from hostcity.core.middleware import acting
from hostcity.core.models import Edition
from hostcity.core.public_pages import LANGUAGES, for_anybody, kept_by_caches, pages_of, reader_of
from hostcity.core.shell_views import YEAR_S


@acting(policy.SEE_EDITION)
@require_safe
def show_home(request: Any) -> HttpResponse:
    roles = [role.label for role in policy.Role if role in policy.roles_of(request.user, request.edition)]
    answer = render(request, "core/home/home.html", {"cards": cards_of(request), "roles": roles})
    if request.COOKIES.get(SEEN) != request.edition.code:
        secure = settings.SESSION_COOKIE_SECURE
        answer.set_cookie(SEEN, request.edition.code, max_age=YEAR_S, httponly=True, samesite="Lax", secure=secure)
    return answer


@acting(policy.SEE_WALL)
@require_safe
def show_wall(request: Any) -> HttpResponse:
    cards = cards_of(request, is_wall=True)
    may_hang = policy.may(request.user, policy.CHANGE_SCREENS, request.edition)
    values = {"cards": cards, "now": timezone.now(), "is_wall": True, "may_hang": may_hang}
    return render(request, "core/home/wall.html", values)


@acting(policy.SEE_BRIEF)
@require_safe
def print_brief(request: Any) -> HttpResponse:
    """The brief as PDF, in the language that is asked for, else in the page's."""
    language = LANGUAGES.get(request.GET.get("lang", ""), translation.get_language())
    with translation.override(language):
        file = brief_of(request.edition, cards_of(request), at=timezone.now())
    name = f"{request.edition.code}-brief-{request.edition.today()}-{language[:2]}.pdf"
    return HttpResponse(
        file, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


@for_anybody
def show_public(request: HttpRequest, edition: str) -> HttpResponse:
    """What anybody may know of an edition; the same for everybody, so that caches may keep it."""
    shown = get_object_or_404(Edition.objects.select_related("expo"), code=edition, is_public=True)
    reader = reader_of(request)
    pages = pages_of(request, shown, reader)

    def make() -> HttpResponse:
        values = {
            "shown": shown,
            "countdown": countdown_of(shown),
            "spoken": reader.language,
            "pages": pages,
        }
        return render(request, "core/home/public.html", values)

    return kept_by_caches(
        request, reader, (shown.code, shown.version, shown.today(), *(each.path for each in pages)), make
    )
