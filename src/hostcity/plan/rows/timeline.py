"""What happens during the day."""

from __future__ import annotations

from dataclasses import dataclass

from hostcity.plan.columns import column
from hostcity.plan.rows.usual_columns import clock_column, code_column

ACTIONS = ("lanes", "service", "fail", "width", "close", "delay", "divert", "evacuate", "advise", "shut")


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
    shut      opening     (none: nobody passes)
    shut      connector   (none: out of service)
    ========  ==========  =====================================  ========================================
    """

    code: str = code_column("Short code of the event.", "事件代码。")
    action: str = column("choice", "action", "动作", "What happens.", "发生什么。", choices=ACTIONS)
    target: str = column(
        "text",
        "target",
        "对象",
        "Code of the station, link, stream, area, opening or connector.",
        "服务点、通道、客流、区域、开口或垂直通道的代码。",
    )
    starts_at: float = clock_column("from", "起", "From.", "开始时刻。")
    ends_at: float | None = clock_column(
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
