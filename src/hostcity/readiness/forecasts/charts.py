"""Curves of probabilities over days, drawn by the server, so that they need no script."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hostcity.readiness.forecasts.words import RULES, percent

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 260, 48, 190, 22, 34
LINE = 15  # height of a label
MOST_TICKS = 5
Curve = Sequence[tuple[datetime.date, float]]


def chart_of(
    curves: Mapping[str, Curve],
    said: str,
    *,
    due: datetime.date | None = None,
    due_said: str = "",
    is_stepped: bool = True,
) -> SafeString:
    """A chart from 0 to 100 %; nothing where there is no point. ``due`` is a day that is marked."""
    days = [day for curve in curves.values() for day, _share in curve] + ([due] if due else [])
    if not any(curves.values()):
        return SafeString("")
    first, last = min(days), max(days)
    if first == last:
        first, last = first - datetime.timedelta(days=1), last + datetime.timedelta(days=1)
    x = _Days(first, last)
    named = [(rule, curve) for rule, curve in curves.items() if curve]
    places = _apart([_y(curve[-1][1]) + 4 for _rule, curve in named])
    lines = "".join(
        _line(rule, curve, x, place, is_stepped) for (rule, curve), place in zip(named, places, strict=True)
    )
    mark = ""
    if due:
        anchor = "end" if x(due) > (LEFT + WIDTH - RIGHT) / 2 else "start"
        mark = (
            f'<path class="due" d="M{x(due):.1f} {TOP}V{HEIGHT - BOTTOM}"/>'
            f'<text class="due" x="{x(due):.1f}" y="{TOP - 7}" text-anchor="{anchor}">{escape(due_said)}</text>'
        )
    return mark_safe(  # noqa: S308 -- numbers, and texts that are escaped
        f'<svg class="chances" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(said)}">{_axes()}{_ticks(first, last, x)}{mark}{lines}</svg>'
    )


class _Days:
    """Where a day lies."""

    def __init__(self, first: datetime.date, last: datetime.date) -> None:
        self.first, self.many = first, (last - first).days

    def __call__(self, day: datetime.date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - self.first).days / self.many


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share


def _axes() -> str:
    found = [f'<path class="axis" d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}"/>']
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = _y(share)
        if share:
            found.append(f'<path class="grid" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>')
        found.append(f'<text x="{LEFT - 6}" y="{y + 4:.0f}" text-anchor="end">{percent(share)}</text>')
    return "".join(found)


def _ticks(first: datetime.date, last: datetime.date, x: _Days) -> str:
    step = max(1, -(-x.many // MOST_TICKS))
    days = [first + datetime.timedelta(days=step * at) for at in range(x.many // step + 1)]
    return "".join(
        f'<path class="axis" d="M{x(day):.1f} {HEIGHT - BOTTOM}v4"/><text x="{x(day):.1f}" y="{HEIGHT - 12}" text-anchor="middle">{day:%m-%d}</text>'
        for day in days
    )


def _line(rule: str, curve: Curve, x: _Days, place: float, is_stepped: bool) -> str:
    points: list[str] = []
    before = None
    for day, share in curve:
        if is_stepped and before is not None:
            points.append(f"{x(day):.1f},{_y(before):.1f}")
        points.append(f"{x(day):.1f},{_y(share):.1f}")
        before = share
    end = x(curve[-1][0])
    dot = f'<circle class="is-{rule}" cx="{end:.1f}" cy="{_y(curve[-1][1]):.1f}" r="3"/>'
    return f'<polyline class="is-{rule}" points="{" ".join(points)}"/>{dot}<text class="is-{rule}" x="{WIDTH - RIGHT + 8}" y="{place:.0f}">{escape(RULES[rule])}</text>'


def _apart(places: Sequence[float]) -> list[float]:
    """Places of labels, in their order from above, each a line below the one before at least."""
    order = sorted(range(len(places)), key=lambda at: places[at])
    found = list(places)
    for before, at in pairwise(order):
        found[at] = max(found[at], found[before] + LINE)
    return found


def said_at(day: datetime.date, chance: Mapping[str, float]) -> str:
    """What a chart shows, for who does not see it."""
    told = "; ".join(f"{RULES[rule]} {percent(share)}" for rule, share in chance.items())
    return _("On {day}: {told}").format(day=day.isoformat(), told=told)
