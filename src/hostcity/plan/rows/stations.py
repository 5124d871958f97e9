"""Where people are served, and the hours of the lanes."""

from __future__ import annotations

from dataclasses import dataclass

from hostcity.plan.columns import column
from hostcity.plan.rows.usual_columns import clock_column, code_column


@dataclass(frozen=True, kw_only=True, slots=True)
class Station:
    """A place of service with lanes and a queue, or a departure that takes people in batches."""

    code: str = code_column("Short code of the station.", "服务点代码。")
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

    code: str = code_column("Any unique code.", "任意唯一代码。")
    station: str = column("ref", "station", "服务点", "Station.", "服务点。", sheet="stations")
    starts_at: float = clock_column("from", "起", "From.", "开始时刻。")
    ends_at: float = clock_column("to", "止", "Until.", "结束时刻。")
    lanes: int = column("integer", "lanes", "通道数", "Lanes open.", "开放通道数。", unit="lanes", low=0, high=500)
