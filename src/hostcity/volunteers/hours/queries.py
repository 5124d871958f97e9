"""One person's shifts with what they count, and one's own."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Lower

from hostcity.core.models import Edition, Person
from hostcity.volunteers.duty.cells import Cell, Cells, cells_of
from hostcity.volunteers.hours.counted import Served, served_in
from hostcity.volunteers.models import Attendance, Correction, Shift


@dataclass(frozen=True, slots=True)
class Sheet:
    """What somebody has served, and to which of their shifts nobody was checked in."""

    volunteer: str
    served: list[Served]
    missed: list[tuple[Cell, str]]  # with the cell in words
    corrections: list[Correction]  # latest first

    @property
    def minutes(self) -> int:
        """All that counts."""
        return sum(each.minutes for each in self.served)

    @property
    def hours(self) -> float:
        """In hundredths of an hour."""
        return round(self.minutes / 60, 2)


def sheet_of(edition: Edition, volunteer: str) -> Sheet:
    """The sheet of a volunteer. Five queries."""
    served = served_in(edition, [volunteer])
    came = {each.cell[1:] for each in served}
    cells = cells_of(edition)
    shifts = Shift.objects.filter(edition=edition, volunteer=volunteer).exclude(post="").order_by("day", "band")
    rows = [Cell(each.post, each.day, each.band) for each in shifts]
    missed = [(each, cells.said(each)) for each in rows if each in cells and each[1:] not in came]
    corrections = Correction.objects.filter(edition=edition, volunteer=volunteer).order_by("-pk")
    return Sheet(volunteer, served, missed, list(corrections))


def own_hours(edition: Edition, person: Person) -> list[Served]:
    """What somebody has served themselves, under whichever of their codes. Three queries.

    Their shifts may have been taken out of the roster since: what was served stays theirs.
    """
    of_them = Q(volunteer=person.code) | Q(in_lower=person.username.lower())  # sign-in names are kept in lower case
    rows = Attendance.objects.filter(edition=edition).annotate(in_lower=Lower("volunteer")).filter(of_them)
    codes = set(rows.values_list("volunteer", flat=True))
    return served_in(edition, codes) if codes else []


def reasons_of(edition: Edition, served: list[Served]) -> dict[tuple[str, str], Correction]:
    """The last correction of each of somebody's shifts that holds, by day and band. One query."""
    rows = Correction.objects.filter(edition=edition, volunteer__in={each.volunteer for each in served}, undone_at=None)
    return {(each.day, each.band): each for each in rows.order_by("pk")}


def open_bands(edition: Edition, cells: Cells) -> list[tuple[str, str, int]]:
    """Days and bands in which somebody has not been checked out, with how many. One query."""
    rows = Attendance.objects.filter(edition=edition, checked_out_at=None).values_list("day", "band")
    counts: dict[tuple[str, str], int] = {}
    for each in rows:
        counts[each] = counts.get(each, 0) + 1
    known = [(*each, count) for each, count in counts.items() if each[0] in cells.days and each[1] in cells.bands]
    return sorted(known, key=lambda each: cells.hours(*each[:2]))
