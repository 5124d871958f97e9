"""Files that were uploaded to be tried: what the pages of every kind of import look up."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from hostcity.core.models import Edition, Job

SHOWN = 10  # of the latest files


def latest_trials(edition: Edition, kind: str) -> QuerySet[Job]:
    """The latest files of a kind, with who uploaded them, latest first. One query."""
    return Job.objects.filter(edition=edition, kind=kind).select_related("by").order_by("-id")[:SHOWN]


def trial_or_404(edition: Edition, kind: str, public_id: UUID) -> Job:
    """The trial of the address, or 404."""
    job = Job.objects.select_related("by", "edition").filter(edition=edition, kind=kind, public_id=public_id).first()
    if job is None:
        raise Http404(public_id)
    return job
