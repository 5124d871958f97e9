"""What is drawn of the venue: where on earth it is, stands, openings, connectors between levels, amenities.

Coordinates are those of nodes and outlines: meters east and north of the plan's origin. From areas with outlines and
these rows the walkable network can be derived instead of typed.
"""

from __future__ import annotations

from dataclasses import dataclass

from hostcity.plan.columns import column
from hostcity.plan.rows.usual_columns import code_column, name_en_column, name_zh_column

#: What can stand on a hall's floor; only a stand has exhibitors.
STAND_KINDS = ("stand", "stage", "counter", "barrier", "column", "wall", "void")
AMENITY_KINDS = (
    "seats", "toilets", "water", "catering", "charging", "nursing_room", "prayer_room", "aed", "first_aid",
    "information", "cloakroom",
)  # fmt: skip
EYE_HEIGHT_M = 1.6


@dataclass(frozen=True, kw_only=True, slots=True)
class Grounds:
    """Where the venue lies: what ties the drawing to the earth."""

    code: str = code_column("Short code of the venue.", "场馆代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    address: str = column("text", "address", "地址", "Street and number.", "街道与门牌号。", default="")
    locality: str = column("text", "locality", "城市", "City or town.", "所在城市。", default="")
    country: str = column(
        "text", "country", "国家或地区", "ISO 3166 code of two letters.", "ISO 3166 两位字母代码。", default="CN"
    )
    latitude: float = column(
        "number",
        "latitude",
        "纬度",
        "Of the drawing's origin, WGS 84 (not GCJ-02).",
        "绘图原点的纬度，WGS 84（非 GCJ-02）。",
        unit="deg",
        low=-85,
        high=85,
    )
    longitude: float = column(
        "number",
        "longitude",
        "经度",
        "Of the drawing's origin, WGS 84 (not GCJ-02).",
        "绘图原点的经度，WGS 84（非 GCJ-02）。",
        unit="deg",
        low=-180,
        high=180,
    )
    bearing_deg: float = column(
        "number",
        "bearing",
        "方位角",
        "Of the drawing's y axis, clockwise from north.",
        "绘图 y 轴自正北起顺时针的角度。",
        unit="deg",
        low=-360,
        high=360,
        default=0.0,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Stand:
    """Something that stands on an area's floor: nobody walks through it."""

    code: str = code_column("Number of the stand, as on the floor plan.", "展位号，与平面图一致。")
    area: str = column("ref", "area", "区域", "Area on whose floor it stands.", "所在区域。", sheet="areas")
    kind: str = column("choice", "kind", "类型", "What it is.", "类型。", choices=STAND_KINDS, default="stand")
    outline: tuple[tuple[float, float], ...] = column(
        "outline", "outline", "轮廓", "Corners: x,y; x,y; ...", "角点：x,y; x,y; …", unit="m"
    )
    height_m: float = column(
        "number",
        "height",
        "高度",
        "From 1.6 m on it hides what is behind it.",
        "达到 1.6 m 即遮挡视线。",
        unit="m",
        low=0.05,
        high=60,
        default=2.5,
    )
    exhibitor_en: str = column(
        "text", "exhibitor (en)", "展商英文名", "Who exhibits here.", "参展单位英文名。", default=""
    )
    exhibitor_zh: str = column(
        "text", "exhibitor (zh)", "展商中文名", "Who exhibits here.", "参展单位中文名。", default=""
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """A gap in an area's wall: people pass between two areas, or out."""

    code: str = code_column("Short code of the opening.", "开口代码。")
    area: str = column("ref", "area", "区域", "Area in whose wall it is.", "开口所在墙体的区域。", sheet="areas")
    other: str = column(
        "ref",
        "other side",
        "另一侧",
        "Area on the other side; empty = outside of what is drawn.",
        "另一侧的区域；空 = 绘图范围之外。",
        sheet="areas",
        default="",
    )
    line: tuple[tuple[float, float], ...] = column(
        "outline", "line", "线段", "Its two ends: x,y; x,y", "两端点：x,y; x,y", unit="m"
    )
    clear_m: float | None = column(
        "number",
        "clear width",
        "净宽",
        "What is left between door leaves; empty = the length of the line.",
        "扣除门扇后的净宽；空 = 线段长度。",
        unit="m",
        low=0.3,
        high=500,
        default=None,
    )
    direction: str = column(
        "choice",
        "direction",
        "方向",
        "Which way people may pass, seen from the area.",
        "通行方向（自该区域看）。",
        choices=("both", "in", "out"),
        default="both",
    )
    is_exit: bool = column(
        "flag", "exit", "疏散出口", "Counts as an exit in an evacuation.", "疏散时计作安全出口。", default=False
    )
    step_free: bool = column(
        "flag", "step-free", "无障碍", "Wheelchairs and prams can use it.", "轮椅与婴儿车可以通行。", default=True
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Connector:
    """Stairs, an escalator, a lift or a ramp: from a place on one level to a place on another."""

    code: str = code_column("Short code of the connector.", "垂直通道代码。")
    kind: str = column(
        "choice", "kind", "类型", "What it is.", "类型。", choices=("stairs", "escalator", "lift", "ramp")
    )
    start: str = column("ref", "from area", "起点区域", "Area at one end.", "一端所在区域。", sheet="areas")
    start_x_m: float = column(
        "number", "from x", "起点 x", "East of the origin.", "原点以东。", unit="m", low=-1e5, high=1e5
    )
    start_y_m: float = column(
        "number", "from y", "起点 y", "North of the origin.", "原点以北。", unit="m", low=-1e5, high=1e5
    )
    end: str = column("ref", "to area", "终点区域", "Area at the other end.", "另一端所在区域。", sheet="areas")
    end_x_m: float = column(
        "number", "to x", "终点 x", "East of the origin.", "原点以东。", unit="m", low=-1e5, high=1e5
    )
    end_y_m: float = column(
        "number", "to y", "终点 y", "North of the origin.", "原点以北。", unit="m", low=-1e5, high=1e5
    )
    width_m: float = column(
        "number",
        "width",
        "宽度",
        "Clear width; of a lift that of its door.",
        "净宽；电梯为门宽。",
        unit="m",
        low=0.3,
        high=100,
    )
    one_way: bool = column("flag", "one-way", "单向", "Only from start to end.", "仅可由起点走向终点。", default=False)
    cabin_persons: int | None = column(
        "integer",
        "cabin",
        "轿厢",
        "Persons that a lift takes at once.",
        "电梯每次载客人数。",
        unit="persons",
        low=1,
        high=500,
        default=None,
    )
    cycle_s: float | None = column(
        "number",
        "cycle",
        "周期",
        "From one departure of a lift to its next from the same level.",
        "电梯在同一层两次出发的间隔。",
        unit="s",
        low=5,
        high=3600,
        default=None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Amenity:
    """Something that people look for: where it is."""

    code: str = code_column("Short code of the amenity.", "服务设施代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    kind: str = column("choice", "kind", "类型", "What it is.", "类型。", choices=AMENITY_KINDS)
    area: str = column("ref", "area", "区域", "Area in which it is.", "所在区域。", sheet="areas")
    x_m: float = column("number", "x", "x", "East of the origin.", "原点以东。", unit="m", low=-1e5, high=1e5)
    y_m: float = column("number", "y", "y", "North of the origin.", "原点以北。", unit="m", low=-1e5, high=1e5)
    places: int | None = column(
        "integer",
        "places",
        "位数",
        "Seats, cubicles, sockets; empty = not counted.",
        "座位、厕位、插座数；空 = 未计。",
        unit="-",
        low=1,
        high=100_000,
        default=None,
    )
    station: str = column(
        "ref",
        "station",
        "服务点",
        "Station where people queue for it in the day; empty = none.",
        "当日排队所用服务点；空 = 无。",
        sheet="stations",
        default="",
    )
    step_free: bool = column(
        "flag", "step-free", "无障碍", "Wheelchairs and prams can use it.", "轮椅与婴儿车可以使用。", default=True
    )
