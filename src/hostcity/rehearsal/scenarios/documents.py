"""What search is told of scenarios."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from hostcity.core.models import Edition
from hostcity.core.registries import Document
from hostcity.rehearsal import policy
from hostcity.rehearsal.models import KeptScenario

KIND = "scenario"


def of_scenario(scenario: KeptScenario) -> Document:
    """A scenario by its title, name and what it teaches."""
    return Document(
        kind=KIND,
        key=scenario.key,
        action=policy.SEE_REHEARSALS,
        title_en=f"Scenario: {scenario.title_en}",
        title_zh=f"情景：{scenario.title_zh}",
        path=reverse("scenario", kwargs={"edition": scenario.edition.code, "key": scenario.public_id}),
        words=f"{scenario.name} {scenario.teaches_en} {scenario.teaches_zh}",
    )


def scenario_documents(edition: Edition) -> Iterator[Document]:
    """All scenarios that an edition keeps."""
    for scenario in KeptScenario.objects.filter(edition=edition, removed_at__isnull=True).order_by("pk"):
        scenario.edition = edition
        yield of_scenario(scenario)
