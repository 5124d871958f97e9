"""What search is told of rehearsals and findings."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from hostcity.core.models import Edition
from hostcity.core.registries import Document
from hostcity.rehearsal import policy
from hostcity.rehearsal.models import Finding, Rehearsal


def of_rehearsal(rehearsal: Rehearsal) -> Document:
    """A rehearsal by its title, overrides and plan."""
    title = rehearsal.title or str(rehearsal.number)
    return Document(
        kind="rehearsal",
        key=rehearsal.key,
        action=policy.SEE_REHEARSALS,
        title_en=f"Rehearsal: {title}",
        title_zh=f"推演：{title}",
        path=reverse("rehearsal", kwargs={"edition": rehearsal.edition.code, "key": rehearsal.public_id}),
        words=" ".join([*(each["name"] for each in rehearsal.scenarios), *rehearsal.overrides]),
    )


def of_finding(finding: Finding) -> Document:
    """A finding by its title, place, figure and note."""
    return Document(
        kind="finding",
        key=finding.key,
        action=policy.SEE_FINDINGS,
        title_en=f"Finding: {finding.title}",
        title_zh=f"问题：{finding.title}",
        path=reverse("finding", kwargs={"edition": finding.edition.code, "key": finding.public_id}),
        words=f"{finding.place} {finding.figure} {finding.note}",
    )


def rehearsal_documents(edition: Edition) -> Iterator[Document]:
    """All rehearsals of an edition."""
    rows = Rehearsal.objects.filter(edition=edition).defer("told").order_by("pk")
    for rehearsal in rows.iterator(chunk_size=500):
        rehearsal.edition = edition
        yield of_rehearsal(rehearsal)


def finding_documents(edition: Edition) -> Iterator[Document]:
    """All findings of an edition."""
    for finding in Finding.objects.filter(edition=edition).order_by("pk").iterator(chunk_size=500):
        finding.edition = edition
        yield of_finding(finding)
