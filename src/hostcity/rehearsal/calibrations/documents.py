"""What search is told of calibrations."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from hostcity.core.models import Edition
from hostcity.core.registries import Document
from hostcity.rehearsal import policy
from hostcity.rehearsal.models import Calibration


def of_calibration(calibration: Calibration) -> Document:
    """A calibration by its number, its file and what it fits."""
    return Document(
        kind="calibration",
        key=calibration.key,
        action=policy.SEE_REHEARSALS,
        title_en=f"Calibration {calibration.number}",
        title_zh=f"校准 {calibration.number}",
        path=reverse("calibration", kwargs={"edition": calibration.edition.code, "key": calibration.public_id}),
        words=" ".join([calibration.counts_name, *calibration.fits, *calibration.overrides]),
    )


def calibration_documents(edition: Edition) -> Iterator[Document]:
    """All calibrations of an edition."""
    for calibration in Calibration.objects.filter(edition=edition).order_by("pk").iterator(chunk_size=500):
        calibration.edition = edition
        yield of_calibration(calibration)
