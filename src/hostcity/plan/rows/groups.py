"""Who comes and what they do: groups, their share of streams, what draws them, appointments."""

from __future__ import annotations

from dataclasses import dataclass

from hostcity.plan.columns import column
from hostcity.plan.rows.usual_columns import clock_column, code_column, name_en_column, name_zh_column


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Kind of people: what they do, how they walk, and whether they count among the entries."""

    code: str = code_column("Short code of the group.", "人群代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
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
    meal_starts_at: float = clock_column(
        "meals from", "用餐起", "Meals are looked for from.", "开始用餐的时刻。", default=11.0 * 3600
    )
    meal_ends_at: float = clock_column(
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
    leaves_at: float = clock_column(
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

    code: str = code_column("Any unique code.", "任意唯一代码。")
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

    code: str = code_column("Any unique code.", "任意唯一代码。")
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

    code: str = code_column("Short code of the appointment.", "约见代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    group: str = column("ref", "group", "人群", "Group whose people are invited.", "受邀人群。", sheet="groups")
    area: str = column("ref", "area", "区域", "Where it takes place.", "举行地点。", sheet="areas")
    persons: int = column("integer", "persons", "人数", "People invited.", "受邀人数。", unit="persons", low=0)
    starts_at: float = clock_column("starts", "开始", "Beginning; who comes early waits.", "开始时刻；早到者等候。")
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
