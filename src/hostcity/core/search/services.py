"""Keeping what can be found: called by services in the transaction of their act, once per change."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django_scopes import scope

from hostcity.core.models import Edition, SearchDoc
from hostcity.core.registries import Document, registries
from hostcity.core.search.words import tokens_of, whole_of

KEPT = ["action", "title_en", "title_zh", "path", "title_tokens", "tokens"]


def index(edition: Edition, documents: Iterable[Document]) -> None:
    """Keep these documents, or keep them as they are now."""
    rows = list({(each.kind, each.key): _row(edition, each) for each in documents}.values())
    with scope(edition=edition):
        SearchDoc.objects.bulk_create(
            rows,
            batch_size=500,
            update_conflicts=True,
            unique_fields=["edition", "kind", "key"],
            update_fields=KEPT,
        )


def forget(edition: Edition, kind: str, *keys: str) -> None:
    """Let these documents of a kind no longer be found."""
    with scope(edition=edition):
        SearchDoc.objects.filter(edition=edition, kind=kind, key__in=keys).delete()


def rebuild(edition: Edition) -> int:
    """Make the index anew from what the registered sources say; gives the number of documents.

    Nobody finds less meanwhile: it is one transaction, and only what has gone is deleted.
    """
    with transaction.atomic(), scope(edition=edition):
        documents = [each for source in registries.search_sources.values() for each in source(edition)]
        index(edition, documents)
        wanted = {(each.kind, each.key) for each in documents}
        gone = [pk for pk, kind, key in _known(edition) if (kind, key) not in wanted]
        for start in range(0, len(gone), 500):
            SearchDoc.objects.filter(pk__in=gone[start : start + 500]).delete()
    return len(wanted)


def _known(edition: Edition) -> Iterable[tuple[int, str, str]]:
    return SearchDoc.objects.filter(edition=edition).values_list("pk", "kind", "key")


def _row(edition: Edition, document: Document) -> SearchDoc:
    names = (document.title_en, document.title_zh, document.key.rpartition("/")[2])
    in_title = [*dict.fromkeys(whole_of(each) for each in names if each), *tokens_of(" ".join(names), with_pinyin=True)]
    known = set(in_title)
    return SearchDoc(
        edition=edition,
        kind=document.kind,
        key=document.key,
        action=document.action,
        title_en=document.title_en[:300],
        title_zh=document.title_zh[:300],
        path=document.path,
        title_tokens=" ".join(in_title),
        tokens=" ".join(each for each in tokens_of(document.words) if each not in known),
    )
