"""Pages that an edition opens with."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
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
from hostcity.core.shell_views import YEAR_S

PUBLIC_AGE_S = 300
LANGUAGES = {"zh": "zh-hans", "en": "en"}


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


@login_not_required
@require_safe
def show_public(request: HttpRequest, edition: str) -> HttpResponse:
    """What anybody may know of an edition; the same for everybody, so that caches may keep it."""
    shown = get_object_or_404(Edition.objects.select_related("expo"), code=edition, is_public=True)
    language = LANGUAGES.get(request.GET.get("lang", ""), translation.get_language())
    tag = f'"{hashlib.sha256(f"{shown.code} {shown.version} {shown.today()} {language}".encode()).hexdigest()[:20]}"'
    headers = {"ETag": tag, "Cache-Control": f"public, max-age={PUBLIC_AGE_S}", "Vary": "Accept-Language, Cookie"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers=headers)
    with translation.override(language):
        values = {"shown": shown, "countdown": countdown_of(shown), "spoken": language}
        answer = render(request, "core/home/public.html", values)
    for name, value in headers.items():
        answer.headers[name] = value
    return answer
