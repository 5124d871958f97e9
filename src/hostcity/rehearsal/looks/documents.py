"""What search is told of looks."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from hostcity.core.models import Edition
from hostcity.core.registries import Document
from hostcity.rehearsal import policy
from hostcity.rehearsal.models import Look


def of_look(look: Look) -> Document:
    """A look by its number and place."""
    return Document(
        kind="look",
        key=look.key,
        action=policy.SEE_REHEARSALS,
        title_en=f"Look {look.number}: {look.at}",
        title_zh=f"显微镜观察 {look.number}：{look.at}",
        path=reverse("look", kwargs={"edition": look.edition.code, "key": look.public_id}),
        words=look.starts,
    )


def look_documents(edition: Edition) -> Iterator[Document]:
    """All looks of an edition."""
    for look in Look.objects.filter(edition=edition).order_by("pk").iterator(chunk_size=500):
        look.edition = edition
        yield of_look(look)
