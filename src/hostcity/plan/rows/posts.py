"""What volunteers are needed for: days, bands of the day, posts, and what kind of people they need there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hostcity.plan.columns import column
from hostcity.plan.rows.usual_columns import clock_column, code_column, name_en_column, name_zh_column

HOUR_S = 3_600.0
SKILL_KINDS = ("leader", "language", "certificate", "other")
LANGUAGE_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")  # of the CEFR, ascending


def _heads(en: str, zh: str, help_en: str, help_zh: str, **more: Any) -> Any:
    return column("integer", en, zh, help_en, help_zh, unit="persons", low=0, high=2000, **more)


def _weight(en: str, zh: str, help_en: str, help_zh: str, default: float) -> Any:
    return column("number", en, zh, help_en, help_zh, low=0, high=10_000, default=default)


def _hours(en: str, zh: str, help_en: str, help_zh: str, **more: Any) -> Any:
    return column("number", en, zh, help_en, help_zh, unit="h", low=0, high=240, **more)


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceDay:
    """A day on which volunteers serve. Days are numbered by their dates; the day of the plan is the one of its date."""

    code: str = code_column("Short code of the day.", "服务日代码。")
    date: str = column("date", "date", "日期", "The date.", "日期。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class Band:
    """Hours of the day that somebody serves in one go; they are the same on every day."""

    code: str = code_column("Short code of the band.", "班次代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    start_s: float = clock_column("start", "开始", "When the band begins.", "班次开始时间。")
    end_s: float = clock_column(
        "end",
        "结束",
        "When it ends; 26:00 is two o'clock of the next morning.",
        "班次结束时间；26:00 表示次日凌晨两点。",
    )
    not_next: tuple[str, ...] = column(
        "refs", "not the day after", "次日不接", "Bands in which nobody serves on the day after this one, separated by ;.",
        "值本班次者次日不得值的班次，以 ; 分隔。", sheet="bands", default=(),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class RosterRules:
    """What is allowed in a roster, and what counts in it besides missing people. One row."""

    code: str = code_column("Any code.", "任意代码。")
    rest_h: float = _hours(
        "rest", "休息", "Least rest between the last band of a day and the first of the next.",
        "当日最后一班与次日第一班之间的最短休息。", default=11.0,
    )  # fmt: skip
    shifts_a_day: int = column(
        "integer", "shifts a day", "每日班数", "Shifts of one person a day, at most.", "每人每日最多班数。",
        unit="shifts", low=1, high=3, default=1,
    )  # fmt: skip
    most_a_day_h: float = _hours(
        "most a day", "每日上限", "Hours of one person a day.", "每人每日工时上限。", default=12.0
    )
    most_days_running: int | None = column(
        "integer", "days running", "连续天数", "Days that one person serves in a row; empty = not limited.",
        "每人最多连续服务天数；空 = 不限。", unit="days", low=1, high=60, default=None,
    )  # fmt: skip
    window_days: int = column(
        "integer",
        "window",
        "滚动天数",
        "In any so many days ...",
        "任意连续若干天内……",
        unit="days",
        low=1,
        high=14,
        default=1,
    )
    most_in_window_h: float | None = _hours(
        "most in window",
        "滚动上限",
        "... hours of one person; empty = not limited.",
        "……每人工时上限；空 = 不限。",
        default=None,
    )
    minors_start_s: float = clock_column(
        "minors from", "未成年人起", "Minors do not begin before.", "未成年人不早于此时开始。", default=7 * HOUR_S
    )
    minors_end_s: float = clock_column(
        "minors until",
        "未成年人止",
        "Minors do not serve longer than until.",
        "未成年人不晚于此时结束。",
        default=20 * HOUR_S,
    )
    minors_a_day_h: float = _hours(
        "minors a day", "未成年人上限", "Hours of a minor a day.", "未成年人每日工时上限。", default=8.0
    )
    change_weight: float = _weight(
        "change of post", "换岗", "Harm of another post than at the shift before.", "与上一班次岗位不同的代价。", 5.0
    )
    fairness_weight: float = _weight(
        "fairness",
        "公平",
        "Harm of being off one's fair number of shifts, times the square.",
        "偏离公平班数的代价（按平方）。",
        3.0,
    )
    home_weight: float = _weight(
        "away from home",
        "离队",
        "Harm of a shift that is not at the home post of one's team.",
        "不在本队主岗位的班次的代价。",
        4.0,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Skill:
    """What some posts ask for: leading, a language at a level, a certificate. A higher level serves for a lower one."""

    code: str = code_column("Short code of the skill.", "技能代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    kind: str = column("choice", "kind", "类型", "What it is.", "类型。", choices=SKILL_KINDS, default="other")
    language: str = column(
        "text", "language", "语言", "The language, as in ISO 639: en, fr, yue.", "语言（ISO 639 代码）：en、fr、yue。",
        most=8, default="",
    )  # fmt: skip
    level: str = column(
        "choice",
        "level",
        "等级",
        "Level of the language (CEFR).",
        "语言等级（欧框）。",
        choices=("none", *LANGUAGE_LEVELS),
        default="none",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class PostClass:
    """A class of posts that people are trained for: guidance, registration, press ..."""

    code: str = code_column("Short code of the class.", "岗位类别代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    certificate: str = column(
        "ref", "certificate", "证书", "Certificate without which nobody serves here.", "上岗必须持有的证书。",
        sheet="skills", default="",
    )  # fmt: skip
    weight: float = _weight("missing one", "缺一人", "Harm of one person missing.", "缺少一人的代价。", 60.0)
    no_minors: bool = column(
        "flag", "no minors", "禁未成年人", "Minors do not serve here.", "未成年人不得上岗。", default=False
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Zone:
    """Part of the site with its own accreditation and its own people standing by."""

    code: str = code_column("Short code of the zone.", "区域代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    is_restricted: bool = column(
        "flag",
        "restricted",
        "限制进入",
        "Only accredited volunteers serve here.",
        "仅持本区证件的志愿者可上岗。",
        default=False,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Post:
    """Where volunteers serve, or a pool from which missing ones are replaced."""

    code: str = code_column("Short code of the post.", "岗位代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    post_class: str = column("ref", "class", "类别", "Class of the post.", "岗位类别。", sheet="post_classes")
    zone: str = column("ref", "zone", "区域", "Zone of the post.", "岗位所属区域。", sheet="zones")
    node: str = column(
        "ref", "node", "节点", "Where one reports for duty; empty = no place on the plan.", "报到地点；空 = 平面图上无位置。",
        sheet="nodes", default="",
    )  # fmt: skip
    station: str = column(
        "ref", "station", "服务点", "Station whose lanes or desks these people keep open.", "由这些人员维持开放的服务点。",
        sheet="stations", default="",
    )  # fmt: skip
    heads_per_lane: float = column(
        "number", "heads per lane", "每通道人数", "People without whom a lane of the station stays closed.", "开放该服务点一条通道所需人数。",
        unit="persons", low=0.05, high=100, default=1.0,
    )  # fmt: skip
    is_critical: bool = column(
        "flag", "critical", "关键", "One missing does twice the harm.", "缺人的代价加倍。", default=False
    )
    is_standby: bool = column(
        "flag", "standby", "后备", "A pool of its zone: who stands by replaces whoever does not come.",
        "本区后备：替补未到岗人员。", default=False,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class MixLine:
    """Of the people at a post, so many must have a skill. Of lines of a post for one skill the narrowest holds."""

    code: str = code_column("Short code of the line.", "配置要求代码。")
    post: str = column(
        "ref",
        "post",
        "岗位",
        "Post of which this is asked; empty = by class.",
        "适用岗位；空 = 按类别。",
        sheet="posts",
        default="",
    )
    post_class: str = column(
        "ref", "class", "类别", "Class of which this is asked; empty and no post = all but pools.", "适用类别；与岗位均空 = 除后备外全部。",
        sheet="post_classes", default="",
    )  # fmt: skip
    skill: str = column("ref", "skill", "技能", "The skill.", "技能。", sheet="skills")
    heads: int = _heads(
        "heads", "人数", "People with the skill; 0 = none is asked for.", "具备该技能的人数；0 = 不要求。"
    )
    from_heads: int = _heads(
        "from",
        "起始人数",
        "Asked for only where at least so many people are needed.",
        "仅当该班次需要至少这么多人时要求。",
        default=1,
    )
    weight: float = _weight("missing one", "缺一人", "Harm of one missing.", "缺少一人的代价。", 30.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Need:
    """How many people a post needs in which bands of which days. Each post, day and band is named by at most one row."""

    code: str = code_column("Short code of the need.", "需求代码。")
    post: str = column("ref", "post", "岗位", "The post.", "岗位。", sheet="posts")
    days: tuple[str, ...] = column(
        "refs",
        "days",
        "服务日",
        "Days, separated by ;. Empty = all.",
        "服务日，以 ; 分隔；空 = 全部。",
        sheet="service_days",
        default=(),
    )
    bands: tuple[str, ...] = column(
        "refs",
        "bands",
        "班次",
        "Bands, separated by ;. Empty = all.",
        "班次，以 ; 分隔；空 = 全部。",
        sheet="bands",
        default=(),
    )
    heads: int = _heads("target", "目标人数", "People that there should be.", "应到人数。")
    heads_least: int = _heads(
        "minimum", "最低人数", "People without whom the post cannot work: each of them missing counts twice.",
        "岗位运转所需最低人数：其中每缺一人代价加倍。", default=0,
    )  # fmt: skip
