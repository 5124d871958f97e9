"""The day that is played, and how it is played."""

from __future__ import annotations

from dataclasses import dataclass

from hostcity.plan.columns import column
from hostcity.plan.rows.usual_columns import clock_column, code_column, name_en_column, name_zh_column


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """The expo and the day that is played. One row."""

    code: str = code_column("Short code of the expo.", "展会的简短代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    date: str = column("date", "date", "日期", "The day that is played.", "所推演的日期。")
    time_zone: str = column(
        "text", "time zone", "时区", "IANA name, e.g. Asia/Shanghai.", "IANA 时区名，如 Asia/Shanghai。"
    )
    clock_starts_at: float = clock_column("clock starts", "时钟开始", "First moment played.", "推演的开始时刻。")
    gates_open_at: float = clock_column("gates open", "安检开放", "Security begins to serve.", "安检开始放行的时刻。")
    opens_at: float = clock_column(
        "opens", "开馆", "Stands open; who is in a hall earlier waits.", "展位开放的时刻；早到展厅者等候。"
    )
    last_entry_at: float = clock_column(
        "last entry", "停止入场", "Who reaches security later is turned away.", "此后到达安检者不再放行。"
    )
    closes_at: float = clock_column(
        "closes", "闭馆", "Visitors inside leave now at the latest.", "场内观众最迟此时离开。"
    )
    clock_ends_at: float = clock_column("clock ends", "时钟结束", "Last moment played.", "推演的结束时刻。")
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

    code: str = code_column("Always day.", "固定为 day。")
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
