"""Four leaves: a plaza, a ring around it on two levels, blocks of halls on one or two decks, entrances between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hostcity.plan.polygons import area_m2
from hostcity.plan.rows import Level
from hostcity.plan.sentences import Sentence
from hostcity.plan.venues.drawing import DOOR_M, Drawing, doors
from hostcity.plan.venues.frame import Frame, Point, Ring, polar
from hostcity.plan.venues.sizes import HallSize, refuse

GROUND, WALKWAY, DECK = "0", "8", "16"
LEVELS = (
    Level(code=GROUND, name_en="Ground", name_zh="地面层", elevation_m=0.0),
    Level(code=WALKWAY, name_en="Walkway", name_zh="步廊层", elevation_m=8.0),
    Level(code=DECK, name_en="Upper halls", name_zh="上层展厅", elevation_m=16.0),
)
RING_PLACES = 16
RING_M = 26.0
PLAZA_M = 140.0
CORRIDOR_M = 20.0  # from the plaza to the ring
LEAST_INNER_M = 205.0
RING_INSIDE_M = 55.0  # the middle of the ring lies so far inside of the halls' doors
NECK_M = 45.0  # from the ring's border to the doors
WAY_IN_M, WAY_OUT_M, FENCE_M = 24.0, 20.0, 1.0
GAP_M = 56.0  # of the ring's border between two blocks: a way in and a way out side by side
LANDING_M = 17.0
WALL_M = 0.3
MOST_BLOCKS = 24


@dataclass(frozen=True, kw_only=True)
class Block:
    """Halls above one another: their codes, and where they lie. Empty = no hall on that deck."""

    degrees: float
    ground: str = ""
    deck: str = ""


@dataclass(frozen=True, kw_only=True)
class Entrance:
    """A way in with room for the queue, and a way out to the left of it (seen from inside), or else to the right."""

    code: str
    name: tuple[str, str]
    degrees: float
    out_on_left: bool = True
    has_upper: bool = False


def blocks_for(halls: int) -> tuple[Block, ...]:
    """As few blocks as hold so many halls, at least four; the lower decks first."""
    count = max(4, math.ceil(halls / 2))
    if not 1 <= halls <= 2 * MOST_BLOCKS:
        mend = Sentence("Give 1 to {most}.", most=2 * MOST_BLOCKS)
        refuse("venue.halls", Sentence("has {count} halls.", count=halls), mend)
    return tuple(
        Block(
            degrees=(number + 0.5) * 360 / count,
            ground=f"{number + 1}.1" if number < halls else "",
            deck=f"{number + 1}.2" if count + number < halls else "",
        )
        for number in range(count)
    )


def entrances_for(blocks: int) -> tuple[Entrance, ...]:
    """East, north, west and south, each between two blocks."""
    names = (("E", ("East", "东")), ("N", ("North", "北")), ("W", ("West", "西")), ("S", ("South", "南")))
    return tuple(
        Entrance(code=code, name=name, degrees=math.floor(quarter * blocks / 4) * 360 / blocks)
        for quarter, (code, name) in enumerate(names)
    )


def four_leaf(
    halls: int | Sequence[Block] = 16, size: HallSize | None = None, entrances: Sequence[Entrance] | None = None
) -> Drawing:
    """A venue of four leaves with so many halls, or with these blocks.

    Raises ``PlanError`` for a number of halls or stands that cannot be drawn.
    """
    blocks = blocks_for(halls) if isinstance(halls, int) else tuple(halls)
    core = _Core(blocks=len(blocks), size=size or HallSize())
    has_decks = any(block.deck for block in blocks)
    drawing = Drawing(levels=LEVELS if has_decks else LEVELS[:1])
    _core(drawing, core, has_decks, blocks)
    for block in blocks:
        if block.ground:
            _ground_hall(drawing, core, block)
        if block.deck:
            _deck_hall(drawing, core, block)
    for entrance in entrances if entrances is not None else entrances_for(len(blocks)):
        _entrance(drawing, core, entrance, has_decks)
    return drawing


@dataclass(frozen=True)
class _Core:
    """Radii that follow from the number of blocks and their width."""

    blocks: int
    size: HallSize

    @property
    def inner_m(self) -> float:
        """From the middle to the halls: blocks keep 62 m between them for an entrance."""
        return max(LEAST_INNER_M, round((self.size.width_m / 2 + 31) / math.tan(math.pi / self.blocks), 1))

    @property
    def ring_m(self) -> float:
        return self.inner_m - RING_INSIDE_M

    @property
    def neck(self) -> tuple[Point, Point]:
        """Where the way to a block's doors begins and ends: along, and half its width."""
        along = self.inner_m - NECK_M
        gap = math.asin(GAP_M / 2 / (along * 1.025))
        narrow = min(self.size.width_m / 3, along * math.tan(math.pi / self.blocks - gap))
        wide = min(self.size.width_m / 3 + DOOR_M / 2 + 3, self.size.width_m / 2 - 1)
        return (along, round(narrow, 2)), (self.inner_m, wide)

    @property
    def around_m(self) -> float:
        """From the middle to the corners of the ring's border."""
        return math.hypot(*self.neck[0])

    @property
    def gap(self) -> float:
        """Half of the straight border between two blocks, as an angle. [deg]"""
        along, half = self.neck[0]
        left = 180 / self.blocks - math.degrees(math.atan2(half, along))
        return min(left, math.degrees(math.asin(GAP_M / 2 / self.around_m)))

    @property
    def border_m(self) -> float:
        """From the middle to that border."""
        return self.around_m * math.cos(math.radians(self.gap))

    @property
    def inside(self) -> Ring:
        """The ring's inner border."""
        radius = (self.border_m - RING_M) / math.cos(math.pi / RING_PLACES)
        return tuple(polar(radius, 360 / RING_PLACES * (place + 0.5)) for place in range(RING_PLACES))


def _core(drawing: Drawing, core: _Core, has_decks: bool, blocks: Sequence[Block]) -> None:
    half = PLAZA_M / 2
    square = Frame(0).box((-half, half), (-half, half))
    drawing.area("plaza", ("Central plaza", "中央广场"), "plaza", GROUND, square, PLAZA_M**2)
    for level, code, name in (
        (GROUND, "ring0", ("Ring, ground", "环廊地面层")),
        (WALKWAY, "ring8", ("Ring, walkway", "环廊步廊层")),
    ):
        if level == GROUND or has_decks:
            outline = _star(core, [block.degrees for block in blocks])
            gross_m2 = round(area_m2(outline) - (area_m2(core.inside) if level == WALKWAY else PLAZA_M**2))
            drawing.area(code, name, "concourse", level, outline, float(gross_m2))
    for quarter in range(4):
        drawing.obstacle(f"garden-{quarter + 1}", "ring0", "barrier", _garden(core, quarter), 1.1)
    if has_decks:
        drawing.obstacle("ring8-void", "ring8", "void", core.inside, 1.1)
        for place in range(0, RING_PLACES, 2):
            frame = Frame(360 / RING_PLACES * place)
            ends = f"r0-{place}", f"r8-{place}"
            _stairway(drawing, ends, ("ring0", "ring8"), frame, (core.ring_m - 4, core.ring_m + 4), (0.0, 0.0))
    _core_amenities(drawing, core)


def _star(core: _Core, degrees: Sequence[float]) -> Ring:
    """The ring with a neck to each block, and a straight border between two."""
    (near, narrow), (far, wide) = core.neck
    beside = math.degrees(math.atan2(narrow, near))
    corners: list[Point] = []
    for each in sorted(degrees):
        frame, between = Frame(each), each + 180 / core.blocks
        corners += frame.ring((near, -narrow), (far, -wide), (far, wide), (near, narrow))
        begin, end = each + beside, between - core.gap
        arc = end - begin if end - begin > 1.0 else 0.0
        steps = math.ceil(arc / 15.0)
        around = [begin + arc * step / steps for step in range(1, steps + 1)]
        corners += [polar(core.around_m, at) for at in around]
        corners += [polar(core.around_m, 2 * between - at) for at in reversed(around)]
    return tuple(corners)


def _garden(core: _Core, quarter: int) -> Ring:
    """What grows between plaza and ring, between two corridors."""
    half, free = PLAZA_M / 2, CORRIDOR_M / 2
    frame = Frame(90.0 * quarter)
    inner = _crossing(core.inside, free)
    corners = [corner for corner in core.inside if corner[0] > free and corner[1] > free]
    return frame.ring((half, free), (inner, free), *corners, (free, inner), (free, half), (half, half))


def _crossing(ring: Ring, y_m: float) -> float:
    """How far east a ring around the origin reaches at some y. [m]"""
    for (x, y), (u, v) in pairwise((ring[-1], *ring)):
        if x > 0 and u > 0 and (y > y_m) != (v > y_m):
            return x + (u - x) * (y_m - y) / (v - y)
    raise AssertionError("a ring around the origin crosses every y near it")


def _stairway(
    drawing: Drawing, nodes: tuple[str, str], areas: tuple[str, str], frame: Frame, along: Point, aside: Point
) -> None:
    """Stairs, an escalator and a lift side by side."""
    for kind, off_m, more in (
        ("stairs", -5.0, {"width_m": 6.0}),
        ("escalator", 0.0, {"width_m": 6.0}),
        ("lift", 5.0, {"width_m": 3.0, "cabin_persons": 60, "cycle_s": 60.0}),  # three cabins of 20
    ):
        places = (frame.place(along[0], aside[0] + off_m), frame.place(along[1], aside[1] + off_m))
        drawing.connector(f"{nodes[0]}>{nodes[1]}:{kind}", kind, areas, places, **more)


def _hall_name(code: str) -> tuple[str, str]:
    return f"Hall {code}", f"{code} 号馆"


def _ground_hall(drawing: Drawing, core: _Core, block: Block) -> None:
    """Doors straight from the neck of the ring."""
    size, frame, near = core.size, Frame(block.degrees), core.inner_m
    outline = frame.box((near, near + size.depth_m), (-size.width_m / 2, size.width_m / 2))
    gross_m2 = size.width_m * size.depth_m
    drawing.area(block.ground, _hall_name(block.ground), "hall", GROUND, outline, gross_m2)
    for number, middle in enumerate(doors(size)):
        line = frame.ring((near, middle - DOOR_M / 2), (near, middle + DOOR_M / 2))
        drawing.opening(f"{block.ground}-door{number}", block.ground, "ring0", line)
    drawing.hall_floor(block.ground, frame, near, size)


def _deck_hall(drawing: Drawing, core: _Core, block: Block) -> None:
    """Up from the walkway to a landing behind the doors' wall."""
    size, frame, near = core.size, Frame(block.degrees), core.inner_m
    code, half, landing = block.deck, size.width_m / 2, core.neck[1][1]
    foot, far = near - LANDING_M, near + size.depth_m
    outline = frame.ring(
        (foot, -landing), (near, -landing), (near, -half), (far, -half), (far, half), (near, half), (near, landing),
        (foot, landing),
    )  # fmt: skip
    drawing.area(code, _hall_name(code), "hall", DECK, outline, size.width_m * size.depth_m)
    ends_m = landing - 0.05  # short of the outline, whatever is rounded
    edges = [-ends_m, *(each for middle in doors(size) for each in (middle - DOOR_M / 2, middle + DOOR_M / 2)), ends_m]
    for number, (right, left) in enumerate(zip(edges[::2], edges[1::2], strict=True)):
        wall = frame.box((near - WALL_M / 2, near + WALL_M / 2), (right, left))
        drawing.obstacle(f"{code}-wall{number}", code, "wall", wall, 6.0)
    for number in range(3):
        aside = doors(size)[number] - math.copysign(3.0, number - 1) * (number != 1)
        ends = f"{code}-foot{number}", f"{code}-head{number}"
        _stairway(drawing, ends, ("ring8", code), frame, (near - 18.0, near - 8.0), (aside, aside))
    drawing.hall_floor(code, frame, near, size)


def _entrance(drawing: Drawing, core: _Core, entrance: Entrance, has_decks: bool) -> None:
    """A plaza for the queue and a way from it to the ring; beside it the way out. Neither is gone the other way."""
    side = 1.0 if entrance.out_on_left else -1.0
    frame = Frame(entrance.degrees)
    levels = (GROUND, WALKWAY) if entrance.has_upper and has_decks else (GROUND,)
    for level in levels:
        tag = entrance.code if level == GROUND else f"{entrance.code}2"
        _way_in(drawing, core, frame, side, tag, entrance.name, level)
    near, far = core.border_m, core.inner_m + 315.0
    right, left = _wide(side, 7.5, WAY_OUT_M)
    outer_right, outer_left = _wide(side, 50.0, WAY_OUT_M)
    outline = frame.ring(
        (near, right), (core.inner_m + 115, right), (core.inner_m + 215, outer_right), (far, outer_right),
        (far, outer_left), (core.inner_m + 215, outer_left), (core.inner_m + 115, left), (near, left),
    )  # fmt: skip
    name = f"{entrance.name[0]} way out", f"{entrance.name[1]}出口"
    code = f"exit-{entrance.code}"
    drawing.area(code, name, "gate", GROUND, outline, float(round(area_m2(outline))), inside=False)
    street = frame.ring((far, outer_right), (far, outer_left))
    drawing.opening(f"{code}-ring", code, "ring0", frame.ring((near, right), (near, left)), direction="in")
    drawing.opening(f"{code}-street", code, "", street, direction="out", is_exit=True)


def _way_in(
    drawing: Drawing, core: _Core, frame: Frame, side: float, tag: str, name: tuple[str, str], level: str
) -> None:
    """The way from the ring and the plaza of one level."""
    near, wide, far = core.border_m, core.inner_m + 245.0, core.inner_m + 355.0
    ring, code = ("ring0", f"gate-{tag}") if level == GROUND else ("ring8", f"gate-{tag}")
    right, left = _wide(side, -17.5, WAY_IN_M)
    plaza_right, plaza_left = _wide(side, -100.0, 130.0) if level == GROUND else _wide(side, -17.5, 130.0)
    outline = frame.ring(
        (near, right), (wide, right), (wide, plaza_right), (far, plaza_right),
        (far, plaza_left), (wide, plaza_left), (wide, left), (near, left),
    )  # fmt: skip
    unique = tuple(corner for corner, before in zip(outline, (outline[-1], *outline), strict=False) if corner != before)
    title = f"{name[0]} entrance", f"{name[1]}入口"
    if level != GROUND:
        title = f"{title[0]}, walkway", f"{title[1]}步廊层"
    drawing.area(code, title, "gate", level, unique, float(round(area_m2(unique))), inside=False)
    drawing.opening(f"{code}-ring", code, ring, frame.ring((near, right), (near, left)), direction="out")
    drawing.opening(f"{code}-street", code, "", frame.ring((far, plaza_right), (far, plaza_left)), is_exit=True)
    for kind, words, along in (
        ("information", ("Information", "问询处"), 40.0),
        ("cloakroom", ("Cloakroom", "存包处"), 60.0),
        ("toilets", ("Toilets", "卫生间"), 80.0),
    ):
        drawing.amenity(f"{code}-{kind}", words, kind, code, frame.place(wide + along, right + side * 2.0), None)


def _wide(side: float, first_m: float, width_m: float) -> tuple[float, float]:
    """A strip aside of a direction, told for a way out on the left; on the right it lies mirrored."""
    ends = sorted((side * first_m, side * (first_m + width_m)))
    return ends[0], ends[1]


def _core_amenities(drawing: Drawing, core: _Core) -> None:
    """Of the plaza and the ring."""
    for number, place in enumerate(Frame(45.0 + 90.0 * each).place(80.0, 0.0) for each in range(4)):
        drawing.amenity(f"plaza-seats{number + 1}", ("Seats", "休息座椅"), "seats", "plaza", place, 60)
    drawing.amenity("plaza-information", ("Information", "问询处"), "information", "plaza", (10.0, 10.0))
    drawing.amenity("plaza-aid", ("First aid", "医疗站"), "first_aid", "plaza", (-10.0, 10.0))
    for number in range(4):
        frame = Frame(90.0 * number + 11.25)
        at = frame.place(core.ring_m, 0.0)
        drawing.amenity(f"ring0-aid{number + 1}", ("First aid", "医疗站"), "first_aid", "ring0", at)
        drawing.amenity(f"ring0-aed{number + 1}", ("AED", "AED"), "aed", "ring0", frame.place(core.ring_m, 3.0))
    for number in range(2):
        at = polar(core.ring_m, 180.0 * number + 33.75)
        drawing.amenity(f"ring0-prayer{number + 1}", ("Prayer room", "祈祷室"), "prayer_room", "ring0", at, 20)
