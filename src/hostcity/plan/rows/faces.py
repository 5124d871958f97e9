"""Wayfinding signs: faces, each one side of a sign, and what is written on them."""

from __future__ import annotations

from dataclasses import dataclass

from hostcity.plan.columns import column
from hostcity.plan.rows.drawing import AMENITY_KINDS
from hostcity.plan.rows.usual_columns import code_column, name_en_column, name_zh_column

#: From an idea to a sign that somebody has looked at where it hangs.
FACE_STATES = ("proposed", "approved", "made", "installed", "checked")
FAULTS = ("none", "damaged", "missing", "unlit", "turned", "wrong_text")
MOUNTINGS = ("hung", "wall", "post")
#: Which way, seen by who reads the face.
ARROWS = ("ahead", "ahead_left", "left", "back_left", "back", "back_right", "right", "ahead_right", "up", "down")
#: Letters are read from this many times their height at most, and at ease from fewer: NUREG-0700 rev. 2, 2002, labels.
LEAST_OF_DISTANCE, EASE_OF_DISTANCE = 0.004, 0.006


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """One side of a sign: read by who comes towards it."""

    code: str = code_column("Short code of the face, as on its back.", "标识面代码，与背面标签一致。")
    area: str = column("ref", "area", "区域", "Area in which it hangs.", "所在区域。", sheet="areas")
    x_m: float = column("number", "x", "x", "East of the origin.", "原点以东。", unit="m", low=-1e5, high=1e5)
    y_m: float = column("number", "y", "y", "North of the origin.", "原点以北。", unit="m", low=-1e5, high=1e5)
    bearing_deg: float = column(
        "number",
        "bearing",
        "朝向",
        "To which side it looks, clockwise from the drawing's y axis; its readers walk the other way.",
        "牌面所朝方向，自绘图 y 轴顺时针；读者迎面而来。",
        unit="deg",
        low=-360,
        high=360,
    )
    height_m: float = column(
        "number",
        "height",
        "安装高度",
        "Of its middle, above the floor.",
        "牌面中心距地面的高度。",
        unit="m",
        low=0.2,
        high=30,
        default=3.5,
    )
    letter_mm: float = column(
        "number",
        "letter height",
        "字高",
        "Read from 250 times as far at most, at ease from 167 times.",
        "最远可读距离为字高的 250 倍，舒适距离为 167 倍。",
        unit="mm",
        low=5,
        high=2000,
        default=180.0,
    )
    mounting: str = column(
        "choice", "mounting", "安装方式", "How it is put up.", "安装方式。", choices=MOUNTINGS, default="hung"
    )
    state: str = column(
        "choice",
        "state",
        "状态",
        "How far it is; a proposed one may be planned anew.",
        "进度；“建议”状态的可重新规划。",
        choices=FACE_STATES,
        default="proposed",
    )
    fault: str = column(
        "choice",
        "fault",
        "故障",
        "What is wrong with it; it guides nobody then.",
        "故障情况；有故障时不计其引导作用。",
        choices=FAULTS,
        default="none",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class FaceLine:
    """One name on a face, with its arrow. It leads to an area, to the nearest of a kind of amenity, or to a node."""

    code: str = code_column("Short code of the line.", "行代码。")
    face: str = column("ref", "face", "标识面", "Face on which it stands.", "所在标识面。", sheet="faces")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    arrow: str = column(
        "choice", "arrow", "箭头", "Which way, seen by who reads it.", "读者所见的箭头方向。", choices=ARROWS
    )
    pictogram: str = column(
        "choice",
        "pictogram",
        "图形符号",
        "What is drawn beside the name.",
        "名称旁的图形符号。",
        choices=("none", *AMENITY_KINDS, "hall", "exit", "metro", "taxi", "coach", "lift", "escalator", "stairs"),
        default="none",
    )
    area: str = column(
        "ref", "to area", "目的区域", "Hall, gate or other area to which it leads.", "所指的展厅、入口或其他区域。",
        sheet="areas", default="",
    )  # fmt: skip
    amenity: str = column(
        "choice",
        "to amenity",
        "目的设施",
        "The nearest of this kind, to which it leads.",
        "所指的最近一处该类设施。",
        choices=("none", *AMENITY_KINDS),
        default="none",
    )
    node: str = column(
        "ref", "to node", "目的节点", "Platform, rank or other node to which it leads.", "所指的站台、上客点等节点。",
        sheet="nodes", default="",
    )  # fmt: skip

    @property
    def destination(self) -> str:
        """Where it leads, as SHEET.KEY; "" = nowhere, or to more than one place."""
        said = [
            f"{sheet}.{code}"
            for sheet, code in (("areas", self.area), ("amenities", self.amenity), ("nodes", self.node))
            if code not in ("", "none")
        ]
        return said[0] if len(said) == 1 else ""
