"""Keeping what can be found: called by services in the transaction of their act, once per change."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django.db import connection, transaction
from django_scopes import scope

from hostcity.core.ledger_queries import number_of
from hostcity.core.models import Edition, LedgerHead, SearchDoc
from hostcity.core.registries import Document, registries
from hostcity.core.search.words import tokens_of, whole_of

BATCH = 500
QUIET_ROUNDS = 3
KEPT = ["action", "title_en", "title_zh", "path", "title_tokens", "tokens"]


def index(edition: Edition, documents: Iterable[Document]) -> None:
    """Keep these documents, or keep them as they are now."""
    _keep(edition, list({(each.kind, each.key): _row(edition, each) for each in documents}.values()))


def forget(edition: Edition, kind: str, *keys: str) -> None:
    """Let these documents of a kind no longer be found."""
    with scope(edition=edition):
        SearchDoc.objects.filter(edition=edition, kind=kind, key__in=keys).delete()


def rebuild(edition: Edition) -> int:
    """Make the index anew from what the registered sources say; gives the number of documents.

    Only what differs is written, in short transactions, so that nobody waits and nobody finds less meanwhile. What was
    done while it ran is looked at once more; after some rounds the ledger is held, and that round is the last.
    """
    for _ in range(QUIET_ROUNDS):
        before = number_of(edition)
        count = _rebuild_once(edition)
        if number_of(edition) == before:
            break
    else:
        with transaction.atomic():
            LedgerHead.objects.select_for_update().get(edition=edition)
            count = _rebuild_once(edition)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE core_searchdoc")  # its planner has to know which words are common
    return count


def _rebuild_once(edition: Edition) -> int:
    known = _known(edition)
    count = 0
    with scope(edition=edition):
        documents = (each for source in registries.search_sources.values() for each in source(edition))
        while batch := list(islice(documents, BATCH)):
            rows = [_row(edition, each) for each in batch]
            _keep(edition, [row for row in rows if known.pop((row.kind, row.key), None) != _hash_of(row)])
            count += len(batch)
    gone: dict[str, list[str]] = {}
    for kind, key in known:
        gone.setdefault(kind, []).append(key)
    for kind, keys in gone.items():
        for start in range(0, len(keys), BATCH):
            forget(edition, kind, *keys[start : start + BATCH])
    return count


def _known(edition: Edition) -> dict[tuple[str, str], int]:
    with scope(edition=edition):
        rows = SearchDoc.objects.filter(edition=edition).only("kind", "key", *KEPT)
        return {(row.kind, row.key): _hash_of(row) for row in rows.iterator(chunk_size=2000)}


def _hash_of(row: SearchDoc) -> int:
    return hash(tuple(getattr(row, name) for name in KEPT))


def _keep(edition: Edition, rows: list[SearchDoc]) -> None:
    with scope(edition=edition):
        SearchDoc.objects.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["edition", "kind", "key"],
            update_fields=KEPT,
        )


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
