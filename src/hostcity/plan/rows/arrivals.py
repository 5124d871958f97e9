"""How people come: streams, their profiles over the day and where they enter."""

from __future__ import annotations

from dataclasses import dataclass

from hostcity.plan.columns import column
from hostcity.plan.rows.usual_columns import clock_column, code_column, name_en_column, name_zh_column


@dataclass(frozen=True, kw_only=True, slots=True)
class ProfileSlot:
    """One time slot of an arrival profile; slots of one profile share its name."""

    code: str = code_column("Any unique code.", "任意唯一代码。")
    profile: str = column("text", "profile", "曲线", "Name of the profile.", "到达曲线名称。")
    starts_at: float = clock_column("from", "起", "From.", "开始时刻。")
    ends_at: float = clock_column("to", "止", "Until.", "结束时刻。")
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

    code: str = code_column("Short code of the stream.", "客流代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
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

    code: str = code_column("Any unique code.", "任意唯一代码。")
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
