"""Telling people, and search, of what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from hostcity.core.models import Act, Edition, Person
from hostcity.core.notices.services import notify
from hostcity.core.registries import Document
from hostcity.core.search.services import index
from hostcity.rehearsal.models import Finding, Work


def path_of(name: str, row: Work | Finding) -> str:
    """The page of a rehearsal, comparison or finding."""
    return reverse(name, kwargs={"edition": row.edition.code, "key": row.public_id})


def find_by(edition: Edition, document: Document) -> None:
    """Have an object found by search from now on."""
    index(edition, [document])


def tell(person: Person, kind: str, values: Mapping[str, Any], row: Work | Finding, act: Act) -> None:
    """Tell one person of an act, unless it is their own."""
    path = path_of(kind.partition(".")[0], row)
    notify(edition=row.edition, people=[person], kind=kind, values=dict(values), path=path, act=act)
