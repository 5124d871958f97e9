"""Going to a page by its name in the menu, in both languages and pinyin. Looked up as it stands: no index to be kept."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from hostcity.core import policy
from hostcity.core.models import Edition, Person
from hostcity.core.registries import MenuEntry, registries
from hostcity.core.search.hits import Hit
from hostcity.core.search.words import terms_of, tokens_of

KIND = "page"


def pages_named(edition: Edition, person: Person, question: str) -> list[Hit]:
    """Pages of the menu that the person may open and whose name has every word of the question; no query."""
    terms = terms_of(question)
    if not terms:
        return []
    entries = sorted(registries.menu, key=lambda each: each.order)
    return [
        Hit(
            kind=KIND,
            key=each.url_name,
            title=str(each.label),
            other_title="",
            path=reverse(each.url_name, kwargs={"edition": edition.code}),
        )
        for each in entries
        if all(term.is_in(_tokens(_names(each))) for term in terms) and policy.may(person, each.action, edition)
    ]


def _names(entry: MenuEntry) -> tuple[str, ...]:
    names = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names.append(str(entry.label))
    return tuple(names)


@lru_cache(maxsize=256)
def _tokens(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(tokens_of(" ".join(names), with_pinyin=True))
