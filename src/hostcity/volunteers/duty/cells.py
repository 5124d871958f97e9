"""Posts in bands of days: what they are called, when they are, how many are needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from hostcity.core.models import Edition
from hostcity.core.plan_rows.queries import rows_of_sheets
from hostcity.plan.cells import clock_text
from hostcity.volunteers.own import name_of

SHEETS = ("service_days", "bands", "posts", "zones", "needs")
OPENS_BEFORE = timedelta(minutes=60)


class Cell(NamedTuple):
    """A post in a band of a day, by codes."""

    post: str
    day: str
    band: str


class Hours(NamedTuple):
    """When a band of a day is. Checking in opens before it begins."""

    starts_at: datetime
    ends_at: datetime

    @property
    def opens_at(self) -> datetime:
        """From when somebody can check in."""
        return self.starts_at - OPENS_BEFORE

    def is_open(self, now: datetime) -> bool:
        """Whether somebody can check in."""
        return self.opens_at <= now < self.ends_at

    def is_over(self, now: datetime) -> bool:
        """Whether nobody comes any more."""
        return self.ends_at <= now


@dataclass(frozen=True, slots=True)
class Cells:
    """All cells of an edition's plan."""

    edition: Edition
    days: Mapping[str, Any]
    bands: Mapping[str, Any]
    posts: Mapping[str, Any]
    zones: Mapping[str, Any]
    needs: tuple[Any, ...]

    def __contains__(self, cell: Cell) -> bool:
        return cell.post in self.posts and cell.day in self.days and cell.band in self.bands

    def hours(self, day: str, band: str) -> Hours:
        """When a band of a day is."""
        midnight = datetime.fromisoformat(self.days[day].date).replace(tzinfo=self.edition.zone)
        of = self.bands[band]
        return Hours(midnight + timedelta(seconds=of.start_s), midnight + timedelta(seconds=of.end_s))

    def times(self, band: str) -> str:
        """The hours of a band in words."""
        return f"{clock_text(self.bands[band].start_s)}–{clock_text(self.bands[band].end_s)}"

    def open_bands(self, now: datetime) -> list[tuple[str, str]]:
        """Days and bands to which somebody can check in now."""
        return [(day, band) for day in self.days for band in self.bands if self.hours(day, band).is_open(now)]

    def band_of(self, now: datetime) -> tuple[str, str] | None:
        """The day and band to look at now: one that is open, which begins last; else the next one, else the last one."""
        whole = sorted((self.hours(day, band), day, band) for day in self.days for band in self.bands)
        going = [each for each in whole if each[0].is_open(now)]
        coming = [each for each in whole if each[0].starts_at > now]
        found = going[-1:] or coming[:1] or whole[-1:]
        return found[0][1:] if found else None

    def needed(self, cell: Cell) -> int:
        """Heads that a cell needs: a plan names each cell at most once."""
        for each in self.needs:
            if (
                each.post == cell.post
                and cell.day in (each.days or (cell.day,))
                and cell.band in (each.bands or (cell.band,))
            ):
                return int(each.heads)
        return 0

    def needed_in(self, day: str, band: str) -> dict[str, int]:
        """The same for all posts at once."""
        fits = (each for each in self.needs if day in (each.days or (day,)) and band in (each.bands or (band,)))
        return {each.post: int(each.heads) for each in fits}

    def post_name(self, post: str) -> str:
        """What a post is called; its code where the plan does not have it any more."""
        return name_of(self.posts[post]) if post in self.posts else post

    def said(self, cell: Cell) -> str:
        """A cell in words: post, date and hours."""
        return f"{self.post_name(cell.post)} · {self.days[cell.day].date} {self.times(cell.band)}"


def cells_of(edition: Edition) -> Cells:
    """The cells of an edition's plan. One query."""
    rows = rows_of_sheets(edition, SHEETS)
    days, bands, posts, zones = ({each.code: each for each in rows[name]} for name in SHEETS[:4])
    return Cells(edition, days, bands, posts, zones, rows["needs"])
