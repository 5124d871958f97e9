"""Asking the index of either database: the first documents, by number, that have all terms."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django_scopes import scopes_disabled

from hostcity.core.models import Edition, SearchDoc
from hostcity.core.search.words import Term

SQLITE = """SELECT core_searchdoc.* FROM core_searchindex JOIN core_searchdoc ON core_searchdoc.id = core_searchindex.rowid
    WHERE core_searchindex MATCH %s ORDER BY core_searchindex.rowid LIMIT %s"""
POSTGRESQL = """SELECT {columns} FROM core_searchdoc WHERE {index} @@ %s::tsquery ORDER BY id LIMIT %s"""
COLUMNS = "id, edition_id, kind, key, action, title_en, title_zh, path, title_tokens"


def first_with(
    terms: Sequence[Term], *, edition: Edition, actions: Sequence[str], in_title: bool, most: int
) -> list[SearchDoc]:
    """At most ``most`` documents of an edition that stand under one of these actions and have every term; one query."""
    if not terms or not actions:
        return []
    if connection.vendor == "sqlite":
        statement, question = SQLITE, _for_fts5(terms, edition, actions, in_title)
    else:
        statement = POSTGRESQL.format(columns=COLUMNS, index="title_index" if in_title else "whole_index")
        question = _for_tsquery(terms, edition, actions)
    with scopes_disabled():  # the question names the edition
        return list(SearchDoc.objects.raw(statement, [question, most]))


def _for_fts5(terms: Sequence[Term], edition: Edition, actions: Sequence[str], in_title: bool) -> str:
    scope = " OR ".join(f'"!{action}"' for action in actions)
    asked = " AND ".join(f'"{term.token}"{"*" if term.is_begun else ""}' for term in terms)
    return f'scope : "@{edition.pk}" AND scope : ({scope}) AND {"title" if in_title else "{title body}"} : ({asked})'


def _for_tsquery(terms: Sequence[Term], edition: Edition, actions: Sequence[str]) -> str:
    scope = " | ".join(f"'!{action}'" for action in actions)
    asked = " & ".join(f"'{term.token}'{':*' if term.is_begun else ''}" for term in terms)
    return f"'@{edition.pk}' & ({scope}) & {asked}"
