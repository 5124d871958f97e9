"""A small force, of which each test changes one thing."""

import dataclasses

from hostcity.plan.plan import Plan
from hostcity.plan.rows import (
    Band,
    Campus,
    Certificate,
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
)  # fmt: skip

HOUR_S = 3600.0
DAYS = (ServiceDay(code="D2", date="2026-05-02"), ServiceDay(code="D1", date="2026-05-01"))  # not in the order of dates
LATE = Band(code="L", start_s=14 * HOUR_S, end_s=22 * HOUR_S, not_next=("E",))
EARLY = Band(code="E", start_s=8 * HOUR_S, end_s=14 * HOUR_S)
SKILLS = (
    Skill(code="leads", kind="leader"), Skill(code="en-B2", kind="language", language="en", level="B2"),
    Skill(code="en-C1", kind="language", language="EN", level="C1"), Skill(code="fr-B2", kind="language", language="fr", level="B2"),
    Skill(code="aid", kind="certificate"),
)  # fmt: skip
GUIDE = PostClass(code="guide", weight=60)
MEDIC = PostClass(code="medic", weight=100, certificate="aid", no_minors=True)
ZONES = (Zone(code="hall"), Zone(code="core", is_restricted=True))
DOOR = Post(code="door", post_class="guide", zone="hall")
TENT = Post(code="tent", post_class="medic", zone="hall", is_critical=True)
POOL = Post(code="pool", post_class="guide", zone="hall", is_standby=True)
NEEDS = (
    Need(code="N1", post="door", heads=3, heads_least=1), Need(code="N2", post="tent", days=("D1",), bands=("L",), heads=2),
    Need(code="N3", post="pool", bands=("E",), heads=1),
)  # fmt: skip
MIX = (MixLine(code="M1", skill="leads", heads=1, from_heads=3, weight=40),)
NEAR, FAR = Campus(code="near", travel_s=1800), Campus(code="far", travel_s=5400, first_bus_s=7 * HOUR_S)
TEAM = Team(code="T", campus="near")
ANN = Volunteer(code="ann", team="T", trained_for=("guide", "medic"), skills=("leads", "en-C1"))
BEN = Volunteer(code="ben", trained_for=("guide",))
AID = Certificate(code="K", volunteer="ann", skill="aid", expires="2026-05-02")
FORCE = {
    "service_days": DAYS, "bands": (LATE, EARLY), "roster_rules": (RosterRules(code="r", home_weight=6),), "skills": SKILLS,
    "post_classes": (GUIDE, MEDIC), "zones": ZONES, "posts": (DOOR, TENT, POOL), "needs": NEEDS, "mix_lines": MIX,
    "campuses": (NEAR, FAR), "teams": (TEAM,), "volunteers": (ANN, BEN), "certificates": (AID,),
}  # fmt: skip


def force_plan(**sheets) -> Plan:
    """The force; given rows take the place of its own."""
    return Plan(edition=(), **{**FORCE, **sheets})


def other(row, **fields):
    """A row with other fields."""
    return dataclasses.replace(row, **fields)


def shift(person, day="D1", band="E", post="door", **fields) -> Shift:
    """A row of sheet shifts."""
    return Shift(code=f"{person}{day}{band}", volunteer=person, day=day, band=band, post=post, **fields)
