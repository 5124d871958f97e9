"""Who turns wrong on the day, how often, and what brings them back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hostcity.plan.columns import column
from hostcity.plan.rows.usual_columns import code_column


def _chance(en: str, zh: str, help_en: str, help_zh: str, default: float) -> Any:
    return column("number", en, zh, help_en, help_zh, unit="share", low=0, high=1, default=default)


@dataclass(frozen=True, kw_only=True, slots=True)
class WrongTurns:
    """How newcomers find their way: by faces of signs, else by chance. Without this row nobody turns wrong."""

    code: str = code_column("Any code.", "任意代码。")
    happen: bool = column(
        "flag",
        "happen",
        "发生",
        "Newcomers turn wrong where no face tells them.",
        "新观众在无标识指引处会走错。",
        default=True,
    )
    newcomer_share: float = _chance(
        "newcomers", "新观众比例", "Share of people who do not know the way.", "不熟悉路线的人的比例。", 0.5
    )
    know: tuple[str, ...] = column(
        "refs", "know the way", "熟悉者", "Groups of which everybody knows the way, separated by ;.", "全部熟悉路线的人群，以 ; 分隔。",
        sheet="groups", default=(),
    )  # fmt: skip
    straight_share: float = _chance(
        "right straight on", "直行走对", "Chance of the right way without a face, where it goes straight on.",
        "无标识且应直行时走对的概率。", 0.93,
    )  # fmt: skip
    turn_share: float = _chance(
        "right turn",
        "转弯走对",
        "Chance of the right way without a face, where one must turn.",
        "无标识且应转弯时走对的概率。",
        0.5,
    )
    signed_share: float = _chance(
        "right with a face",
        "有标识走对",
        "Chance of the right way where a face shows it.",
        "标识指明方向时走对的概率。",
        0.97,
    )
    question_s: float = column(
        "number", "question", "问询时长", "What asking at an information desk takes.", "在问询处问路所需时间。",
        unit="s", low=0, high=3600, default=30.0,
    )  # fmt: skip
    most: int = column(
        "integer", "wrong turns at most", "最多走错", "After so many on one walk they follow others.", "一次行走中走错达此次数后跟随他人。",
        unit="turns", low=0, high=200, default=5,
    )  # fmt: skip
