"""The chart of a job's curves over processor time, as an objective and its bound: drawn by the server, so that it needs no script."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from hostcity.core.sayings import Joined

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 640, 220, 70, 30, 10, 90
LINE = 14  # height of a label
Curve = Sequence[Sequence[float]]
Named = tuple[str, Curve]  # what a curve is called (a message of the catalog), its points


def chart_of(curves: Sequence[Named]) -> SafeString:
    """The chart; nothing where there are not two points. From zero up, so that the gap is seen as large as it is."""
    points = [point for _name, curve in curves for point in curve]
    if len({point[0] for point in points}) < 2:
        return SafeString("")
    most_s, most = max(point[0] for point in points), max(point[1] for point in points) or 1.0
    drawn = [(name, curve) for name, curve in curves if curve]
    places = _apart([_y(curve[-1][1], most) + 4 for _name, curve in drawn])
    lines = "".join(
        _line(number, name, curve, most_s, most, places[number]) for number, (name, curve) in enumerate(drawn)
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


def _line(number: int, name: str, curve: Curve, most_s: float, most: float, at: float) -> str:
    places = " ".join(f"{_x(at_s, most_s):.1f},{_y(value, most):.1f}" for at_s, value in curve)
    end = curve[-1]
    label = f'<text class="is-{number}" x="{_x(end[0], most_s) + 6:.0f}" y="{at:.0f}">{escape(_(name))}</text>'
    return f'<polyline class="is-{number}" points="{places}"/>{label}'


def _apart(places: Sequence[float]) -> list[float]:
    """Places of labels, each a line below the one before where they would lie over each other."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + LINE) if found and abs(place - found[-1]) < LINE else place)
    return found


def _said(curves: Sequence[Named]) -> str:
    """What the chart shows, for who does not see it."""
    ends = [f"{_(name)} {curve[-1][1]:,.0f}" for name, curve in curves if curve]
    return str(Joined(ends))


def _x(at_s: float, most_s: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * (at_s / most_s if most_s else 0.0)


def _y(value: float, most: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * max(0.0, value) / most
