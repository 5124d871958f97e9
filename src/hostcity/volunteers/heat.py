"""Posts of a draft on a level of the venue, in a band of a day: how likely each is short, and which role lacks."""

from __future__ import annotations

import dataclasses
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from hostcity.plan.polygons import Box, Point
from hostcity.venue.queries import LevelMap
from hostcity.venue.svg import Words, box_of_level, level_svg
from hostcity.volunteers.board import Spot, spot_of
from hostcity.volunteers.drafts import Draft

RADIUS = (
    0.016  # of a mark, of the width that is shown: 28 pixels across where the style sheet makes a picture narrowest
)
APART = 2.1  # radii between marks of posts at one node
GOLDEN = math.pi * (3 - math.sqrt(5))  # angle between two of them: they fill a disc evenly


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A post that needs somebody then, and where its people report for duty."""

    spot: Spot
    level: str  # "" = it is not on the drawing
    at: Point = (0.0, 0.0)
    number: int = 0  # of the posts at the same node, from 0


def has_places(draft: Draft) -> bool:
    """Whether a draft keeps where its posts are: those that were made first do not."""
    return any("node" in post for post in draft.said["posts"])


def places_of(draft: Draft, nodes: Mapping[str, Any], day: int, band: int) -> list[Place]:
    """Posts that need somebody in a band of a day: heads or role likeliest missing first."""
    posts = [at for at in range(len(draft.said["posts"])) if draft.problem.is_open[day, band, at]]
    seen, found = Counter[str](), []
    for post in posts:
        spot, code = spot_of(draft, (day, band, post)), draft.said["posts"][post].get("node", "")
        node = nodes.get(code)
        if node is None:
            found.append(Place(spot=spot, level=""))
            continue
        found.append(Place(spot=spot, level=node.level, at=(node.x_m, node.y_m), number=seen[code]))
        seen[code] += 1
    return sorted(found, key=lambda each: (-each.spot.worst_percent, each.spot.post, each.spot.key))


def level_with(drawn: LevelMap, words: Words, places: Sequence[Place], *, names: Mapping[str, str], path: str) -> str:
    """The SVG of a level with a mark for each place on it, a link to its cell; ``names`` are their titles by the cells' keys."""
    bare = dataclasses.replace(drawn, amenities=(), stands=(), connectors=())  # they would hide the marks
    here = [each for each in places if each.level == drawn.level.code]
    box = _box(bare, here)
    radius_m = RADIUS * (box[2] - box[0])
    marks = "".join(_mark(each, radius_m, names[each.spot.key], path) for each in reversed(here))  # the worst on top
    text = level_svg(bare, words, around=box)
    # Without its class: the map's style sheet sizes names and symbols for the map's own script.
    return text.replace(' class="level"', "", 1).replace("</svg>\n", f"{marks}</svg>\n")


def _box(drawn: LevelMap, places: Iterable[Place]) -> Box:
    """What is shown: the level, and marks that lie outside of what is drawn."""
    west, south, east, north = box_of_level(drawn)
    edge = 3 * RADIUS * (east - west)
    xs, ys = ([each.at[axis] for each in places] for axis in (0, 1))
    return (
        min([west, *(x - edge for x in xs)]), min([south, *(y - edge for y in ys)]),
        max([east, *(x + edge for x in xs)]), max([north, *(y + edge for y in ys)]),
    )  # fmt: skip


def _mark(place: Place, radius_m: float, name: str, path: str) -> str:
    """A disc in the board's color with the percent in it; where a role lacks, a ring around it and the role's name below."""
    spot, turn = place.spot, place.number * GOLDEN
    away = APART * radius_m * math.sqrt(place.number)
    x, y = place.at[0] + away * math.cos(turn), -(place.at[1] + away * math.sin(turn))
    parts = [f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius_m:.2f}" stroke-width="{radius_m * 0.08:.2f}"/>']
    if spot.roles:
        parts.append(
            f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius_m * 1.2:.2f}" fill-opacity="0" stroke-width="{radius_m * 0.12:.2f}" '
            f'stroke-dasharray="{radius_m * 0.4:.2f} {radius_m * 0.2:.2f}"/>'
        )
    parts.append(_text(f"{spot.worst_percent}%", x, y, radius_m * 0.75))
    if spot.roles:
        parts.append(_text("! " + ", ".join(spot.roles), x, y + radius_m * 1.8, radius_m * 0.75))
    return (
        f'<a href="{escape(path)}?c={spot.key}" class="r{spot.worst_color}" aria-label="{escape(name)}">'
        f"<title>{escape(name)}</title>{''.join(parts)}</a>"
    )


def _text(text: str, x: float, y: float, size: float) -> str:
    return (
        f'<text x="{x:.2f}" y="{y:.2f}" font-size="{size:.2f}" text-anchor="middle" dominant-baseline="central" font-weight="600" '
        f'stroke="#ffffff" stroke-width="{size * 0.12:.2f}" paint-order="stroke">{escape(text)}</text>'
    )
