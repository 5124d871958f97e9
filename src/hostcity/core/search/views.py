"""The page of search."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hostcity.core import policy
from hostcity.core.middleware import acting
from hostcity.core.registries import registries
from hostcity.core.search.hits import Hit
from hostcity.core.search.marking import pieces_of
from hostcity.core.search.pages import KIND, pages_named
from hostcity.core.search.queries import find
from hostcity.core.search.words import terms_of

LONGEST = 100


@acting(policy.SEE_SEARCH)
@require_safe
def show_search(request: Any) -> HttpResponse:
    """Results by kind, the kind with the best result first."""
    question = request.GET.get("q", "").strip()[:LONGEST]
    found = find(request.edition, request.user, question)
    hits = pages_named(request.edition, request.user, question) + found.hits
    values = {"question": question, "groups": _groups(hits, question), "count": len(hits), "has_more": found.has_more}
    return render(request, "core/search/search.html", values)


def _groups(hits: list[Hit], question: str) -> list[dict[str, Any]]:
    terms = terms_of(question)
    by_kind: dict[str, list[Any]] = {}
    for hit in hits:
        by_kind.setdefault(hit.kind, []).append(
            {"hit": hit, "title": pieces_of(hit.title, terms), "other": pieces_of(hit.other_title, terms)}
        )
    return [{"kind": kind, "words": _words_of(kind), "lines": lines} for kind, lines in by_kind.items()]


def _words_of(kind: str) -> Any:
    return _("Go to") if kind == KIND else registries.kind_words.get(kind, kind)
