"""What was found of facilities, and what is shown of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hostcity.core.models import Edition, Job, Result
from hostcity.core.models.jobs import OPEN, JobState
from hostcity.plan.polygons import Point
from hostcity.venue.facilities.services import ARRAYS, JOB, KIND, MOST_KEPT
from hostcity.venue.replays import PAGE
from hostcity.venue.words import KIND_NAMES

#: Sheets of the drawing on which it depends.
SHEETS = ("levels", "areas", "stands", "openings", "connectors", "amenities")
MOST_LISTED = 15  # lacks of a list that a page shows


@dataclass(frozen=True, slots=True)
class Marked:
    """Something with a place on a level's picture."""

    mark: str  # its id there, and in the address
    sign: str  # what stands in the mark
    area: str
    level: str  # "" = its area is not in the plan any more
    at: Point
    said: Mapping[str, Any] = field(default_factory=dict)  # as in the result


@dataclass(frozen=True, slots=True)
class Listed:
    """What a page lists, the worst first."""

    often: Sequence[Marked]
    seldom: Sequence[Marked]
    next_places: Sequence[Marked]
    more_often: int
    more_seldom: int

    @property
    def marks(self) -> Sequence[Marked]:
        """All that is marked."""
        return (*self.often, *self.seldom, *self.next_places)


def last_job(edition: Edition) -> Job | None:
    """The job that waits, runs, or has failed last, if nothing came after it. One query."""
    job = Job.objects.filter(edition=edition, kind=JOB).order_by("-id").first()
    return job if job and (job.state in OPEN or job.state == JobState.FAILED) else None


def kept_measures(edition: Edition) -> list[Result]:
    """What was found, the latest first, without what it says. One query."""
    rows = Result.objects.filter(edition=edition, kind=KIND).defer("summary").order_by("-id")
    return list(rows[:MOST_KEPT])


def measure_of(edition: Edition, asked: str) -> Result | None:
    """What is asked for by its number, else what was measured last. Two queries at most."""
    rows = Result.objects.filter(edition=edition, kind=KIND)
    if asked:
        is_number = asked.isascii() and asked.isdigit() and len(asked) < 16
        return rows.filter(pk=int(asked)).first() if is_number else None
    last = Job.objects.filter(edition=edition, kind=JOB, state=JobState.DONE).order_by("-id").first()
    known = rows.filter(pk=last.answer["result"]).first() if last and last.answer else None
    return known or rows.order_by("-id").first()


def can_be_measured(day: Result) -> bool:
    """Whether a day tells where people were."""
    return ARRAYS in day.blobs and PAGE in day.blobs


def listed(found: Mapping[str, Any], level_of: Mapping[str, Any], kind: str = "") -> Listed:
    """What a page lists of a result: of one kind of amenity, or of all. ``level_of`` has the level of each area."""

    def marked(rows: Sequence[Mapping[str, Any]], first: int) -> list[Marked]:
        signs = (str(number) for number in range(first, first + len(rows)))
        return [_marked(row, sign, sign, "worst_at", level_of) for row, sign in zip(rows, signs, strict=True)]

    often, seldom, places = (
        [row for row in found[name] if not kind or row["kind"] == kind] for name in ("often", "seldom", "next")
    )
    shown = often[:MOST_LISTED], seldom[:MOST_LISTED]
    return Listed(
        marked(shown[0], 1), marked(shown[1], 1 + len(shown[0])),
        [_marked(row, f"next-{number}", "+", "at", level_of) for number, row in enumerate(places, 1)],
        len(often) - len(shown[0]), len(seldom) - len(shown[1]),
    )  # fmt: skip


def asked_kind(asked: str) -> str:
    """A kind out of an address; "" for what is none."""
    return asked if asked in KIND_NAMES else ""


def _marked(row: Mapping[str, Any], mark: str, sign: str, at: str, level_of: Mapping[str, Any]) -> Marked:
    level = level_of.get(row["area"])
    x, y = row[at]
    return Marked(mark, sign, row["area"], level.code if level else "", (x, y), row)
