"""A small force: two days of two bands, two posts and a pool, eight volunteers in two teams."""

from __future__ import annotations

from typing import Any

from hostcity.plan import Plan
from hostcity.plan.rows import (
    Band,
    MixLine,
    Need,
    Post,
    PostClass,
    RosterRules,
    ServiceDay,
    Shift,
    Skill,
    Team,
    Volunteer,
    Zone,
)
from tests.fairs import small_fair

HOUR_S = 3_600.0
CODES = tuple(f"V{number}" for number in range(1, 9))


def shift(volunteer: str, day: str = "D1", band: str = "early", post: str = "P1", **more: Any) -> Shift:
    """A seat, with the code that a roster gives it."""
    return Shift(
        **{"code": f"{volunteer}-{day}-{band}", "volunteer": volunteer, "day": day, "band": band, "post": post} | more
    )


def volunteer(code: str, **more: Any) -> Volunteer:
    """Somebody trained for everything."""
    usual = {"code": code, "trained_for": ("guide", "desk"), "shifts_fair": 1, "shifts_most": 2, "attends": 0.9}
    return Volunteer(**usual | more)


def plan(**sheets: Any) -> Plan:
    """The force, with other rows in some sheets."""
    usual = {
        "service_days": (ServiceDay(code="D1", date="2026-05-05", name_en="First day", name_zh="第一天"), ServiceDay(code="D2", date="2026-05-06")),
        "bands": (
            Band(code="early", start_s=8 * HOUR_S, end_s=13 * HOUR_S, name_en="Morning", name_zh="早班"),
            Band(code="late", start_s=13 * HOUR_S, end_s=19 * HOUR_S, name_en="Afternoon", name_zh="晚班"),
        ),
        "roster_rules": (RosterRules(code="rules"),),
        "skills": (Skill(code="leader", kind="leader", name_en="Leader", name_zh="组长"),),
        "post_classes": (PostClass(code="guide", name_en="Guides", name_zh="引导"), PostClass(code="desk", name_en="Desks", name_zh="服务台")),
        "zones": (Zone(code="Z1", name_en="North", name_zh="北区"), Zone(code="Z2", name_en="South", name_zh="南区")),
        "posts": (
            Post(code="P1", post_class="guide", zone="Z1", name_en="North door", name_zh="北门"),
            Post(code="P2", post_class="desk", zone="Z2", name_en="Help desk", name_zh="咨询台"),
            Post(code="S1", post_class="guide", zone="Z1", is_standby=True, name_en="Pool", name_zh="后备"),
        ),
        "mix_lines": (MixLine(code="M1", skill="leader", post="P1", heads=1),),
        "needs": (
            Need(code="N1", post="P1", heads=2, heads_least=1), Need(code="N2", post="P2", heads=1), Need(code="N3", post="S1", days=("D1",), heads=1),
        ),
        "teams": (Team(code="T1"), Team(code="T2")),
        "volunteers": tuple(volunteer(code, team="T1" if at < 4 else "T2", skills=("leader",) if at == 0 else ()) for at, code in enumerate(CODES)),
        "shifts": (shift("V1"), shift("V2"), shift("V3", post="P2"), shift("V4", band="late", is_locked=True)),
    }  # fmt: skip
    return small_fair().replace(**usual | sheets)
