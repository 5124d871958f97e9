"""What counts as served: the time between coming and leaving, inside of the shift; a correction counts as it was given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hostcity.core.models import Edition
from hostcity.volunteers.duty.cells import Cell, Cells, Hours, cells_of
from hostcity.volunteers.models import Attendance


@dataclass(frozen=True, kw_only=True, slots=True)
class Served:
    """Somebody came to a shift."""

    volunteer: str
    cell: Cell
    date: str
    times: str
    post: str
    checked_in_at: datetime
    checked_out_at: datetime | None
    is_corrected: bool
    minutes: int  # whole ones that count; 0 as long as there is no end

    @property
    def is_open(self) -> bool:
        """Whether nobody has said when they left."""
        return self.checked_out_at is None

    @property
    def stamp(self) -> str:
        """What a correction says that it looked at."""
        return stamp_of(self.checked_in_at, self.checked_out_at)


def stamp_of(checked_in_at: datetime | None, checked_out_at: datetime | None) -> str:
    """Both times as one word; "" = nobody is checked in."""
    times = (checked_in_at, checked_out_at)
    return "/".join(f"{each.timestamp():.6f}" if each else "" for each in times) if checked_in_at else ""


def minutes_of(row: Attendance, hours: Hours | None) -> int:
    """Whole minutes that count. ``hours`` None = the plan does not have the shift any more: all of it counts."""
    if row.checked_out_at is None:
        return 0
    begins, ends = row.checked_in_at, row.checked_out_at
    if hours is not None and not row.is_corrected:
        begins, ends = max(begins, hours.starts_at), min(ends, hours.ends_at)
    return max(int((ends - begins).total_seconds()) // 60, 0)


def served_in(edition: Edition, volunteers: Iterable[str] | None = None) -> list[Served]:
    """Who came to which shift, by time, then by code; of some volunteers, or all. Two queries."""
    cells, rows = cells_of(edition), Attendance.objects.filter(edition=edition)
    if volunteers is not None:
        rows = rows.filter(volunteer__in=list(volunteers))
    return [_served(cells, each) for each in rows.order_by("checked_in_at", "volunteer")]


def _served(cells: Cells, row: Attendance) -> Served:
    is_known = row.day in cells.days and row.band in cells.bands
    return Served(
        volunteer=row.volunteer, cell=Cell(row.post, row.day, row.band), date=cells.days[row.day].date if row.day in cells.days else row.day,
        times=cells.times(row.band) if row.band in cells.bands else row.band, post=cells.post_name(row.post), checked_in_at=row.checked_in_at,
        checked_out_at=row.checked_out_at, is_corrected=row.is_corrected, minutes=minutes_of(row, cells.hours(row.day, row.band) if is_known else None),
    )  # fmt: skip
