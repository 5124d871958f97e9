"""Four-leaf venues of any size: pairs of halls around a ring, on one or two decks.

The Shanghai venue is drawn like a clover: four leaves point to the corners, each with two halls beside a passage, and
the public comes in between them. Nothing here is surveyed. A `Layout` says how large everything is; `four_leaf`
lays out the inside, `add_gate` an entrance. What lies outside belongs to the example that knows it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from hostcity.plan.rows import Area, Level, Link, Node

GROUND, WALKWAY, DECK = "0", "8", "16"
STEP_M = {(GROUND, WALKWAY): 8.0, (WALKWAY, DECK): 8.0, (GROUND, DECK): 16.0}


@dataclass
class Ground:
    """Levels, areas, nodes and links while they are being laid out."""

    levels: dict[str, Level] = field(default_factory=dict)
    areas: dict[str, Area] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)

    def add_level(self, code: str, elevation_m: float, name_en: str, name_zh: str) -> None:
        self.levels[code] = Level(code=code, elevation_m=elevation_m, name_en=name_en, name_zh=name_zh)

    def add_area(  # the columns of the sheet, most of them with the usual answer
        self,
        code: str,
        kind: str,
        level: str,
        names: tuple[str, str],
        outline: list[tuple[float, float]],
        *,
        gross_m2: float | None = None,
        capacity: int | None = None,
        inside: bool = True,
    ) -> str:
        self.areas[code] = Area(
            code=code,
            name_en=names[0],
            name_zh=names[1],
            kind=kind,
            level=level,
            gross_m2=round(polygon_m2(outline), 1) if gross_m2 is None else gross_m2,
            capacity_persons=capacity,
            inside=inside,
            outline=tuple((round(x, 1), round(y, 1)) for x, y in outline),
        )
        return code

    def add_node(self, code: str, area: str, at: tuple[float, float], floor_m2: float | None = None) -> str:
        level = self.areas[area].level
        self.nodes[code] = Node(
            code=code, level=level, area=area, x_m=round(at[0], 1), y_m=round(at[1], 1), floor_m2=floor_m2
        )
        return code

    def join(
        self,
        start: str,
        end: str,
        width_m: float,
        *,
        kind: str = "level",
        length_m: float | None = None,
        door_m: float | None = None,
        one_way: bool = False,
        name: str = "",
    ) -> str:
        """A link between two nodes, as long as they are apart unless said otherwise."""
        code = f"{start}~{end}" + (f"~{name}" if name else "")
        self.links[code] = Link(
            code=code,
            start=start,
            end=end,
            kind=kind,
            length_m=round(self.apart_m(start, end) if length_m is None else length_m, 1),
            width_m=width_m,
            door_m=door_m,
            one_way=one_way,
        )
        return code

    def apart_m(self, start: str, end: str) -> float:
        one, other = self.nodes[start], self.nodes[end]
        return max(math.hypot(one.x_m - other.x_m, one.y_m - other.y_m), 1.0)

    def at(self, code: str) -> tuple[float, float]:
        return self.nodes[code].x_m, self.nodes[code].y_m


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """Two halls beside a passage. A hall is (code on the ground, code on the deck or "")."""

    code: str
    bearing_deg: float  # 0 = east, 90 = north
    right: tuple[str, str]
    left: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Sizes of a four-leaf venue."""

    leaves: tuple[Leaf, ...]
    hall_length_m: float = 270.0
    hall_width_m: float = 108.0
    hall_m2: float = 28_800.0
    hall_capacity: int | None = None
    columns: int = 5  # aisles along the hall
    rows: int = 8  # aisles across it
    aisle_m: float = 6.0  # an aisle of the grid stands for two or three real ones
    stand_floor_share: float = 0.40  # of the cell around a node: where people stand at the stands
    ring_m: float = 140.0  # radius of the ring concourse
    leaf_m: float = 170.0  # where the halls begin, from the center
    passage_m: float = 24.0
    passage_walk_m: float = 16.0
    ring_walk_m: float = 16.0
    walkway_m: float = 12.0
    door_m: float = 8.0
    door_rows: tuple[int, ...] = (0, 2, 5, 7)  # rows at which a hall opens to the passage
    toilet_rows: tuple[int, ...] = (1, 6)
    escalators: int = 5  # each way, each rise, each core
    stairs_m: float = 6.0

    @property
    def escalator_bank_m(self) -> float:
        """Walking width that lets as many pass as the bank: a unit moves 1.5 persons/s, a meter of the model 0.68."""
        return round(2.2 * self.escalators, 1)

    @property
    def cell_m2(self) -> float:
        return self.hall_m2 / (self.columns * self.rows)


def turned(bearing_deg: float, out_m: float, left_m: float = 0.0) -> tuple[float, float]:
    """The point ``out_m`` from the center in a direction and ``left_m`` to its left."""
    turn = math.radians(bearing_deg)
    return (
        out_m * math.cos(turn) - left_m * math.sin(turn),
        out_m * math.sin(turn) + left_m * math.cos(turn),
    )


def block(bearing_deg: float, out_m: tuple[float, float], left_m: tuple[float, float]) -> list[tuple[float, float]]:
    """The corners of a rectangle that is turned towards a direction."""
    corners = [(out_m[0], left_m[0]), (out_m[1], left_m[0]), (out_m[1], left_m[1]), (out_m[0], left_m[1])]
    return [turned(bearing_deg, out, left) for out, left in corners]


def circle(radius_m: float, corners: int = 16) -> list[tuple[float, float]]:
    return [turned(360.0 * (each + 0.5) / corners, radius_m) for each in range(corners)]


def polygon_m2(outline: list[tuple[float, float]]) -> float:
    """Area of a polygon (shoelace)."""
    ahead = outline[1:] + outline[:1]
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(outline, ahead, strict=True))) / 2


def four_leaf(layout: Layout) -> Ground:
    """The inside of a four-leaf venue: halls, passages, ring, walkway, plaza."""
    ground = Ground()
    ground.add_level(GROUND, 0.0, "Ground, 0 m", "地面层 0 米")
    ground.add_level(WALKWAY, 8.0, "Walkway, 8 m", "步道层 8 米")
    ground.add_level(DECK, 16.0, "Upper deck, 16 m", "上层展厅 16 米")
    _add_middle(ground, layout)
    for leaf in layout.leaves:
        _add_leaf(ground, layout, leaf)
    return ground


def _add_middle(ground: Ground, layout: Layout) -> None:
    """Plaza, ring on the ground and walkway above it."""
    ring_m = layout.ring_m
    ground.add_area("plaza", "plaza", GROUND, ("Central plaza", "中央广场"), circle(ring_m - layout.ring_walk_m))
    ring_m2 = 2 * math.pi * ring_m * layout.ring_walk_m
    ground.add_area(
        "ring", "concourse", GROUND, ("Ring concourse", "环形大厅"), circle(ring_m + layout.ring_walk_m / 2), gross_m2=round(ring_m2)
    )
    ground.add_area(
        "walkway",
        "concourse",
        WALKWAY,
        ("Walkway ring", "空中环廊"),
        circle(ring_m + layout.walkway_m / 2),
        gross_m2=round(2 * math.pi * ring_m * layout.walkway_m),
    )
    ground.add_node("plaza", "plaza", (0.0, 0.0), 6000.0)
    arc_m = 2 * math.pi * ring_m / 8
    for eighth in range(8):
        bearing = 45 * eighth
        ground.add_node(f"ring-{bearing}", "ring", turned(bearing, ring_m), 800.0)
        ground.add_node(f"walkway-{bearing}", "walkway", turned(bearing, ring_m), 500.0)
        ground.join("plaza", f"ring-{bearing}", 12.0)
    for eighth in range(8):
        here, ahead = 45 * eighth, 45 * ((eighth + 1) % 8)
        ground.join(f"ring-{here}", f"ring-{ahead}", layout.ring_walk_m, length_m=arc_m)
        ground.join(f"walkway-{here}", f"walkway-{ahead}", layout.walkway_m, length_m=arc_m)


def _add_leaf(ground: Ground, layout: Layout, leaf: Leaf) -> None:
    bearing = round(leaf.bearing_deg)
    beyond_m = layout.leaf_m + layout.hall_length_m
    half_m = layout.passage_m / 2
    for deck, level in enumerate((GROUND, DECK)):
        area = ground.add_area(
            f"leaf-{leaf.code}-{level}",
            "concourse",
            level,
            (f"Passage {leaf.code}, {level} m", f"{leaf.code} 号馆连廊 {level} 米"),
            block(bearing, (layout.ring_m + layout.ring_walk_m / 2, beyond_m + 50.0), (-half_m, half_m)),
        )
        head = ground.add_node(f"{leaf.code}-core-{level}", area, turned(bearing, layout.leaf_m - 8.0), 500.0)
        chain = [head]
        for row in layout.door_rows:
            chain.append(
                ground.add_node(f"{leaf.code}-pass-{level}-{row}", area, turned(bearing, _row_m(layout, row)), 500.0)
            )
        middle = len(chain) // 2 + 1
        chain.insert(
            middle, ground.add_node(f"{leaf.code}-mid-{level}", area, turned(bearing, layout.leaf_m + layout.hall_length_m / 2), 500.0)
        )
        chain.append(ground.add_node(f"{leaf.code}-food-{level}", area, turned(bearing, beyond_m + 30.0), 3000.0))
        for start, end in zip(chain, chain[1:], strict=False):
            ground.join(start, end, layout.passage_walk_m)
        for hall, side in ((leaf.right[deck], -1), (leaf.left[deck], 1)):
            if hall:
                _add_hall(ground, layout, leaf, hall, level, side)
    ground.join(f"ring-{bearing}", f"{leaf.code}-core-{GROUND}", layout.passage_walk_m)
    landing = ground.add_node(f"{leaf.code}-core-{WALKWAY}", "walkway", turned(bearing, layout.leaf_m - 8.0), 400.0)
    ground.join(f"walkway-{bearing}", landing, layout.walkway_m)
    add_rise(ground, layout, f"{leaf.code}-core-{GROUND}", landing)
    add_rise(ground, layout, landing, f"{leaf.code}-core-{DECK}")
    add_rise(ground, layout, f"{leaf.code}-mid-{GROUND}", f"{leaf.code}-mid-{DECK}")


def add_rise(ground: Ground, layout: Layout, below: str, above: str, *, share: float = 1.0) -> None:
    """Escalators up and down, a stair and lifts between two nodes on different levels."""
    rise_m = STEP_M[ground.nodes[below].level, ground.nodes[above].level]
    bank_m = round(layout.escalator_bank_m * share, 1)
    slope_m = 2.0 * rise_m  # 30 degrees
    ground.join(below, above, bank_m, kind="escalator", length_m=slope_m, one_way=True, name="up")
    ground.join(above, below, bank_m, kind="escalator", length_m=slope_m, one_way=True, name="down")
    ground.join(below, above, layout.stairs_m, kind="stairs", length_m=slope_m, name="stairs")
    ground.join(below, above, 4.0, kind="lift", length_m=rise_m, name="lift")


def _row_m(layout: Layout, row: int) -> float:
    return layout.leaf_m + (row + 0.5) * layout.hall_length_m / layout.rows


def _add_hall(ground: Ground, layout: Layout, leaf: Leaf, hall: str, level: str, side: int) -> None:
    """A hall as a grid of aisles; column 0 lies along the passage."""
    near_m = layout.passage_m / 2
    beyond_m = layout.leaf_m + layout.hall_length_m
    far_m = near_m + layout.hall_width_m
    ground.add_area(
        hall,
        "hall",
        level,
        (f"Hall {hall}", f"{hall} 号馆"),
        block(leaf.bearing_deg, (layout.leaf_m, beyond_m), (side * near_m, side * far_m)),
        gross_m2=layout.hall_m2,
        capacity=layout.hall_capacity,
    )
    floor_m2 = round(layout.cell_m2 * layout.stand_floor_share)
    pitch_m = layout.hall_width_m / layout.columns
    for column in range(layout.columns):
        for row in range(layout.rows):
            left_m = side * (near_m + (column + 0.5) * pitch_m)
            ground.add_node(
                f"{hall}-{column}{row}", hall, turned(leaf.bearing_deg, _row_m(layout, row), left_m), floor_m2
            )
            if row:
                ground.join(f"{hall}-{column}{row - 1}", f"{hall}-{column}{row}", layout.aisle_m)
            if column:
                ground.join(f"{hall}-{column - 1}{row}", f"{hall}-{column}{row}", layout.aisle_m)
    for row in layout.door_rows:
        ground.join(
            f"{leaf.code}-pass-{level}-{row}", f"{hall}-0{row}", layout.door_m + 2.0, kind="door", door_m=layout.door_m
        )
    # The short side faces the ring; the deck above is reached from the core.
    head = f"ring-{round(leaf.bearing_deg)}" if level == GROUND else f"{leaf.code}-core-{level}"
    ground.join(head, f"{hall}-{layout.columns // 2}0", layout.door_m + 2.0, kind="door", door_m=layout.door_m)
    for row in layout.toilet_rows:
        at = turned(leaf.bearing_deg, _row_m(layout, row), side * (far_m + 8.0))
        toilet = ground.add_node(f"{hall}-wc-{row}", f"leaf-{leaf.code}-{level}", at, 400.0)
        ground.join(toilet, f"{hall}-{layout.columns - 1}{row}", 6.0, kind="door", door_m=5.0)


@dataclass(frozen=True, kw_only=True)
class Entrance:
    """One level of a public entrance, between two leaves."""

    code: str
    gate: str
    bearing_deg: int
    level: str
    lanes: int
    names: tuple[str, str]
    queue_m2: float
    inner_m: float  # width of the way to the ring
    exit_m: float


def add_gate(ground: Ground, layout: Layout, entrance: Entrance) -> None:
    """Forecourt, security, badge check, lobby and exit doors of an entrance.

    Ways in are one-way inward and ways out one-way outward, as crowd managers fence them; so nobody can cross the
    venue without passing security.
    """
    code, bearing = entrance.code, entrance.bearing_deg
    half_m = 60.0
    front = ground.add_area(
        f"front-{code}",
        "gate",
        entrance.level,
        (f"{entrance.names[0]}, security", f"{entrance.names[1]}安检区"),
        block(bearing, (305.0, 410.0), (-half_m, half_m)),
        inside=False,
    )
    lobby = ground.add_area(
        f"lobby-{code}",
        "concourse",
        entrance.level,
        (f"{entrance.names[0]}, lobby", f"{entrance.names[1]}大厅"),
        block(bearing, (layout.ring_m + 20.0, 300.0), (-20.0, 20.0)),
    )
    ground.add_node(f"{code}-front", front, turned(bearing, 400.0, 20.0))
    ground.add_node(f"{code}-security", front, turned(bearing, 360.0, 20.0), entrance.queue_m2)
    ground.add_node(f"{code}-badge", front, turned(bearing, 320.0, 20.0), round(entrance.queue_m2 / 4))
    ground.add_node(f"{code}-lobby", lobby, turned(bearing, 280.0), 2000.0)
    ground.add_node(f"{code}-doors", lobby, turned(bearing, 300.0, -30.0), 1000.0)
    ground.join(f"{code}-front", f"{code}-security", float(entrance.lanes), one_way=True)
    ground.join(f"{code}-security", f"{code}-badge", float(entrance.lanes), one_way=True)
    ground.join(f"{code}-badge", f"{code}-lobby", entrance.inner_m, one_way=True)
    ground.join(f"{code}-lobby", f"{code}-doors", entrance.exit_m, one_way=True)
    inner = "ring" if entrance.level == GROUND else "walkway"
    ground.join(f"{code}-lobby", f"{inner}-{bearing}", entrance.inner_m)
