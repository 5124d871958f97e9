"""Switching language and colors, for those who are signed in and those who are not."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language as set_language_cookie

from hostcity.core.models import Person
from hostcity.core.shell import THEMES

YEAR_S, DAY_S = (int(timedelta(days=days).total_seconds()) for days in (365, 1))
MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#0b5cad" '
    'd="M1 15V6.5L8 2l7 4.5V15h-4V9.5a3 3 0 0 0-6 0V15z"/></svg>'
)


@login_not_required
@require_safe
def show_mark(request: HttpRequest) -> HttpResponse:
    """The mark as the icon of every tab, a PDF's too: that one asks for /favicon.ico by itself."""
    headers = {"Cache-Control": f"public, max-age={DAY_S}"}
    return HttpResponse(MARK, content_type="image/svg+xml", headers=headers)


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        Person.objects.filter(pk=request.user.pk).update(language=language)  # in which notices and mail are written
    return set_language_cookie(request)


@login_not_required
@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    answer = HttpResponseRedirect(_next_of(request))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        # Not HttpOnly: the page's script changes it without loading the page again.
        secure = settings.SESSION_COOKIE_SECURE
        answer.set_cookie("hostcity_theme", theme, max_age=YEAR_S, samesite="Lax", secure=secure)
    return answer


def _next_of(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if asked and own else "/"
