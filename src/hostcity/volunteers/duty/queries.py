"""Who is rostered, came and is missing, and where too few may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hostcity.core.models import Edition, Person, PlanRow
from hostcity.plan.rows import Volunteer
from hostcity.volunteers.duty.arriving import own_of
from hostcity.volunteers.duty.cells import Cell, Cells
from hostcity.volunteers.duty.leading import leading_codes, led_cells
from hostcity.volunteers.duty.risk import short_probability
from hostcity.volunteers.models import Attendance, Shift
from hostcity.volunteers.own import name_of

AT_RISK = 0.05  # of too few coming: from here on a post stands above the others
USUAL_ATTENDS = Volunteer(code="usual").attends


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """Somebody rostered in a cell."""

    volunteer: str
    attendance: Attendance | None
    attends: float
    is_leader: bool = False

    @property
    def is_there(self) -> bool:
        """Came, and has not left."""
        return self.attendance is not None and self.attendance.checked_out_at is None

    @property
    def chance(self) -> float:
        """Of being there: who came is there, who left is not, others come as they usually do."""
        return float(self.is_there) if self.attendance else self.attends


@dataclass(frozen=True, kw_only=True, slots=True)
class PostLine:
    """A post in a band of a day."""

    cell: Cell
    name: str
    zone: str
    is_critical: bool
    needed: int
    people: tuple[Seen, ...]
    short: float  # probability that fewer are there than needed; 0 once the band is over

    @property
    def came(self) -> int:
        """Who checked in, whether they left or not."""
        return sum(each.attendance is not None for each in self.people)

    @property
    def there(self) -> int:
        """Who is there."""
        return sum(each.is_there for each in self.people)

    @property
    def missing(self) -> list[str]:
        """Codes of who has not come."""
        return [each.volunteer for each in self.people if each.attendance is None]

    @property
    def is_at_risk(self) -> bool:
        """Whether it stands above the others."""
        return self.short >= AT_RISK


def posts_in(cells: Cells, day: str, band: str, now: datetime, *, zone: str = "") -> list[PostLine]:
    """The posts of a band that need or have anybody: those at risk first, of them the critical ones, then by probability.

    Three queries, however many posts.
    """
    seen, needed = _seen(cells.edition, day, band), cells.needed_in(day, band)
    is_over = cells.hours(day, band).is_over(now)
    lines = [
        _line(cells, Cell(post, day, band), seen.get(post, ()), needed.get(post, 0), is_over=is_over)
        for post, row in cells.posts.items()
        if (post in seen or needed.get(post)) and zone in ("", row.zone)
    ]
    return sorted(lines, key=lambda each: (not each.is_at_risk, each.is_at_risk and not each.is_critical, -each.short))


def people_at(cells: Cells, cell: Cell, now: datetime) -> PostLine:
    """One of them, with who leads. Five queries."""
    people = _seen(cells.edition, cell.day, cell.band, post=cell.post).get(cell.post, ())
    leaders = leading_codes(cells.edition, {each.volunteer for each in people})
    told = [
        Seen(
            volunteer=each.volunteer,
            attendance=each.attendance,
            attends=each.attends,
            is_leader=each.volunteer in leaders,
        )
        for each in people
    ]
    is_over = cells.hours(cell.day, cell.band).is_over(now)
    return _line(cells, cell, told, cells.needed(cell), is_over=is_over)


def _line(cells: Cells, cell: Cell, people: Iterable[Seen], needed: int, *, is_over: bool) -> PostLine:
    row, people = cells.posts[cell.post], tuple(people)
    zone = cells.zones.get(row.zone)
    return PostLine(
        cell=cell, name=name_of(row), zone=name_of(zone) if zone else row.zone, is_critical=row.is_critical, needed=needed,
        people=people, short=0.0 if is_over else short_probability(needed, [each.chance for each in people]),
    )  # fmt: skip


def _seen(edition: Edition, day: str, band: str, **more: str) -> dict[str, list[Seen]]:
    """Who is rostered in a band, by post, in the order of their codes."""
    shifts = Shift.objects.filter(edition=edition, day=day, band=band, **more).exclude(post="")
    rows = sorted(shifts.values_list("post", "volunteer"))
    came = {each.volunteer: each for each in Attendance.objects.filter(edition=edition, day=day, band=band)}
    of_force = PlanRow.objects.filter(edition=edition, sheet="volunteers", key__in=shifts.values("volunteer"))
    attends = dict(of_force.values_list("key", "body__attends"))
    found = defaultdict(list)
    for post, volunteer in rows:
        rate = attends.get(volunteer)
        found[post].append(
            Seen(
                volunteer=volunteer,
                attendance=came.get(volunteer),
                attends=USUAL_ATTENDS if rate is None else float(rate),
            )
        )
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnDuty:
    """One of somebody's shifts, and whether they came."""

    cell: Cell
    starts_at: datetime
    ends_at: datetime
    is_open: bool  # one can check in now
    attendance: Attendance | None
    is_leader: bool


def own_duty(cells: Cells, person: Person, now: datetime) -> dict[tuple[str, str], OwnDuty]:
    """Of each of somebody's shifts, by day and band. At most five queries."""
    own = own_of(cells, person, now)
    if not own.shifts:
        return {}
    led = led_cells(cells.edition, person)
    rows = Attendance.objects.filter(edition=cells.edition, volunteer__in={each.volunteer for each in own.shifts})
    came = {(each.volunteer, each.day, each.band): each for each in rows}
    found = {}
    for each in own.shifts:
        hours, cell = cells.hours(each.day, each.band), Cell(each.post, each.day, each.band)
        found[each.day, each.band] = OwnDuty(
            cell=cell, starts_at=hours.starts_at, ends_at=hours.ends_at, is_open=hours.is_open(now),
            attendance=came.get((each.volunteer, each.day, each.band)), is_leader=cell in led,
        )  # fmt: skip
    return found
