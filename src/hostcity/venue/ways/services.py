"""Having route books made."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity import __version__
from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Job, Person, Result, Snapshot
from hostcity.core.results import keep_result, let_go
from hostcity.venue import policy
from hostcity.venue.ways.queries import BOOK, KIND, drawing_of, missing_profiles

JOB = "venue.ways"
MOST_KEPT = 3  # books of one profile


@transaction.atomic
def make_books(*, edition: Edition, by: Person) -> Job | None:
    """Have the route books made that the drawing as it stands lacks; None when it lacks none.

    Raises `Refused` where nothing is drawn. Whoever asks while they are made is given the same job.
    """
    matrix.require(by, policy.MAKE_WAYS, edition)
    if drawing_of(edition).is_empty:
        what = _("This plan has no drawing yet.")
        raise Refused("ways.drawing", what, _("Draw areas with outlines first."))
    job = _enqueued(edition, by)
    if job is not None:
        body = {"profiles": job.arguments["profiles"]}
        record("ways.make", edition=edition, by=by, subject=("venue", "ways"), body=body)
    return job


@transaction.atomic
def ensure_books(edition: Edition) -> Job | None:
    """The same without an act: asking for a way is enough. What failed is tried again by hand only."""
    return None if drawing_of(edition).is_empty else _enqueued(edition, None)


def _enqueued(edition: Edition, by: Person | None) -> Job | None:
    missing = missing_profiles(edition)
    if not missing:
        return None
    asked = drawing_of(edition).sha256_of
    key = hashlib.sha256(" ".join([edition.code, *(asked[each] for each in missing)]).encode()).hexdigest()
    last = Job.objects.filter(dedupe_key=f"{JOB}:{key}").order_by("-id").first()
    if last and not last.is_open and by is None:
        return None
    return enqueue(JOB, arguments={"profiles": missing}, edition=edition, by=by, dedupe_key=f"{JOB}:{key}")


def keep_books(*, edition: Edition, snapshot: Snapshot, made: Sequence[Mapping[str, Any]]) -> None:
    """Keep books, each once, and let go of those of earlier drawings: the effect of the job."""
    for each in made:
        with scope(edition=edition):
            if Result.objects.filter(edition=edition, kind=KIND, results_sha256=each["sha256"]).exists():
                continue
        keep_result(
            edition=edition, kind=KIND, snapshot=snapshot, inputs={"profile": each["profile"]}, engine_version=__version__,
            results_sha256=each["sha256"], summary=each["summary"], blobs={BOOK: each["blob"]},
        )  # fmt: skip
        _let_go(edition, each["profile"])


def _let_go(edition: Edition, profile: str) -> None:
    with scope(edition=edition):
        rows = Result.objects.filter(edition=edition, kind=KIND, inputs__profile=profile).order_by("-id")[MOST_KEPT:]
        gone = list(rows)
        hashes = [each.blobs[BOOK] for each in gone]
        Result.objects.filter(pk__in=[each.pk for each in gone]).delete()
    let_go(hashes)
