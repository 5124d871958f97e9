"""The rows of a plan, one frozen dataclass per sheet, in the order in which a planner fills them.

Times are seconds after the day's midnight in the expo's zone; lengths in meters; everything else as its column says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hostcity.plan.columns import column

DAY_S = 86_400.0
NIGHT_AFTER_S = 2 * DAY_S


def _code(help_en: str, help_zh: str) -> Any:
    return column("code", "code", "代码", help_en, help_zh)


def _name_en() -> Any:
    return column(
        "text", "name (en)", "英文名", "Name as shown on English pages.", "英文页面上显示的名称。", default=""
    )


def _name_zh() -> Any:
    return column(
        "text", "name (zh)", "中文名", "Name as shown on Chinese pages.", "中文页面上显示的名称。", default=""
    )


def _clock(en: str, zh: str, help_en: str, help_zh: str, **more: Any) -> Any:
    return column("clock", en, zh, help_en, help_zh, unit="HH:MM", low=0.0, high=NIGHT_AFTER_S, **more)


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """The expo and the day that is played. One row."""

    code: str = _code("Short code of the expo.", "展会的简短代码。")
    name_en: str = _name_en()
    name_zh: str = _name_zh()
    date: str = column("date", "date", "日期", "The day that is played.", "所推演的日期。")
    time_zone: str = column(
        "text", "time zone", "时区", "IANA name, e.g. Asia/Shanghai.", "IANA 时区名，如 Asia/Shanghai。"
    )
    clock_starts_at: float = _clock("clock starts", "时钟开始", "First moment played.", "推演的开始时刻。")
    gates_open_at: float = _clock("gates open", "安检开放", "Security begins to serve.", "安检开始放行的时刻。")
    opens_at: float = _clock(
        "opens", "开馆", "Stands open; who is in a hall earlier waits.", "展位开放的时刻；早到展厅者等候。"
    )
    last_entry_at: float = _clock(
        "last entry", "停止入场", "Who reaches security later is turned away.", "此后到达安检者不再放行。"
    )
    closes_at: float = _clock("closes", "闭馆", "Visitors inside leave now at the latest.", "场内观众最迟此时离开。")
    clock_ends_at: float = _clock("clock ends", "时钟结束", "Last moment played.", "推演的结束时刻。")
    peak_wait_limit_s: float = column(
        "number",
        "promise at the peak",
        "高峰承诺",
        "Longest entry time promised for the busiest hour.",
        "高峰小时承诺的最长入场时间。",
        unit="s",
        low=0,
        default=1800.0,
    )
    other_wait_limit_s: float = column(
        "number",
        "promise otherwise",
        "平时承诺",
        "Longest entry time promised for every other quarter of an hour.",
        "其余每一刻钟承诺的最长入场时间。",
        unit="s",
        low=0,
        default=600.0,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Model:
    """How the day is played. One row, code ``day``."""

    code: str = _code("Always day.", "固定为 day。")
    step_s: float = column(
        "number",
        "step",
        "步长",
        "Length of a step; queues are exact at any step.",
        "时间步长；排队结果与步长无关。",
        unit="s",
        low=0.5,
        high=10,
        default=2.0,
    )
    flow_per_m_per_s: float = column(
        "number",
        "flow",
        "通行率",
        "Most people through a level opening per meter and second, both ways together.",
        "平地开口每米每秒最多通过人数（双向合计）。",
        unit="persons/(m s)",
        low=0.1,
        high=3,
        default=1.22,
    )
    link_cap_per_m2: float = column(
        "number",
        "link cap",
        "通道密度上限",
        "Nobody enters a link that is this full.",
        "达到该密度的通道不再进人。",
        unit="persons/m2",
        low=0.5,
        high=6,
        default=4.0,
    )
    area_cap_per_m2: float = column(
        "number",
        "floor cap",
        "站立密度上限",
        "Nobody enters a floor that is this full.",
        "达到该密度的场地不再进人。",
        unit="persons/m2",
        low=0.5,
        high=6,
        default=3.0,
    )
    direction_share: float = column(
        "number",
        "direction share",
        "单向占比",
        "Share of a link that one direction may fill.",
        "单方向最多占用通道的比例。",
        unit="share",
        low=0.1,
        high=0.95,
        default=0.65,
    )
    metering_share: float = column(
        "number",
        "metering",
        "节流比例",
        "From a floor nobody enters a link filled more than this.",
        "通道占用超过此比例时，场地内的人暂缓进入。",
        unit="share",
        low=0.05,
        high=1,
        default=0.5,
    )
    perimeter_share: float = column(
        "number",
        "perimeter",
        "外围控制",
        "Security stops admitting while the links inside are filled more than this.",
        "场内通道占用超过此比例时，安检暂停放行。",
        unit="share",
        low=0.01,
        high=1,
        default=0.1,
    )
    front_row_m: float = column(
        "number",
        "front row",
        "前排宽度",
        "Width that one person of a queue's front row takes.",
        "队首并排每人所占宽度。",
        unit="m",
        low=0.3,
        high=2,
        default=0.6,
    )
    rotation_share: float = column(
        "number",
        "rotation",
        "换位通行率",
        "Share of the flow at which people facing each other in a jam change places.",
        "拥堵时相向换位的通行率占比。",
        unit="share",
        low=0.05,
        high=1,
        default=0.5,
    )
    counter_flow_loss: float = column(
        "number",
        "counterflow",
        "对向损失",
        "Share of speed lost when both directions are equally strong.",
        "双向人数相等时损失的速度比例。",
        unit="share",
        low=0,
        high=0.5,
        default=0.1,
    )
    route_update_s: float = column(
        "number",
        "route update",
        "路线更新",
        "How often routes follow the crowding; 0 = never.",
        "路线随拥挤程度更新的间隔；0 表示不更新。",
        unit="s",
        low=0,
        high=7200,
        default=600.0,
    )
    route_classes: int = column(
        "integer",
        "route classes",
        "路线组数",
        "One of this many groups of people changes routes at a time.",
        "人群分组轮流更新路线的组数。",
        unit="groups",
        low=1,
        high=8,
        default=4,
    )
    route_spread_s: float = column(
        "number",
        "route spread",
        "路线离散",
        "Logit scale: how much longer a second route may be and still be taken.",
        "Logit 尺度：次优路线多长仍会被选择。",
        unit="s",
        low=0,
        high=600,
        default=10.0,
    )
    route_smoothing: float = column(
        "number",
        "smoothing",
        "平滑系数",
        "Weight of the newest crowding in what people expect.",
        "最新拥挤程度在预期中的权重。",
        unit="share",
        low=0.05,
        high=1,
        default=0.5,
    )
    wrong_turn_share: float = column(
        "number",
        "wrong turns",
        "走错比例",
        "Chance of a wrong turn at a crossing.",
        "在路口走错的概率。",
        unit="share",
        low=0,
        high=0.5,
        default=0.0,
    )
    replay_share: float = column(
        "number",
        "replay share",
        "回放抽样",
        "Share of visitors whose moves are kept for the replay.",
        "保留行动记录供回放的观众比例。",
        unit="share",
        low=0,
        high=0.2,
        default=0.02,
    )


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

    code: str = _code("Short code of the level.", "楼层代码。")
    name_en: str = _name_en()
    name_zh: str = _name_zh()
    elevation_m: float = column(
        "number", "elevation", "标高", "Height above the ground.", "相对地面的高度。", unit="m", low=-100, high=500
    )


INSIDE_KINDS = ("hall", "plaza", "concourse")


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """A hall, plaza, concourse, gate or station; what is counted and drawn."""

    code: str = _code("Short code of the area.", "区域代码。")
    name_en: str = _name_en()
    name_zh: str = _name_zh()
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

    code: str = _code("Short code of the node.", "节点代码。")
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

    code: str = _code("Short code of the link.", "通道代码。")
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

    code: str = _code("Short code of the gate.", "入口代码。")
    name_en: str = _name_en()
    name_zh: str = _name_zh()


@dataclass(frozen=True, kw_only=True, slots=True)
class Station:
    """A place of service with lanes and a queue, or a departure that takes people in batches."""

    code: str = _code("Short code of the station.", "服务点代码。")
    node: str = column("ref", "node", "节点", "Where its queue stands.", "排队所在节点。", sheet="nodes")
    service: str = column(
        "choice",
        "service",
        "服务",
        "What is done here.",
        "服务内容。",
        choices=("security", "badge", "registration", "catering", "toilets", "information", "metro", "shuttle"),
    )
    gate: str = column(
        "ref",
        "gate",
        "入口",
        "Gate to which security and badge checks belong.",
        "安检与证件核验所属入口。",
        sheet="gates",
        default="",
    )
    lanes: int = column(
        "integer",
        "lanes",
        "通道数",
        "Lanes open when the lane schedule says nothing.",
        "未另行安排时开放的通道数。",
        unit="lanes",
        low=0,
        high=500,
    )
    lanes_most: int | None = column(
        "integer",
        "most lanes",
        "最多通道",
        "Lanes for which there is equipment; empty = not limited.",
        "设备允许的最多通道数；空 = 不限。",
        unit="lanes",
        low=0,
        high=500,
        default=None,
    )
    distribution: str = column(
        "choice",
        "distribution",
        "分布",
        "Law of the service time.",
        "服务时间的分布。",
        choices=("exponential", "lognormal", "gamma", "deterministic"),
        default="lognormal",
    )
    service_mean_s: float = column(
        "number",
        "mean service",
        "平均服务时间",
        "Mean service time of one person.",
        "每人平均服务时间。",
        unit="s",
        low=0.05,
        high=7200,
    )
    service_cv: float = column(
        "number",
        "service cv",
        "变异系数",
        "Standard deviation over mean (not used by exponential and deterministic).",
        "标准差与均值之比（指数与定长不用）。",
        unit="-",
        low=0,
        high=5,
        default=0.5,
    )
    headway_s: float | None = column(
        "number",
        "headway",
        "班次间隔",
        "Departures only: time between two departures.",
        "仅发车：两班之间的间隔。",
        unit="s",
        low=5,
        high=7200,
        default=None,
    )
    batch_persons: int | None = column(
        "integer",
        "batch",
        "每班人数",
        "Departures only: places on each.",
        "仅发车：每班可载人数。",
        unit="persons",
        low=1,
        high=10000,
        default=None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class LaneTime:
    """Lanes open at a station during a time; the rest of the day its own number holds."""

    code: str = _code("Any unique code.", "任意唯一代码。")
    station: str = column("ref", "station", "服务点", "Station.", "服务点。", sheet="stations")
    starts_at: float = _clock("from", "起", "From.", "开始时刻。")
    ends_at: float = _clock("to", "止", "Until.", "结束时刻。")
    lanes: int = column("integer", "lanes", "通道数", "Lanes open.", "开放通道数。", unit="lanes", low=0, high=500)


@dataclass(frozen=True, kw_only=True, slots=True)
class ProfileSlot:
    """One time slot of an arrival profile; slots of one profile share its name."""

    code: str = _code("Any unique code.", "任意唯一代码。")
    profile: str = column("text", "profile", "曲线", "Name of the profile.", "到达曲线名称。")
    starts_at: float = _clock("from", "起", "From.", "开始时刻。")
    ends_at: float = _clock("to", "止", "Until.", "结束时刻。")
    weight: float = column(
        "number",
        "weight",
        "权重",
        "Share of the stream in this slot, relative to the other slots.",
        "该时段的相对比重。",
        unit="weight",
        low=0,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Stream:
    """People who arrive by one mode at one point."""

    code: str = _code("Short code of the stream.", "客流代码。")
    name_en: str = _name_en()
    name_zh: str = _name_zh()
    mode: str = column(
        "choice",
        "mode",
        "方式",
        "How they come.",
        "到达方式。",
        choices=("metro", "coach", "shuttle", "bus", "taxi", "car", "walk", "staff"),
    )
    node: str = column(
        "ref",
        "arrival point",
        "到达点",
        "Node at which they appear and go home on foot.",
        "出现以及步行离开的节点。",
        sheet="nodes",
    )
    persons: int = column(
        "integer", "persons", "人数", "People in the whole day.", "全天人数。", unit="persons", low=0, high=5_000_000
    )
    profile: str = column("text", "profile", "曲线", "Name of an arrival profile.", "到达曲线名称。")
    headway_s: float = column(
        "number",
        "headway",
        "班次间隔",
        "They come in pulses this far apart; 0 = evenly.",
        "按该间隔成批到达；0 = 均匀到达。",
        unit="s",
        low=0,
        high=7200,
        default=0.0,
    )
    pulse_s: float = column(
        "number",
        "pulse",
        "到达持续",
        "How long one pulse takes to appear.",
        "每批到达持续的时间。",
        unit="s",
        low=0,
        high=7200,
        default=0.0,
    )
    leaves_by: str = column(
        "ref",
        "leaves by",
        "离开方式",
        "Departure station that takes them home; empty = on foot from the arrival point.",
        "离开所用的发车点；空 = 由到达点步行离开。",
        sheet="stations",
        default="",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Approach:
    """Which gates the people of a stream walk to."""

    code: str = _code("Any unique code.", "任意唯一代码。")
    stream: str = column("ref", "stream", "客流", "Stream.", "客流。", sheet="streams")
    gate: str = column("ref", "gate", "入口", "Gate.", "入口。", sheet="gates")
    weight: float = column(
        "number",
        "weight",
        "权重",
        "Share of the stream, relative to its other gates.",
        "该客流选择此入口的相对比重。",
        unit="weight",
        low=0,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Kind of people: what they do, how they walk, and whether they count among the entries."""

    code: str = _code("Short code of the group.", "人群代码。")
    name_en: str = _name_en()
    name_zh: str = _name_zh()
    counts_as_entry: bool = column(
        "flag", "counts", "计入入场", "Counts among the entries.", "计入入场人次。", default=True
    )
    speed_mean_m_per_s: float = column(
        "number",
        "speed",
        "步速",
        "Mean walking speed on the level.",
        "平地平均步速。",
        unit="m/s",
        low=0.2,
        high=3,
        default=1.34,
    )
    speed_sd_m_per_s: float = column(
        "number",
        "speed sd",
        "步速标准差",
        "Its standard deviation.",
        "步速的标准差。",
        unit="m/s",
        low=0,
        high=1,
        default=0.26,
    )
    step_free: bool = column(
        "flag", "step-free", "需无障碍", "Uses only step-free links.", "只走无障碍通道。", default=False
    )
    halls_mean: float = column(
        "number",
        "halls",
        "参观展厅数",
        "Mean number of halls visited, at least 1.",
        "平均参观展厅数，至少 1。",
        unit="halls",
        low=1,
        high=30,
        default=3.0,
    )
    stands_mean: float = column(
        "number",
        "stands per hall",
        "每厅停留",
        "Mean number of stays in each hall, at least 1.",
        "每厅平均停留次数，至少 1。",
        unit="stays",
        low=1,
        high=30,
        default=2.0,
    )
    dwell_median_s: float = column(
        "number",
        "stay",
        "停留",
        "Median length of a stay.",
        "每次停留时间的中位数。",
        unit="s",
        low=0,
        high=86400,
        default=900.0,
    )
    dwell_sigma: float = column(
        "number",
        "stay spread",
        "停留离散",
        "Sigma of the lognormal law of stays.",
        "停留时间对数正态分布的 σ。",
        unit="-",
        low=0,
        high=2,
        default=0.6,
    )
    meal_share: float = column(
        "number",
        "meals",
        "用餐比例",
        "Share who eat inside.",
        "在场内用餐的比例。",
        unit="share",
        low=0,
        high=1,
        default=0.5,
    )
    meal_starts_at: float = _clock(
        "meals from", "用餐起", "Meals are looked for from.", "开始用餐的时刻。", default=11.0 * 3600
    )
    meal_ends_at: float = _clock(
        "meals to", "用餐止", "Meals are looked for until.", "结束用餐的时刻。", default=14.0 * 3600
    )
    meal_dwell_s: float = column(
        "number",
        "meal",
        "用餐时长",
        "Median time at the table.",
        "用餐时长的中位数。",
        unit="s",
        low=0,
        high=86400,
        default=1200.0,
    )
    toilet_visits_mean: float = column(
        "number",
        "toilets",
        "如厕次数",
        "Mean number of visits to the toilets.",
        "平均如厕次数。",
        unit="visits",
        low=0,
        high=10,
        default=1.0,
    )
    registration_share: float = column(
        "number",
        "registration",
        "现场登记比例",
        "Share who go to a registration station before security.",
        "安检前需到登记处登记的比例。",
        unit="share",
        low=0,
        high=1,
        default=0.0,
    )
    information_visits_mean: float = column(
        "number",
        "questions",
        "问询次数",
        "Mean number of visits to an information desk.",
        "平均前往问询处的次数。",
        unit="visits",
        low=0,
        high=10,
        default=0.0,
    )
    leaves_at: float = _clock(
        "leaves", "离开", "Mean time at which they want to leave.", "平均离开时刻。", default=17.0 * 3600
    )
    leaves_sd_s: float = column(
        "number",
        "leaves sd",
        "离开标准差",
        "Its standard deviation.",
        "离开时刻的标准差。",
        unit="s",
        low=0,
        high=86400,
        default=3600.0,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Mix:
    """Who is in a stream."""

    code: str = _code("Any unique code.", "任意唯一代码。")
    stream: str = column("ref", "stream", "客流", "Stream.", "客流。", sheet="streams")
    group: str = column("ref", "group", "人群", "Group.", "人群。", sheet="groups")
    weight: float = column(
        "number",
        "weight",
        "权重",
        "Share of the stream, relative to its other groups.",
        "该人群在客流中的相对比重。",
        unit="weight",
        low=0,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Attraction:
    """How strongly a hall draws a group."""

    code: str = _code("Any unique code.", "任意唯一代码。")
    area: str = column("ref", "area", "区域", "Hall or plaza.", "展厅或广场。", sheet="areas")
    group: str = column(
        "ref",
        "group",
        "人群",
        "Group; empty = every group without a row of its own for this area.",
        "人群；空 = 对该区域没有单独设置的所有人群。",
        sheet="groups",
        default="",
    )
    weight: float = column(
        "number", "weight", "权重", "Drawing power relative to the other areas.", "相对吸引力。", unit="weight", low=0
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Appointment:
    """A meeting, session or talk that people of a group must reach in time."""

    code: str = _code("Short code of the appointment.", "约见代码。")
    name_en: str = _name_en()
    name_zh: str = _name_zh()
    group: str = column("ref", "group", "人群", "Group whose people are invited.", "受邀人群。", sheet="groups")
    area: str = column("ref", "area", "区域", "Where it takes place.", "举行地点。", sheet="areas")
    persons: int = column("integer", "persons", "人数", "People invited.", "受邀人数。", unit="persons", low=0)
    starts_at: float = _clock("starts", "开始", "Beginning; who comes early waits.", "开始时刻；早到者等候。")
    lasts_s: float = column("number", "lasts", "时长", "Length.", "时长。", unit="s", low=0, high=86400)
    slack_s: float = column(
        "number",
        "slack",
        "提前量",
        "They set off this much before the walk needs.",
        "比步行所需提前出发的时间。",
        unit="s",
        low=0,
        high=7200,
        default=600.0,
    )
    late_after_s: float = column(
        "number",
        "late after",
        "迟到界限",
        "Counts as late when reached this long after the start.",
        "开始后超过此时长到达算迟到。",
        unit="s",
        low=0,
        high=7200,
        default=300.0,
    )
    missed_after_s: float = column(
        "number",
        "missed after",
        "错过界限",
        "Counts as missed when reached this long after the start.",
        "开始后超过此时长到达算错过。",
        unit="s",
        low=0,
        high=86400,
        default=900.0,
    )


ACTIONS = ("lanes", "service", "fail", "width", "close", "delay", "divert", "evacuate", "advise")


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Something that happens during the day.

    ========  ==========  =====================================  ========================================
    action    target      value                                  to
    ========  ==========  =====================================  ========================================
    lanes     station     lanes open
    service   station     factor on the service time
    fail      station     (none: no lane serves)
    width     link        share of the width that is left
    close     link        (none: nobody enters)
    delay     stream      seconds later
    divert    stream      (none: its arrival point is closed)    streams that take its people
    evacuate  area        mean seconds until they set off (60)   links, nodes or areas by which it is left
    advise    stream      share of its people that follow        gates
    ========  ==========  =====================================  ========================================
    """

    code: str = _code("Short code of the event.", "事件代码。")
    action: str = column("choice", "action", "动作", "What happens.", "发生什么。", choices=ACTIONS)
    target: str = column(
        "text", "target", "对象", "Code of the station, link, stream or area.", "服务点、通道、客流或区域的代码。"
    )
    starts_at: float = _clock("from", "起", "From.", "开始时刻。")
    ends_at: float | None = _clock(
        "to", "止", "Until; empty = to the end of the day.", "结束时刻；空 = 到当日结束。", default=None
    )
    value: float | None = column(
        "number",
        "value",
        "数值",
        "Lanes, factor, share or seconds, as the action needs.",
        "通道数、系数、比例或秒数，视动作而定。",
        low=0,
        default=None,
    )
    to: tuple[str, ...] = column(
        "refs",
        "to",
        "去向",
        "Codes separated by ;: streams or gates; evacuate: links, nodes or areas by which people leave it.",
        "以 ; 分隔的代码：客流或入口；疏散时为人员离开所经的通道、节点或区域。",
        default=(),
    )
    spread: float | None = column(
        "number",
        "spread of setting off",
        "起动离散度",
        "evacuate: coefficient of variation of the seconds until people set off, log-normal; "
        "empty = evenly from 0 to twice the mean.",
        "疏散：起动前秒数的变异系数（对数正态）；空 = 在 0 与均值两倍之间均匀分布。",
        low=0,
        high=5,
        default=None,
    )
    exits: str = column(
        "choice",
        "exits",
        "出口选择",
        "evacuate: by the way that is quickest to where each goes next, or by the nearest exit.",
        "疏散：走去往各自下一目的地最快的路（quickest），或走最近的出口（nearest）。",
        choices=("quickest", "nearest"),
        default="quickest",
    )
    refuge: tuple[str, ...] = column(
        "refs",
        "refuges",
        "避难点",
        "evacuate: nodes of the area where step-free people wait who have no step-free way home, separated by ;.",
        "疏散：区域内的避难节点，没有无障碍回程路的人员在此等候，以 ; 分隔。",
        default=(),
    )


MARKS = ("reported", "derived", "assumed", "fitted")


@dataclass(frozen=True, kw_only=True, slots=True)
class Uncertainty:
    """How much a figure varies from day to day: drawn anew for every run of many.

    =========  ===========================================  ==========================================
    kind       low, high                                    what is drawn for a run
    =========  ===========================================  ==========================================
    factor     factors                                      the figure is multiplied by it
    no_show    shares of the staff who don't come           who is missing, and so how many lanes open
    =========  ===========================================  ==========================================

    With the laws normal and lognormal, one day in 20 lies below ``low`` and one in 20 above ``high``; with the law
    uniform, no day does.
    """

    code: str = _code("Short code of the uncertainty.", "不确定性的简短代码。")
    kind: str = column("choice", "kind", "类型", "What varies.", "变化的内容。", choices=("factor", "no_show"))
    figure: str = column(
        "text",
        "figure",
        "数据",
        "SHEET.KEY.FIELD; * stands for every key. no_show: stations.KEY.lanes.",
        "表.代码.字段；* 表示所有代码。no_show 填 stations.代码.lanes。",
    )
    law: str = column(
        "choice",
        "law",
        "分布",
        "How it is spread between low and high.",
        "低值与高值之间的分布。",
        choices=("lognormal", "normal", "uniform"),
        default="lognormal",
    )
    low: float = column(
        "number",
        "low",
        "低值",
        "Factor, or share of staff, that one day in 20 falls below.",
        "每 20 天有 1 天低于此系数或缺勤比例。",
        low=0,
        high=10,
    )
    high: float = column(
        "number",
        "high",
        "高值",
        "Factor, or share of staff, that one day in 20 exceeds.",
        "每 20 天有 1 天高于此系数或缺勤比例。",
        low=0,
        high=10,
    )
    each: bool = column(
        "flag",
        "each",
        "各自",
        "Every row varies by itself; else all rows together.",
        "每行各自变化；否则各行一同变化。",
        default=False,
    )
    staff_per_lane: int = column(
        "integer",
        "staff per lane",
        "每通道人数",
        "no_show: people without whom a lane stays closed.",
        "no_show：开放一条通道所需人数。",
        unit="persons",
        low=1,
        high=100,
        default=1,
    )
    reserve: int = column(
        "integer",
        "reserve",
        "后备人数",
        "no_show: people who stand by and fill gaps, for all rows together.",
        "no_show：可替补的后备人员，各行合计。",
        unit="persons",
        low=0,
        high=10000,
        default=0,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """A change that the organizer could make, and what it would take: what `hostcity advise` may try."""

    code: str = _code("Short code of the option.", "方案选项的简短代码。")
    name_en: str = _name_en()
    name_zh: str = _name_zh()
    changes: str = column(
        "text",
        "changes",
        "改动",
        "What is changed, as after --set; several are separated by spaces.",
        "具体改动，写法同 --set；多项以空格分隔。",
    )
    uses: str = column(
        "text",
        "uses",
        "占用",
        "What taking it once uses, e.g. lanes=1; staff=5. Empty = nothing.",
        "采用一次占用的资源，如 lanes=1; staff=5；空 = 不占用。",
        default="",
    )
    most: int = column(
        "integer",
        "most",
        "最多次数",
        "How often it may be taken.",
        "最多可采用的次数。",
        unit="times",
        low=1,
        high=1000,
        default=1,
    )
    group: str = column(
        "text",
        "group",
        "互斥组",
        "Of options with the same word here, at most one is taken.",
        "此列相同的选项只能采用其一。",
        default="",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Where a figure comes from."""

    code: str = _code("Short code of the source.", "来源代码。")
    name: str = column("text", "name", "名称", "Who says so.", "出处。")
    date: str = column("text", "date", "日期", "When it was said.", "发布日期。", default="")
    url: str = column("text", "address", "地址", "Where it can be read.", "网址。", default="")


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    """What is known of a figure of the plan."""

    code: str = _code("Any unique code.", "任意唯一代码。")
    figure: str = column(
        "text", "figure", "数据", "SHEET.KEY.FIELD; * stands for every key.", "表.代码.字段；* 表示所有代码。"
    )
    mark: str = column("choice", "mark", "标记", "How well it is known.", "可信程度。", choices=MARKS)
    source: str = column("ref", "source", "来源", "Source.", "来源。", sheet="sources", default="")
    edition: str = column(
        "text", "edition", "届次", "Edition or event to which the figure belongs.", "数据所属届次或活动。", default=""
    )
    date: str = column("text", "date", "日期", "Date of the figure.", "数据日期。", default="")
    note: str = column(
        "text", "note", "备注", "How it was derived or why it was assumed.", "推导方法或假设理由。", default=""
    )
    low_factor: float | None = column(
        "number",
        "low",
        "低值系数",
        "Lowest plausible value as a factor; swings are tried with it.",
        "最低可信值（系数），用于敏感性试算。",
        unit="factor",
        low=0,
        default=None,
    )
    high_factor: float | None = column(
        "number",
        "high",
        "高值系数",
        "Highest plausible value as a factor.",
        "最高可信值（系数）。",
        unit="factor",
        low=0,
        default=None,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """A reported figure with which the played day is compared."""

    code: str = _code("Short code.", "代码。")
    quantity: str = column(
        "text",
        "quantity",
        "量",
        "Result it speaks of, e.g. areas.5.1.peak_persons.",
        "对应的结果，如 areas.5.1.peak_persons。",
    )
    relation: str = column(
        "choice", "relation", "关系", "What the figure says.", "数据的含义。", choices=("equals", "at_least", "at_most")
    )
    value: float = column("number", "value", "数值", "The figure.", "数值。")
    unit: str = column("text", "unit", "单位", "Its unit.", "单位。")
    use: str = column(
        "choice",
        "use",
        "用途",
        "fitted: the plan was tuned to it; held_back: never used for tuning; shown: for comparison only.",
        "fitted：用于拟合；held_back：留作检验；shown：仅供对照。",
        choices=("fitted", "held_back", "shown"),
    )
    source: str = column("ref", "source", "来源", "Source.", "来源。", sheet="sources", default="")
    edition: str = column("text", "edition", "届次", "Edition to which it belongs.", "所属届次。", default="")
    date: str = column("text", "date", "日期", "Date of the figure.", "数据日期。", default="")
    note_en: str = column("text", "note (en)", "英文备注", "What a reader should know.", "英文说明。", default="")
    note_zh: str = column("text", "note (zh)", "中文备注", "What a reader should know.", "中文说明。", default="")
