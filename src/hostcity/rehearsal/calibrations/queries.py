"""Looking up calibrations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from hostcity.core import policy as matrix
from hostcity.core.models import Edition, Person
from hostcity.rehearsal import policy
from hostcity.rehearsal.models import Calibration


def calibrations(edition: Edition, person: Person) -> QuerySet[Calibration]:
    """Calibrations that a person may see, latest first, with job, snapshot and who started them."""
    rows = Calibration.objects.filter(edition=edition).select_related("job", "snapshot", "by")
    return matrix.allowed(person, policy.SEE_REHEARSALS, edition, rows).order_by("-id")


def calibration_in_full(edition: Edition, person: Person, public_id: Any) -> Calibration:
    """One with its result; one query. Raises ``Calibration.DoesNotExist``."""
    rows = calibrations(edition, person).select_related("job", "snapshot", "by", "result")
    calibration = rows.get(public_id=public_id)
    calibration.edition = edition
    return calibration


def blobs_of_counts() -> Iterator[str]:
    """Hashes of all files of counts."""
    return Calibration.objects.values_list("counts_id", flat=True).iterator()
