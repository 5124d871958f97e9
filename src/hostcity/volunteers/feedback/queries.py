"""What was said of shifts: one's own, what waits for an answer, and a summary by post and band."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Avg, Count, Q, QuerySet
from django.db.models.functions import Lower

from hostcity.core.models import Edition, Person
from hostcity.volunteers.duty.cells import Cell, Cells, cells_of
from hostcity.volunteers.models import Attendance, Feedback

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Own:
    """One of one's own shifts to which one came, and what one said of it."""

    attendance: Attendance
    said: str  # the cell in words
    feedback: Feedback | None


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody said, with the shift in words."""

    feedback: Feedback
    said: str


@dataclass(frozen=True, slots=True)
class Sum:
    """What was said of a post, in a band of a day."""

    cell: Cell
    said: str
    count: int
    rating: float  # mean, 1 … 5
    low: int  # how many gave 1 or 2
    unanswered: int  # texts without an answer
    came: int  # who came there


def own_attendances(edition: Edition, person: Person) -> QuerySet[Attendance]:
    """To which shifts somebody came, under whichever of their codes."""
    rows = Attendance.objects.filter(edition=edition).annotate(in_lower=Lower("volunteer"))
    found: QuerySet[Attendance] = rows.filter(Q(volunteer=person.code) | Q(in_lower=person.username.lower()))
    return found


def own_feedback(edition: Edition, person: Person) -> list[Own]:
    """One's own shifts to which one came, latest first. Three queries."""
    came = list(own_attendances(edition, person).order_by("-checked_in_at"))
    cells = cells_of(edition)
    rows = Feedback.objects.filter(edition=edition, volunteer__in={each.volunteer for each in came})
    of = {(each.volunteer, each.day, each.band): each for each in rows}
    return [Own(each, _said(cells, each), of.get((each.volunteer, each.day, each.band))) for each in came]


def feedback_in(edition: Edition, *, waits: bool, post: str = "") -> list[Line]:
    """What was said, latest first: texts that wait for an answer, or all. Two queries."""
    rows = Feedback.objects.filter(edition=edition, **({"post": post} if post else {}))
    if waits:
        rows = rows.filter(answer="").exclude(text="")
    cells = cells_of(edition)
    return [Line(each, _said(cells, each)) for each in rows.order_by("-said_at", "-pk")[:MOST_SHOWN]]


def sums_of(edition: Edition) -> list[Sum]:
    """By post and band: the worst first. Three queries, however many."""
    rows = Feedback.objects.filter(edition=edition).values("post", "day", "band").annotate(
        count=Count("pk"), mean=Avg("rating"), low=Count("pk", filter=Q(rating__lte=2)),
        unanswered=Count("pk", filter=Q(answer="") & ~Q(text="")),
    )  # fmt: skip
    counts = Attendance.objects.filter(edition=edition).values("post", "day", "band").annotate(count=Count("pk"))
    came = {(each["post"], each["day"], each["band"]): each["count"] for each in counts}
    cells, found = cells_of(edition), []
    for each in rows:
        cell = Cell(each["post"], each["day"], each["band"])
        values = {name: each[name] for name in ("count", "low", "unanswered")}
        found.append(
            Sum(cell=cell, said=_in_words(cells, cell), rating=float(each["mean"]), came=came.get(cell, 0), **values)
        )
    return sorted(found, key=lambda each: (each.rating, -each.count, each.cell))


def _said(cells: Cells, row: Attendance | Feedback) -> str:
    return _in_words(cells, Cell(row.post, row.day, row.band))


def _in_words(cells: Cells, cell: Cell) -> str:
    is_known = cell.day in cells.days and cell.band in cells.bands
    return cells.said(cell) if is_known else f"{cells.post_name(cell.post)} · {cell.day} {cell.band}"
