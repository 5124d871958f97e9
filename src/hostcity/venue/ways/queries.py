"""Route books of an edition and what ways need besides: the drawing, what is closed, the crowd of the last rehearsal."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Max
from django_scopes import scope

from hostcity.core.models import Edition, Job, Result
from hostcity.core.models.jobs import OPEN
from hostcity.core.plan_rows.queries import kept_rows_of_sheets, last_act
from hostcity.core.results import bytes_of, latest

if TYPE_CHECKING:
    from hostcity.engines.wayfinding import Book, Crowding, Guide

T = TypeVar("T")

KIND = "ways"  # of a result: one route book
BOOK, CROWD = "book.npz", "crowding.json"  # names of blobs; the latter of a rehearsal's result
SHEETS = (
    "levels", "areas", "nodes", "links", "stands", "openings", "connectors", "amenities", "timeline", "edition",
)  # fmt: skip
MOST_DRAWINGS, MOST_BOOKS, MOST_CROWDS = 4, 4, 8  # that a process keeps


class Kept:
    """The last few of what is dear to make, by key."""

    def __init__(self, most: int) -> None:
        self.most, self.lock = most, Lock()
        self.rows: OrderedDict[Hashable, Any] = OrderedDict()

    def of(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under a key, made where it is not."""
        with self.lock:
            if key in self.rows:
                self.rows.move_to_end(key)
                found: T = self.rows[key]
                return found
        made = make()
        with self.lock:
            self.rows[key] = made
            while len(self.rows) > self.most:
                self.rows.popitem(last=False)
        return made


_drawings, _books, _crowds = Kept(MOST_DRAWINGS), Kept(MOST_BOOKS), Kept(MOST_CROWDS)


@dataclass(frozen=True, kw_only=True, eq=False)
class Drawing:
    """The sheets of a plan on which ways depend, as tuples of rows."""

    levels: tuple[Any, ...]
    areas: tuple[Any, ...]
    nodes: tuple[Any, ...]
    links: tuple[Any, ...]
    stands: tuple[Any, ...]
    openings: tuple[Any, ...]
    connectors: tuple[Any, ...]
    amenities: tuple[Any, ...]
    timeline: tuple[Any, ...]
    edition: tuple[Any, ...]

    @cached_property
    def sha256_of(self) -> dict[str, str]:
        """What the route book of each profile is kept under."""
        from hostcity.engines.wayfinding import PROFILES, content_sha256, drawing_sha256

        drawing = drawing_sha256(self)
        return {code: content_sha256(self, profile, drawing) for code, profile in PROFILES.items()}

    @cached_property
    def guide(self) -> Guide:
        """Tells ways in words."""
        from hostcity.engines.wayfinding import Guide

        return Guide(self)

    @property
    def is_empty(self) -> bool:
        """Whether no floor is drawn."""
        return not any(len(area.outline) >= 3 for area in self.areas)

    @property
    def hours(self) -> range:
        """Hours of the day that the plan plays, while the venue is open to anybody."""
        if not self.edition:
            return range(9, 18)
        day = self.edition[0]
        return range(int(day.opens_at // 3600), int(-(-day.closes_at // 3600)))


def drawing_of(edition: Edition) -> Drawing:
    """The drawing as it stands: one query, and a second one when the plan has changed since the last time."""
    _number, sha256 = last_act(edition)
    return _drawings.of((edition.pk, sha256), lambda: Drawing(**kept_rows_of_sheets(edition, SHEETS, sha256)))


@dataclass(frozen=True, slots=True)
class Shelf:
    """The book of a profile, if there is one, and whether it is of the drawing as it stands."""

    book: Book | None
    is_current: bool


def book_of(edition: Edition, profile: str) -> Shelf:
    """The newest route book of a profile: of this drawing, else of the one before. One query; a second one for its bytes."""
    asked = drawing_of(edition).sha256_of[profile]
    with scope(edition=edition):
        rows = Result.objects.filter(edition=edition, kind=KIND, inputs__profile=profile).defer("summary")
        result = rows.filter(results_sha256=asked).order_by("-id").first() or rows.order_by("-id").first()
    if result is None:
        return Shelf(None, False)
    return Shelf(_read(result), result.results_sha256 == asked)


def _read(result: Result) -> Book | None:
    """The book of a result; None for one of an earlier version of its form."""
    from hostcity.engines.wayfinding import read_book

    try:
        return _books.of(result.blobs[BOOK], lambda: read_book(bytes_of(result, BOOK)))
    except ValueError:
        return None


def missing_profiles(edition: Edition) -> list[str]:
    """Profiles that have no book of the drawing as it stands; one query."""
    asked = drawing_of(edition).sha256_of
    with scope(edition=edition):
        rows = Result.objects.filter(edition=edition, kind=KIND, results_sha256__in=asked.values())
        known = set(rows.values_list("results_sha256", flat=True))
    return [code for code, sha256 in asked.items() if sha256 not in known]


def making_of(edition: Edition) -> Job | None:
    """The job that makes books just now."""
    from hostcity.venue.ways.services import JOB

    return (
        Job.objects.filter(edition=edition, kind=JOB, state__in=OPEN).select_related("edition").order_by("-id").first()
    )


def last_failure(edition: Edition) -> Job | None:
    """The last job that was to make books, when it failed."""
    from hostcity.venue.ways.services import JOB

    job = Job.objects.filter(edition=edition, kind=JOB).select_related("edition").order_by("-id").first()
    return job if job and job.said_error else None


@dataclass(frozen=True, slots=True)
class Crowd:
    """The crowd of the last rehearsal that has one."""

    crowding: Crowding
    result: Result


def crowd_of(edition: Edition) -> Crowd | None:
    """The crowding of the last rehearsal; one query, and one more for a rehearsal that was not read before."""
    from hostcity.engines.wayfinding import Crowding

    result = latest(edition)
    if result is None or CROWD not in result.blobs:
        return None
    sha256 = result.blobs[CROWD]
    return Crowd(_crowds.of(sha256, lambda: Crowding.from_json(json.loads(bytes_of(result, CROWD)))), result)


def state_of(edition: Edition) -> tuple[int, int, int]:
    """What an answer depends on beside the plan: the newest book, the newest rehearsal, how far making books is. Two queries."""
    with scope(edition=edition):
        rows = Result.objects.filter(edition=edition, kind__in=(KIND, "day")).order_by().values("kind")
        newest = dict(rows.annotate(newest=Max("id")).values_list("kind", "newest"))
    job = making_of(edition)
    return newest.get(KIND, 0), newest.get("day", 0), job.percent if job else -1
