"""Bytes that nothing needs any more: of attempts that were killed, of files that were tried and never applied.

Bytes are kept before the row that names them is written, because they are slow and the row belongs into the transaction
that ends a job. So what nobody names may be on its way. It is left alone for a day, which no job lasts; `keep_blob` makes
bytes young again that somebody keeps once more, and the very statement that deletes asks how old they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_scopes import scopes_disabled

from hostcity.core.models import Blob, Job, Result, Snapshot, StoredFile
from hostcity.core.models.jobs import OPEN
from hostcity.core.registries import registries

GRACE = timedelta(days=1)
AT_ONCE = 200  # rows of one transaction
HASH = re.compile(r"\b[0-9a-f]{64}\b")


@dataclass(frozen=True, slots=True)
class Orphans:
    """How many, and how large."""

    count: int
    size: int


def find_orphans(now: datetime | None = None) -> list[str]:
    """Hashes of bytes that are older than a day and named by nothing."""
    old = Blob.objects.filter(created_at__lt=_before(now)).values_list("sha256", flat=True)
    return sorted(set(old) - set(needed(now)))


def count_orphans(now: datetime | None = None) -> Orphans:
    """How much `collect_orphans` would throw away."""
    sizes = [size for part in _parts(find_orphans(now)) for size in _sizes(part)]
    return Orphans(len(sizes), sum(sizes))


def collect_orphans(now: datetime | None = None) -> Orphans:
    """Throw away what nothing needs; what is kept again meanwhile stays."""
    gone = [throw_away(part, now) for part in _parts(find_orphans(now))]
    return Orphans(sum(each.count for each in gone), sum(each.size for each in gone))


def throw_away(hashes: Collection[str], now: datetime | None = None) -> Orphans:
    """Throw those of these bytes away that are still older than a day."""
    with transaction.atomic():
        still_old = Blob.objects.filter(sha256__in=hashes, created_at__lt=_before(now))
        sizes = list(still_old.select_for_update().values_list("size", flat=True))
        still_old._raw_delete(using=still_old.db)  # not `delete`, which would read all bytes first
    return Orphans(len(sizes), sum(sizes))


def let_go(hashes: Collection[str]) -> None:
    """Throw these bytes away at once unless something else needs them; part of the act that gives them up."""
    gone = set(hashes) - set(needed())
    Blob.objects.filter(sha256__in=gone).delete()


def needed(now: datetime | None = None) -> Iterator[str]:
    """Hashes that something names: files, snapshots, results, rows of capabilities, and jobs as long as their kind keeps what they name."""
    now = now or timezone.now()
    with scopes_disabled():  # bytes are shared by all editions
        yield from StoredFile.objects.values_list("blob_id", flat=True)
        yield from Snapshot.objects.values_list("blob_id", flat=True)
        for source in registries.blob_sources:
            yield from source()
        for blobs in Result.objects.values_list("blobs", flat=True).iterator():
            yield from blobs.values()
    for job in Job.objects.only("kind", "state", "ended_at", "arguments", "answer").iterator():
        kind = registries.job_kinds.get(job.kind)
        lasts = kind.keeps_files if kind else None
        if job.state in OPEN or lasts is None or (job.ended_at and job.ended_at > now - lasts):
            yield from HASH.findall(json.dumps([job.arguments, job.answer]))


def _before(now: datetime | None) -> datetime:
    return (now or timezone.now()) - GRACE


def _parts(hashes: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(hashes), AT_ONCE):
        yield hashes[start : start + AT_ONCE]


def _sizes(hashes: list[str]) -> list[int]:
    return list(Blob.objects.filter(sha256__in=hashes).values_list("size", flat=True))
