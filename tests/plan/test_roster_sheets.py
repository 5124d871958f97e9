"""What is wrong with posts, needs, people and shifts: one bad force for every rule."""

import dataclasses

import pytest

from hostcity.plan import SHEETS, problems_of
from hostcity.plan.json_form import plan_from_json, plan_to_json
from hostcity.plan.plan import Plan
from hostcity.plan.rows import (
    Band,
    Campus,
    Certificate,
    MixLine,
    Need,
    Pair,
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
from tests.fairs import small_fair

HOUR_S = 3600.0
DAYS = (ServiceDay(code="D1", date="2026-05-01"), ServiceDay(code="D2", date="2026-05-02"))
EARLY = Band(code="A", start_s=8 * HOUR_S, end_s=14 * HOUR_S)
LATE = Band(code="B", start_s=20 * HOUR_S, end_s=26 * HOUR_S, not_next=("A",))
ENGLISH = Skill(code="en-B2", kind="language", language="en", level="B2")
FIRST_AID = Skill(code="first-aid", kind="certificate")
GUIDE = PostClass(code="guidance")
MEDIC = PostClass(code="medical", certificate="first-aid")
DOOR = Post(code="door", post_class="guidance", zone="north", station="W-badge")
NEED = Need(code="N1", post="door", bands=("A",), heads=3, heads_least=2)
ANN = Volunteer(code="V1", team="T1", trained_for=("guidance",), skills=("en-B2",), not_days=("D2",))
BEN = Volunteer(code="V2", campus="C1")
HELD = Certificate(code="K1", volunteer="V1", skill="first-aid", expires="2026-05-01")
PAIR = Pair(code="P1", kind="together", volunteers=("V1", "V2"))
SHIFT = Shift(code="S1", volunteer="V1", day="D1", band="A", post="door")
GOOD = {
    "service_days": DAYS, "bands": (EARLY, LATE), "roster_rules": (RosterRules(code="rules"),), "skills": (ENGLISH, FIRST_AID),
    "post_classes": (GUIDE, MEDIC), "zones": (Zone(code="north"),), "posts": (DOOR,), "needs": (NEED,),
    "mix_lines": (MixLine(code="M1", post="door", skill="en-B2", heads=1),), "campuses": (Campus(code="C1"),),
    "teams": (Team(code="T1", campus="C1"),), "volunteers": (ANN, BEN), "certificates": (HELD,), "pairs": (PAIR,), "shifts": (SHIFT,),
}  # fmt: skip


def manned(**sheets) -> Plan:
    """The small fair with volunteers; given rows take the place of the good ones."""
    return small_fair().replace(**{**GOOD, **sheets})


def other(row, **fields):
    return dataclasses.replace(row, **fields)


RULES = [
    (manned(), []),
    (manned(service_days=(DAYS[0], other(DAYS[1], date="2026-05-01"))), ["service_days.date.twice"]),
    (manned(bands=(EARLY, other(LATE, end_s=2 * HOUR_S))), ["bands.end_s.order"]),
    (manned(bands=(EARLY, other(LATE, end_s=45 * HOUR_S))), ["bands.end_s.order"]),
    (manned(bands=(EARLY, other(LATE, not_next=("C",)))), ["bands.not_next.unknown"]),
    (manned(roster_rules=(RosterRules(code="a"), RosterRules(code="b"))), ["roster_rules.rows"]),
    (manned(skills=(other(ENGLISH, language=""), FIRST_AID)), ["skills.language.none"]),
    (manned(certificates=(other(HELD, skill="en-B2"),)), ["certificates.skill.kind"]),
    (manned(certificates=(HELD, other(HELD, code="K2", expires=""))), ["certificates.skill.twice"]),
    (manned(post_classes=(GUIDE, other(MEDIC, certificate="en-B2"))), ["post_classes.certificate.kind"]),
    (manned(needs=(other(NEED, heads_least=4),)), ["needs.heads_least.order"]),
    (manned(needs=(NEED, other(NEED, code="N2", days=("D2",), bands=()))), ["needs.bands.twice"]),
    (manned(needs=(NEED, other(NEED, code="N2", bands=("B",)))), []),
    (manned(mix_lines=(MixLine(code="M", post="door", post_class="medical", skill="en-B2", heads=1),)), ["mix_lines.post_class.both"]),
    (manned(volunteers=(other(ANN, shifts_most=3), BEN)), ["volunteers.shifts_most.order"]),
    (manned(volunteers=(other(ANN, skills=("first-aid",)), BEN)), ["volunteers.skills.kind"]),
    (manned(volunteers=(other(ANN, trained_for=("cooking",)), BEN)), ["volunteers.trained_for.unknown"]),
    (manned(pairs=(other(PAIR, volunteers=("V1", "V1")),)), ["pairs.volunteers.few"]),
    (manned(shifts=(SHIFT, other(SHIFT, code="S2"))), ["shifts.volunteer.twice"]),
    (manned(shifts=(other(SHIFT, post=""),)), ["shifts.post.none"]),
    (manned(shifts=(other(SHIFT, post="", is_locked=True),)), []),
]  # fmt: skip


@pytest.mark.parametrize(("plan", "expected"), RULES)
def test_a_rule_of_rosters(plan, expected):
    assert [each.code for each in problems_of(plan)] == expected


def test_an_answer_names_the_row_that_says_the_same():
    (problem,) = problems_of(manned(shifts=(SHIFT, other(SHIFT, code="S2"))))
    assert (problem.row, str(problem.what)) == (2, "S2 has V1 serve a second time in band A.")


def test_a_force_comes_back_from_json():
    assert plan_from_json(plan_to_json(manned())) == manned()


def test_a_plan_without_volunteers_keeps_its_hash():
    assert small_fair().sha256 == small_fair().sha256_of([name for name in SHEETS if name not in GOOD])
