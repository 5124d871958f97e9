"""Pages that anybody may open: the same for everybody, so that caches may keep them, and no oftener than a crowd needs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from hostcity import __version__
from hostcity.core.api.rates import Rate
from hostcity.core.models import Edition
from hostcity.core.registries import registries

AGE_S = 300
#: Languages by what an address calls them.
LANGUAGES = {"en": "en", "zh": "zh-hans"}
NAMES = {"en": "English", "zh": "简体中文"}
#: By address, behind which a whole crowd may sit.
VISITORS = Rate(burst=1200, per_s=40)

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Reader:
    """In which language a page is read, and whether its address says so: links to other pages say the same then."""

    language: str
    asked: str  # as the address says it; "" = it does not

    @property
    def query(self) -> str:
        """What follows an address without other values."""
        return f"?lang={self.asked}" if self.asked else ""

    @property
    def kept(self) -> str:
        """What stands before other values of an address."""
        return f"lang={self.asked}&" if self.asked else ""


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The page in a language."""

    name: str
    language: str  # as HTML says it
    query: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page beside this one, or this one."""

    label: Any
    path: str
    is_current: bool


def reader_of(request: HttpRequest) -> Reader:
    """The language that the address asks for, else that of the browser."""
    asked = request.GET.get("lang", "")
    if asked in LANGUAGES:
        return Reader(LANGUAGES[asked], asked)
    return Reader(translation.get_language() or "en", "")


def language_links(request: HttpRequest, reader: Reader) -> list[LanguageLink]:
    """The same page in each language."""
    found = []
    for code, language in LANGUAGES.items():
        query = request.GET.copy()
        query["lang"] = code
        html = "zh-Hans" if language == "zh-hans" else language
        found.append(LanguageLink(NAMES[code], html, f"?{query.urlencode()}", language == reader.language))
    return found


def pages_of(request: HttpRequest, edition: Edition, reader: Reader) -> list[PageLink]:
    """Every page of an edition that anybody may open now, beside its public page."""
    found = []
    for each in sorted(registries.public_pages, key=lambda each: each.order):
        if each.is_shown(edition):
            path = reverse(each.url_name, kwargs={"edition": edition.code})
            found.append(PageLink(each.label, path + reader.query, path == request.path))
    return found


def for_anybody(view: View) -> View:
    """A view without signing in: read only, and for each address no more often than a crowd behind it needs."""

    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return too_often(request) or view(request, *args, **kwargs)

    return login_not_required(require_safe(limited))


def too_often(request: HttpRequest, rate: Rate | None = None) -> HttpResponse | None:
    """What an address is answered from which more is asked than by a crowd; None = go on."""
    wait_s = (rate or VISITORS).wait_s(get_adapter().get_client_ip(request))
    if not wait_s:
        return None
    answer = render(request, "429.html", status=429)
    answer.headers["Retry-After"] = str(wait_s)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def kept_by_caches(
    request: HttpRequest, reader: Reader, state: Iterable[object], make: Callable[[], HttpResponse]
) -> HttpResponse:
    """An answer that caches may keep for a while. While its state, its address, language and colors stay the same, one that a
    browser has is not made again."""
    colors = request.COOKIES.get("hostcity_theme", "")
    said = "\n".join([__version__, reader.language, colors, request.get_full_path(), *map(str, state)])
    tag = f'W/"{hashlib.sha256(said.encode()).hexdigest()[:20]}"'
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        with translation.override(reader.language):
            answer = make()
    answer.headers["ETag"] = tag
    answer.headers["Cache-Control"] = f"public, max-age={AGE_S}"
    answer.headers["Content-Language"] = reader.language
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    return answer
