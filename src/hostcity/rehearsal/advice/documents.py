"""What search is told of advice."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from hostcity.core.models import Edition
from hostcity.core.registries import Document
from hostcity.rehearsal import policy
from hostcity.rehearsal.models import Advice


def of_advice(advice: Advice) -> Document:
    """Advice by its number, goal and budget."""
    return Document(
        kind="advice",
        key=advice.key,
        action=policy.SEE_REHEARSALS,
        title_en=f"Advice {advice.number}",
        title_zh=f"建议 {advice.number}",
        path=reverse("advice", kwargs={"edition": advice.edition.code, "key": advice.public_id}),
        words=" ".join([advice.goal, advice.budget, *advice.overrides]),
    )


def advice_documents(edition: Edition) -> Iterator[Document]:
    """All advice of an edition."""
    for advice in Advice.objects.filter(edition=edition).order_by("pk").iterator(chunk_size=500):
        advice.edition = edition
        yield of_advice(advice)
