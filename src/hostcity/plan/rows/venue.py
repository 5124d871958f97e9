"""Where people walk: levels, areas, nodes, links and gates."""

from __future__ import annotations

from dataclasses import dataclass

from hostcity.plan.columns import column
from hostcity.plan.rows.usual_columns import code_column, name_en_column, name_zh_column


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkKind:
    """How people move on a kind of link."""

    code: str = column(
        "choice",
        "code",
        "代码",
        "Kind of link.",
        "通道类型。",
        choices=("level", "stairs", "escalator", "ramp", "lift", "door"),
    )
    speed_up: float = column(
        "number",
        "speed up",
        "上行系数",
        "Walking speed upward as a share of level speed.",
        "上行速度与平地速度之比。",
        unit="share",
        low=0.05,
        high=2,
        default=1.0,
    )
    speed_down: float = column(
        "number",
        "speed down",
        "下行系数",
        "Walking speed downward as a share of level speed.",
        "下行速度与平地速度之比。",
        unit="share",
        low=0.05,
        high=2,
        default=1.0,
    )
    flow_share: float = column(
        "number",
        "flow share",
        "通行系数",
        "Flow as a share of the level flow.",
        "通行率与平地之比。",
        unit="share",
        low=0.05,
        high=2,
        default=1.0,
    )
    step_free: bool = column(
        "flag", "step-free", "无障碍", "Wheelchairs and prams can use it.", "轮椅与婴儿车可以通行。", default=True
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """A floor of the venue."""

    code: str = code_column("Short code of the level.", "楼层代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    elevation_m: float = column(
        "number", "elevation", "标高", "Height above the ground.", "相对地面的高度。", unit="m", low=-100, high=500
    )


INSIDE_KINDS = ("hall", "plaza", "concourse")


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """A hall, plaza, concourse, gate or station; what is counted and drawn."""

    code: str = code_column("Short code of the area.", "区域代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    kind: str = column(
        "choice",
        "kind",
        "类型",
        "What it is.",
        "区域类型。",
        choices=("hall", "plaza", "concourse", "gate", "transport", "outside"),
    )
    level: str = column("ref", "level", "楼层", "Level on which it lies.", "所在楼层。", sheet="levels")
    gross_m2: float = column(
        "number", "gross area", "毛面积", "Floor area with stands.", "含展位的建筑面积。", unit="m2", low=0
    )
    capacity_persons: int | None = column(
        "integer",
        "capacity",
        "容量",
        "People allowed at once; empty = not given.",
        "允许同时在场人数；空 = 未给出。",
        unit="persons",
        low=0,
        default=None,
    )
    inside: bool = column(
        "flag",
        "inside",
        "场内",
        "Behind the gates: counts as inside the expo; empty = yes for halls, plazas and concourses.",
        "位于安检之内，计入场内人数；空 = 展厅、广场、连廊为是。",
        default=None,
    )
    outline: tuple[tuple[float, float], ...] = column(
        "outline",
        "outline",
        "轮廓",
        "Corners for drawing: x,y; x,y; ...",
        "绘图用角点：x,y; x,y; …",
        unit="m",
        default=(),
    )

    def __post_init__(self) -> None:
        if self.inside is None:
            object.__setattr__(self, "inside", self.kind in INSIDE_KINDS)


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """A place where links meet, people stay or are served."""

    code: str = code_column("Short code of the node.", "节点代码。")
    level: str = column("ref", "level", "楼层", "Level on which it lies.", "所在楼层。", sheet="levels")
    area: str = column("ref", "area", "区域", "Area to which it belongs.", "所属区域。", sheet="areas")
    x_m: float = column("number", "x", "x", "East of the origin.", "原点以东。", unit="m", low=-1e5, high=1e5)
    y_m: float = column("number", "y", "y", "North of the origin.", "原点以北。", unit="m", low=-1e5, high=1e5)
    floor_m2: float | None = column(
        "number",
        "standing floor",
        "站立面积",
        "Floor on which people stay or queue here; empty = unbounded (outside).",
        "停留与排队的可用面积；空 = 不限（场外）。",
        unit="m2",
        low=1,
        default=None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A walkable connection between two nodes."""

    code: str = code_column("Short code of the link.", "通道代码。")
    start: str = column(
        "ref",
        "start",
        "起点",
        "Node at one end; which one changes nothing unless it is one-way.",
        "一端的节点；除单向通道外，起止互换不影响结果。",
        sheet="nodes",
    )
    end: str = column("ref", "end", "终点", "Node at the other end.", "另一端的节点。", sheet="nodes")
    kind: str = column(
        "choice",
        "kind",
        "类型",
        "What it is.",
        "通道类型。",
        choices=("level", "stairs", "escalator", "ramp", "lift", "door"),
        default="level",
    )
    length_m: float = column(
        "number", "length", "长度", "Walking distance.", "步行距离。", unit="m", low=0.1, high=5000
    )
    width_m: float = column(
        "number", "width", "宽度", "Clear width on which people walk.", "可行走净宽。", unit="m", low=0.3, high=500
    )
    door_m: float | None = column(
        "number",
        "narrowest",
        "最窄处",
        "Narrowest opening, shared by both directions; empty = the width.",
        "最窄开口宽度（双向共用）；空 = 同宽度。",
        unit="m",
        low=0.3,
        high=500,
        default=None,
    )
    one_way: bool = column("flag", "one-way", "单向", "Only from start to end.", "仅可由起点走向终点。", default=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Gate:
    """An entrance: its security and badge stations name it."""

    code: str = code_column("Short code of the gate.", "入口代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
