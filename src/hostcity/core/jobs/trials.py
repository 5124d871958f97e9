"""Files that were uploaded to be tried: what the pages of every kind of import look up."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from hostcity.core.models import Edition, Job

SHOWN = 10  # of the latest files


def latest_trials(edition: Edition, *kinds: str) -> QuerySet[Job]:
    """The latest files of some kinds, with who uploaded them, latest first. One query."""
    return Job.objects.filter(edition=edition, kind__in=kinds).select_related("by").order_by("-id")[:SHOWN]


def trial_or_404(edition: Edition, public_id: UUID, *kinds: str) -> Job:
    """The trial of the address, of one of these kinds, or 404."""
    rows = Job.objects.select_related("by", "edition")
    job = rows.filter(edition=edition, kind__in=kinds, public_id=public_id).first()
    if job is None:
        raise Http404(public_id)
    return job
