"""Throws away, once an hour, what nobody needs any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hostcity.core.jobs.at_work import AtWork
from hostcity.core.models import Delivery, IdempotentAnswer, Job, SignInCode
from hostcity.core.models.jobs import OPEN, WorkerBeat
from hostcity.core.registries import JobKind
from hostcity.core.results.orphans import collect_orphans

KIND = "core.housekeeping"
EVERY = timedelta(hours=1)
KEPT = {
    "jobs": timedelta(days=90),
    "deliveries": timedelta(days=30),
    "answers": timedelta(days=2),
    "codes": timedelta(days=7),  # after they expired
    "workers": timedelta(days=7),  # that were killed
}
HOUSEKEEPING = JobKind(
    name=KIND, title=_("Housekeeping"), run="hostcity.core.jobs.housekeeping.clean", most_mib=512, most_seconds=300
)


def is_due() -> bool:
    """Whether the last one is an hour ago; one that waits or runs counts."""
    recent = Job.objects.filter(kind=KIND, created_at__gt=timezone.now() - EVERY)
    return not (recent.exists() or Job.objects.filter(kind=KIND, state__in=OPEN).exists())


def clean(_arguments: Mapping[str, Any], at_work: AtWork) -> dict[str, int]:
    """How many of each were thrown away."""
    now = timezone.now()
    old = {
        "answers": IdempotentAnswer.objects.filter(created_at__lt=now - KEPT["answers"]),
        "codes": SignInCode.objects.filter(expires_at__lt=now - KEPT["codes"]),
        "sessions": Session.objects.filter(expire_date__lt=now),
        "workers": WorkerBeat.objects.filter(seen_at__lt=now - KEPT["workers"]),
        "deliveries": Delivery.objects.filter(sent_at__lt=now - KEPT["deliveries"]),
    }
    gone = {}
    for count, (name, rows) in enumerate(old.items()):
        gone[name] = rows.delete()[0]
        at_work.progress((count + 1) / (len(old) + 1))
    return gone | {"jobs": _old_jobs(now - KEPT["jobs"]), "blobs": collect_orphans(now).count}


def _old_jobs(before: Any) -> int:
    """Ended long ago, and pointed at by nothing (a rehearsal keeps its job)."""
    gone = 0
    for job in Job.objects.exclude(state__in=OPEN).filter(ended_at__lt=before).order_by("id")[:1000]:
        try:
            gone += job.delete()[0]
        except ProtectedError:
            continue
    return gone
