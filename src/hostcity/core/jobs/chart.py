"""The chart of a job's curves over processor time, as an objective and its bound: drawn by the server, so that it needs no script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hostcity.core.sayings import Joined

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 640, 220, 70, 30, 10, 90
Curve = Sequence[Sequence[float]]


def chart_of(curves: Mapping[str, Curve]) -> SafeString:
    """The chart; nothing where there are not two points. From zero up, so that the gap is seen as large as it is."""
    points = [point for curve in curves.values() for point in curve]
    if len({point[0] for point in points}) < 2:
        return SafeString("")
    most_s, most = max(point[0] for point in points), max(point[1] for point in points) or 1.0
    lines = "".join(
        _line(number, name, curve, most_s, most) for number, (name, curve) in enumerate(curves.items()) if curve
    )
    axes = f'<path class="axis" d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}"/>'
    ticks = "".join(
        f'<text x="{LEFT - 6}" y="{_y(value, most) + 4:.0f}" text-anchor="end">{value:,.0f}</text>'
        for value in (0.0, most / 2, most)
    )
    seconds = escape(_("{seconds} s of processor time").format(seconds=f"{most_s:,.1f}"))
    return mark_safe(  # noqa: S308 -- numbers, and texts that are escaped
        f'<svg class="curves" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(_said(curves))}">{axes}{ticks}{lines}'
        f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 8}" text-anchor="end">{seconds}</text></svg>'
    )


def _line(number: int, name: str, curve: Curve, most_s: float, most: float) -> str:
    places = " ".join(f"{_x(at_s, most_s):.1f},{_y(value, most):.1f}" for at_s, value in curve)
    end = curve[-1]
    label = f'<text class="is-{number}" x="{_x(end[0], most_s) + 6:.0f}" y="{_y(end[1], most) + 4:.0f}">{escape(_(name))}</text>'
    return f'<polyline class="is-{number}" points="{places}"/>{label}'


def _said(curves: Mapping[str, Curve]) -> str:
    """What the chart shows, for who does not see it."""
    ends = [f"{_(name)} {curve[-1][1]:,.0f}" for name, curve in curves.items() if curve]
    return str(Joined(ends))


def _x(at_s: float, most_s: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * (at_s / most_s if most_s else 0.0)


def _y(value: float, most: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * max(0.0, value) / most
