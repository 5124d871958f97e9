"""Where people walk in the four-leaf venue: plaza, ring on two levels, halls in pairs, entrances; typed, not derived.

It is drawn by `hostcity.plan.venues`, with the same dimensions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from hostcity.plan.rows import Area, Link, LinkKind, Node
from hostcity.plan.venues.four_leaf import GROUND, WALKWAY

RING_PLACES = 16  # the ring's nodes; gates stand at every fourth, halls between
RING_RADIUS_M = 150.0
HALL_INNER_M = 205.0
CELLS_ACROSS, CELLS_ALONG = 3, 6


@dataclass
class Venue:
    """Rows of the place, as they are drawn up."""

    areas: list[Area] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def area(self, code: str, name: tuple[str, str], kind: str, level: str, gross_m2: float, **more: object) -> None:
        self.areas.append(
            Area(code=code, name_en=name[0], name_zh=name[1], kind=kind, level=level, gross_m2=gross_m2, **more)  # type: ignore[arg-type]
        )

    def node(self, code: str, area: str, level: str, x_m: float, y_m: float, floor_m2: float | None) -> str:
        self.nodes.append(
            Node(code=code, area=area, level=level, x_m=round(x_m, 1), y_m=round(y_m, 1), floor_m2=floor_m2)
        )
        return code

    def link(
        self, start: str, end: str, length_m: float, width_m: float, kind: str = "level", door_m: float | None = None,
        *, one_way: bool = False,
    ) -> None:  # fmt: skip
        self.links.append(
            Link(
                code=f"{start}>{end}" + ("" if kind == "level" else f":{kind}"), start=start, end=end, kind=kind,
                length_m=round(length_m, 1), width_m=width_m, door_m=door_m, one_way=one_way,
            )
        )  # fmt: skip

    def stairway(self, low: str, high: str, rise_m: float) -> None:
        """Stairs, escalators and lifts side by side; lengths along the slope."""
        slope_m = rise_m / math.sin(math.radians(30))
        self.link(low, high, slope_m, 6.0, "stairs")
        self.link(low, high, slope_m, 6.0, "escalator")
        self.link(low, high, 4 * rise_m, 3.0, "lift")


LINK_KINDS = (
    LinkKind(code="level"),
    LinkKind(code="door"),
    LinkKind(code="stairs", speed_up=0.35, speed_down=0.5, flow_share=0.8, step_free=False),
    LinkKind(code="escalator", speed_up=0.6, speed_down=0.6, flow_share=0.9, step_free=False),
    LinkKind(code="ramp", speed_up=0.8, speed_down=0.9),
    LinkKind(code="lift", speed_up=0.4, speed_down=0.4, flow_share=0.3),
)


def _at(radius_m: float, degrees: float) -> tuple[float, float]:
    return radius_m * math.cos(math.radians(degrees)), radius_m * math.sin(math.radians(degrees))


def ring_place(degrees: float) -> int:
    """The ring's node nearest to a direction."""
    return round(degrees / 360 * RING_PLACES) % RING_PLACES


def build_core(venue: Venue, ring_width_m: float) -> None:
    """The plaza in the middle and the ring on the ground and on the walkway level."""
    venue.node("plaza", "plaza", GROUND, 0, 0, 8000)
    around = 2 * math.pi * RING_RADIUS_M / RING_PLACES
    for level, prefix, area in ((GROUND, "r0", "ring0"), (WALKWAY, "r8", "ring8")):
        for place in range(RING_PLACES):
            venue.node(f"{prefix}-{place}", area, level, *_at(RING_RADIUS_M, 360 / RING_PLACES * place), 1500)
        for place in range(RING_PLACES):
            venue.link(f"{prefix}-{place}", f"{prefix}-{(place + 1) % RING_PLACES}", around, ring_width_m)
    for place in range(RING_PLACES):
        if place % 2 == 0:
            venue.stairway(f"r0-{place}", f"r8-{place}", 8.0)
        if place % 4 == 0:
            venue.link("plaza", f"r0-{place}", RING_RADIUS_M, 20.0)


def build_hall(
    venue: Venue, code: str, degrees: float, deck: str, size_m: tuple[float, float], aisle_share: float
) -> list[str]:
    """One deck of a hall block: an aisle grid, and three doors to the ring. Gives its nodes, doors first."""
    width_m, depth_m = size_m
    radial, across = _at(1.0, degrees), _at(1.0, degrees + 90)

    def spot(along_m: float, aside_m: float) -> tuple[float, float]:
        return radial[0] * along_m + across[0] * aside_m, radial[1] * along_m + across[1] * aside_m

    cell_across, cell_along = width_m / CELLS_ACROSS, depth_m / CELLS_ALONG
    floor_m2 = round(cell_across * cell_along * aisle_share, 1)
    grid = [
        [
            venue.node(
                f"{code}-{i}{j}", code, deck,
                *spot(HALL_INNER_M + (j + 0.5) * cell_along, (i - (CELLS_ACROSS - 1) / 2) * cell_across), floor_m2,
            )
            for j in range(CELLS_ALONG)
        ]
        for i in range(CELLS_ACROSS)
    ]  # fmt: skip
    for i in range(CELLS_ACROSS):
        for j in range(CELLS_ALONG):
            if i + 1 < CELLS_ACROSS:
                venue.link(grid[i][j], grid[i + 1][j], cell_across, 12.0)
            if j + 1 < CELLS_ALONG:
                venue.link(grid[i][j], grid[i][j + 1], cell_along, 12.0)
    _doors(venue, code, degrees, deck, [row[0] for row in grid])
    return [node for row in grid for node in row]


def _doors(venue: Venue, code: str, degrees: float, deck: str, inner: list[str]) -> None:
    """Three doors at the inner edge: to the ring on the ground, or up from the walkway by stairs, escalators, lifts."""
    middle = ring_place(degrees)
    prefix = "r0" if deck == GROUND else "r8"
    reach_m = HALL_INNER_M - RING_RADIUS_M + 15.0
    for number, (node, place) in enumerate(zip(inner, (middle - 1, middle, middle + 1), strict=True)):
        ring = f"{prefix}-{place % RING_PLACES}"
        if deck == GROUND:
            venue.link(ring, node, reach_m + (40.0 if number != 1 else 0.0), 14.0, door_m=10.0)
            continue
        radius_m = HALL_INNER_M - 15.0
        foot = venue.node(f"{code}-foot{number}", "ring8", WALKWAY, *_at(radius_m, degrees + (number - 1) * 10), 600)
        head = venue.node(f"{code}-head{number}", code, deck, *_at(radius_m + 10, degrees + (number - 1) * 10), 600)
        venue.link(ring, foot, reach_m + (30.0 if number != 1 else 0.0), 14.0)
        venue.stairway(foot, head, 8.0)
        venue.link(head, node, 15.0, 14.0, door_m=10.0)


def build_gate(venue: Venue, code: str, degrees: float, walkway_m: float, levels: tuple[str, ...]) -> None:
    """A public entrance: a place for the queue, security, badge check, and the way to the ring, on each of its levels."""
    for level in levels:
        tag = code if level == GROUND else f"{code}2"
        aside = 0.0 if level == GROUND else 6.0
        security = venue.node(f"{tag}-security", f"gate-{tag}", level, *_at(520, degrees + aside), 14_000)
        badge = venue.node(f"{tag}-badge", f"gate-{tag}", level, *_at(470, degrees + aside), 6_000)
        ring = f"{'r0' if level == GROUND else 'r8'}-{ring_place(degrees)}"
        venue.link(security, badge, 50.0, 40.0)
        venue.link(badge, ring, 470 - RING_RADIUS_M, walkway_m)
