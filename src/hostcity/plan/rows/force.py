"""Who volunteers: campuses, teams, people by their codes, and which shifts they serve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hostcity.plan.columns import column
from hostcity.plan.rows.usual_columns import clock_column, code_column, name_en_column, name_zh_column

UNIFORM_SIZES = ("none", "XS", "S", "M", "L", "XL", "2XL", "3XL")


def _refs(en: str, zh: str, help_en: str, help_zh: str, sheet: str) -> Any:
    return column("refs", en, zh, help_en, help_zh, sheet=sheet, default=())


def _not_days() -> Any:
    return _refs("not on", "不可服务日", "Days away, separated by ;.", "不能服务的日期，以 ; 分隔。", "service_days")


def _not_bands() -> Any:
    return _refs(
        "not in",
        "不可服务班次",
        "Bands that are never possible, separated by ;.",
        "任何一天都不能值的班次，以 ; 分隔。",
        "bands",
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Campus:
    """Where volunteers set out from."""

    code: str = code_column("Short code of the campus.", "校区代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    university: str = column("text", "university", "高校", "University it belongs to.", "所属高校。", default="")
    travel_s: float = column(
        "number",
        "travel",
        "路程",
        "Time from the campus to the site.",
        "从校区到展馆的时间。",
        unit="s",
        low=0,
        high=14_400,
        default=0.0,
    )
    bus_seats: int = column(
        "integer", "bus seats", "班车座位", "Seats of one bus; 0 = they come by themselves.", "每辆班车座位数；0 = 自行前往。",
        unit="seats", low=0, high=200, default=0,
    )  # fmt: skip
    first_bus_s: float | None = clock_column(
        "first bus", "首班车", "Earliest departure; bands that it is too late for are not possible. Empty = any.",
        "最早发车时间；赶不上的班次不可值。空 = 不限。", default=None,
    )  # fmt: skip
    not_bands: tuple[str, ...] = _not_bands()


@dataclass(frozen=True, kw_only=True, slots=True)
class Team:
    """People who know one another and like to serve together."""

    code: str = code_column("Short code of the team.", "队伍代码。")
    name_en: str = name_en_column()
    name_zh: str = name_zh_column()
    campus: str = column(
        "ref", "campus", "校区", "Where the team sets out from.", "队伍出发的校区。", sheet="campuses", default=""
    )
    not_days: tuple[str, ...] = _not_days()


@dataclass(frozen=True, kw_only=True, slots=True)
class Volunteer:
    """A volunteer, by code. Names, phones and identity numbers are no part of a plan."""

    code: str = code_column("Code of the person; no name.", "人员代码，不填姓名。")
    team: str = column("ref", "team", "队伍", "Team; empty = none.", "队伍；空 = 无。", sheet="teams", default="")
    campus: str = column(
        "ref", "campus", "校区", "Campus; empty = the team's.", "校区；空 = 同队伍。", sheet="campuses", default=""
    )
    trained_for: tuple[str, ...] = _refs(
        "trained for",
        "已培训类别",
        "Classes of posts, separated by ;.",
        "已完成培训的岗位类别，以 ; 分隔。",
        "post_classes",
    )
    skills: tuple[str, ...] = _refs(
        "skills", "技能", "Skills and languages at their highest level, separated by ;. Certificates have their own sheet.",
        "技能与语言（填最高等级），以 ; 分隔；证书填在证书表。", "skills",
    )  # fmt: skip
    zones: tuple[str, ...] = _refs(
        "accredited for", "证件区域", "Restricted zones, separated by ;.", "可进入的限制区域，以 ; 分隔。", "zones"
    )
    not_days: tuple[str, ...] = _not_days()
    not_bands: tuple[str, ...] = _not_bands()
    likes: tuple[str, ...] = _refs(
        "likes", "偏好班次", "Bands that are liked, separated by ;.", "偏好的班次，以 ; 分隔。", "bands"
    )
    dislikes: tuple[str, ...] = _refs(
        "dislikes",
        "不喜欢班次",
        "Bands that are possible but not liked, separated by ;.",
        "可值但不喜欢的班次，以 ; 分隔。",
        "bands",
    )
    likes_class: str = column(
        "ref",
        "likes class",
        "偏好类别",
        "Class that is liked best.",
        "最喜欢的岗位类别。",
        sheet="post_classes",
        default="",
    )
    likes_zone: str = column(
        "ref", "likes zone", "偏好区域", "Zone that is liked best.", "最喜欢的区域。", sheet="zones", default=""
    )
    shifts_fair: int = column(
        "integer", "fair shifts", "应值班数", "Shifts over the event that would be fair.", "整个展会期间公平的班数。",
        unit="shifts", low=0, high=100, default=4,
    )  # fmt: skip
    shifts_most: int = column(
        "integer", "most shifts", "最多班数", "Shifts over the event, at most.", "整个展会期间最多班数。",
        unit="shifts", low=0, high=100, default=6,
    )  # fmt: skip
    attends: float = column(
        "number",
        "attends",
        "到岗率",
        "Probability of coming to a shift.",
        "到岗的概率。",
        unit="share",
        low=0.01,
        high=1,
        default=0.94,
    )
    is_minor: bool = column(
        "flag", "minor", "未成年", "Is under 18 during the event.", "展会期间未满 18 岁。", default=False
    )
    uniform: str = column(
        "choice", "uniform", "制服", "Size of the uniform.", "制服尺码。", choices=UNIFORM_SIZES, default="none"
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Certificate:
    """Somebody holds a certificate, until a date."""

    code: str = code_column("Short code of the certificate.", "证书代码。")
    volunteer: str = column("ref", "volunteer", "志愿者", "Who holds it.", "持有人。", sheet="volunteers")
    skill: str = column("ref", "certificate", "证书", "Which one.", "证书种类。", sheet="skills")
    expires: str = column(
        "date", "expires", "到期日", "Last day on which it holds; empty = does not expire.", "有效期最后一天；空 = 长期有效。",
        default="",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """People who serve side by side, or never at one post in one band."""

    code: str = code_column("Short code.", "代码。")
    kind: str = column("choice", "kind", "方式", "Together or apart.", "同岗或分开。", choices=("together", "apart"))
    volunteers: tuple[str, ...] = column(
        "refs", "volunteers", "志愿者", "Two or more, separated by ;.", "两人或以上，以 ; 分隔。", sheet="volunteers"
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """Somebody serves at a post in a band of a day: the rows of this sheet are the roster."""

    code: str = code_column("Short code of the shift.", "排班代码。")
    volunteer: str = column("ref", "volunteer", "志愿者", "Who serves.", "志愿者。", sheet="volunteers")
    day: str = column("ref", "day", "服务日", "On which day.", "服务日。", sheet="service_days")
    band: str = column("ref", "band", "班次", "In which band.", "班次。", sheet="bands")
    post: str = column(
        "ref",
        "post",
        "岗位",
        "At which post; empty = locked free.",
        "岗位；空 = 锁定为休息。",
        sheet="posts",
        default="",
    )
    is_locked: bool = column(
        "flag", "locked", "锁定", "Stays as it is when the roster is made anew.", "重新排班时保持不变。", default=False
    )
