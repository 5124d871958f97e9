"""What core's own documents are called, and where bureaus and organizations come from."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy
from hostcity.core.models import Bureau, Edition, Organization
from hostcity.core.registries import Document, registries


def document_of(party: Bureau | Organization) -> Document:
    """What search is told of a bureau or an organization. Everybody who prepares the expo may know of them."""
    kind = "bureau" if isinstance(party, Bureau) else "organization"
    return Document(
        kind=kind,
        key=party.code,
        action=policy.SEE_PLAN,
        title_en=party.name_en,
        title_zh=party.name_zh,
        path=registries.subject_urls[kind](party.edition, party.code) if kind in registries.subject_urls else "",
    )


def _bureaus(edition: Edition) -> Iterator[Document]:
    with scope(edition=edition):
        yield from map(document_of, Bureau.objects.filter(edition=edition).select_related("edition"))


def _organizations(edition: Edition) -> Iterator[Document]:
    with scope(edition=edition):
        yield from map(document_of, Organization.objects.filter(edition=edition).select_related("edition"))


registries.search_sources.update({"bureau": _bureaus, "organization": _organizations})
registries.kind_words.update(
    {
        "plan": _("Plan"),
        "person": _("People"),
        "bureau": _("Bureaus"),
        "organization": _("Organizations"),
        "file": _("Files"),
        "edition": _("Edition"),
        "rehearsal": _("Rehearsals"),
        "comparison": _("Comparisons"),
        "finding": _("Findings"),
    }
)
