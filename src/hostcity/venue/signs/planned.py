"""Reading plans of signs that were made: which are kept, what they say, how two of them differ."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from hostcity.core.models import Edition, Job, Result
from hostcity.core.models.jobs import OPEN, JobState
from hostcity.core.results import read_blob

KIND = "signs"  # of a result
FOUND = "signs.json"  # of its bytes
MOST_LISTED = 20
Said = Mapping[str, Any]


def kept_plans(edition: Edition) -> list[Result]:
    """Those that are kept, the latest first. One query."""
    return list(Result.objects.filter(edition=edition, kind=KIND).order_by("-id")[:MOST_LISTED])


def plan_by(edition: Edition, asked: str) -> Result | None:
    """One of them by its number."""
    if not (asked.isascii() and asked.isdigit() and len(asked) < 16):
        return None
    return Result.objects.filter(edition=edition, kind=KIND, pk=int(asked)).first()


def planned_of(result: Result) -> Said:
    """Everything that was found; results never change, so a process reads it once."""
    return _said(result.blobs[FOUND])


@lru_cache(maxsize=6)  # some 1 MB each
def _said(sha256: str) -> Said:
    found: Said = json.loads(gzip.decompress(read_blob(sha256)))
    return found


def job_of(edition: Edition, kind: str) -> Job | None:
    """The job that waits, runs, or has failed last, if nothing came after it. One query."""
    job = Job.objects.filter(edition=edition, kind=kind).order_by("-id").first()
    return job if job and (job.state in OPEN or job.state == JobState.FAILED) else None


def last_audit(edition: Edition, kind: str) -> Job | None:
    """The latest audit that came to its end. One query."""
    return Job.objects.filter(edition=edition, kind=kind, state=JobState.DONE).order_by("-id").first()


def figures_by_code(result: Result | None) -> Mapping[str, Said]:
    """What each face is good for, by its code."""
    return {each["code"]: each for each in planned_of(result)["faces"]} if result else {}


def difference(a: Said, b: Said) -> dict[str, Sequence[Any]]:
    """Faces of two plans, told apart by where they are and to which side they look: in the first alone, in the second alone, in both
    with other names (as pairs), in both alike."""
    of_a, of_b = ({_place(each): each for each in said["faces"]} for said in (a, b))
    both = [(of_a[place], of_b[place]) for place in of_a if place in of_b]
    return {
        "gone": [each for place, each in of_a.items() if place not in of_b],
        "new": [each for place, each in of_b.items() if place not in of_a],
        "other": [pair for pair in both if _names(pair[0]) != _names(pair[1])],
        "same": [pair[1] for pair in both if _names(pair[0]) == _names(pair[1])],
    }


def _place(face: Said) -> tuple[Any, ...]:
    return face["node"], round(face["bearing_deg"])


def _names(face: Said) -> set[str]:
    return {line["to"] for line in face["lines"]}
