"""Bars of tasks over days, each row a drawing of its own: a page of some dozen rows is small, whatever the plan's size."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from hostcity.readiness.standing import TaskNow

WIDTH, HEIGHT, HALF = 1000, 20, 5  # of a row; half a milestone's mark
MOST_TICKS = 7
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Scale:
    """From the first day that is drawn to the evening of the last."""

    first: datetime.date
    last: datetime.date
    today: datetime.date
    opens: datetime.date

    def x(self, day: datetime.date) -> float:
        """Where the morning of a day lies; beyond the drawing it lies at its edge."""
        share = (day - self.first).days / ((self.last - self.first).days + 1)
        return WIDTH * min(1.0, max(0.0, share))

    @property
    def axis(self) -> SafeString:
        """Days that are named above the bars, evenly; places in percent, so that type is not stretched."""
        days = (self.last - self.first).days + 1
        step = max(1, -(-days // MOST_TICKS))
        named = (self.first + at * DAY for at in range(0, days, step))
        said = "".join(f'<text x="{100 * self.x(day) / WIDTH:.1f}%" y="15">{day:%m-%d}</text>' for day in named)
        return mark_safe(f'<svg class="days" aria-hidden="true">{said}</svg>')  # noqa: S308 -- numbers


def scale_of(tasks: Sequence[TaskNow], today: datetime.date, opens: datetime.date) -> Scale:
    """From the first start to the last end of these tasks, with the opening where it is near."""
    starts = [
        day for each in tasks for day in (each.now and each.now.start, each.planned and each.planned.start) if day
    ]
    ends = [day for each in tasks for day in (each.now and each.now.end, each.planned and each.planned.end) if day]
    first, last = min(starts, default=today), max(ends, default=opens)
    return Scale(
        first, max(first + DAY, last, opens if (opens - last).days < (last - first).days else last), today, opens
    )


def row_of(each: TaskNow, scale: Scale) -> SafeString:
    """The bar as things stand, a thin line by the plan alone, a mark at the need-by date; lines of today and of the opening."""
    parts = [_line(scale, scale.today, "today"), _line(scale, scale.opens, "opens")]
    if each.planned and each.planned.start and each.planned.end:
        low, high = scale.x(each.planned.start), scale.x(each.planned.end + DAY)
        parts.append(f'<path class="planned" d="M{low:.1f} 17.5H{max(high, low + 2):.1f}"/>')
    if each.now and each.now.start and each.now.end:
        parts.append(_bar(each, scale, each.now.start, each.now.end))
    if need := _need(each):
        parts.append(_line(scale, need + DAY, "need"))
    drawn = "".join(parts)
    return mark_safe(  # noqa: S308 -- numbers and names of this file
        f'<svg class="bars" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>'
    )


def _bar(each: TaskNow, scale: Scale, start: datetime.date, end: datetime.date) -> str:
    kind = f"is-{each.status.color}" + (
        " is-critical" if each.told.is_open and each.now and each.now.is_critical else ""
    )
    low, high = scale.x(start), scale.x(end + DAY)
    if each.task.kind == "milestone":
        return f'<path class="{kind}" d="M{high:.1f} 3l{HALF} 6l-{HALF} 6l-{HALF} -6z"/>'
    return f'<rect class="{kind}" x="{low:.1f}" y="3" width="{max(2.0, high - low):.1f}" height="11"/>'


def _need(each: TaskNow) -> datetime.date | None:
    return datetime.date.fromisoformat(each.task.need_by) if each.task.need_by else None


def _line(scale: Scale, day: datetime.date, kind: str) -> str:
    inside = scale.first <= day <= scale.last + DAY
    return f'<path class="{kind}" d="M{scale.x(day):.1f} 0V{HEIGHT}"/>' if inside else ""
