"""A roster problem from the sheets of a force: each rule of the mapping, counted by hand."""

import numpy as np
import pytest

from hostcity.engines.rosters import Lock, check, solve
from hostcity.engines.rosters.from_plan import (
    LEAST,
    Line,
    contradictions_told,
    roster_of,
    roster_problem,
    shifts_of,
    violations_told,
)
from hostcity.plan import PlanError
from hostcity.plan.rows import Certificate, MixLine, Need, Pair, Post, RosterRules, Volunteer
from tests.engines.rosters.forces import (
    AID,
    ANN,
    BEN,
    DOOR,
    EARLY,
    FAR,
    GUIDE,
    HOUR_S,
    LATE,
    MEDIC,
    MIX,
    NEEDS,
    POOL,
    TEAM,
    TENT,
    force_plan,
    other,
    shift,
)  # fmt: skip

E, L, D1, D2, D_OOR, T_ENT, P_OOL = 0, 1, 0, 1, 0, 1, 2


def people(**sheets):
    return roster_problem(force_plan(**sheets)).problem.people


def posts(**sheets):
    return roster_problem(force_plan(**sheets)).problem.posts


def ben(**fields):
    """What the arrays say of Ben, with other fields."""
    return people(volunteers=(ANN, other(BEN, **fields)))


def codes(**sheets):
    return [(each.code, each.row) for each in roster_problem(force_plan(**sheets)).warnings]


def test_days_go_by_their_dates_and_bands_by_their_start():
    force = roster_problem(force_plan())
    assert (force.axes.days, force.axes.bands, force.cell_of("D2", "L", "tent")) == (
        ("D1", "D2"),
        ("E", "L"),
        (1, 1, 1),
    )


def test_rules_are_those_of_the_plan():
    rules = roster_problem(
        force_plan(roster_rules=(RosterRules(code="r", most_in_window_h=20, window_days=3),))
    ).problem.rules
    assert (rules.starts_s.tolist(), rules.ends_s.tolist(), rules.forbidden) == (
        [28800, 50400],
        [50400, 79200],
        ((1, 0),),
    )
    assert (rules.rest_s, rules.most_in_window_s, rules.window_days) == (39600, 72000, 3)


def test_half_of_the_home_is_half_of_its_weight():
    weights = roster_problem(force_plan()).problem.weights
    assert (weights.home, weights.home_half, weights.change) == (6, 3, 5)


def test_a_need_is_of_its_days_and_bands_or_of_all():
    needed = posts().needed[0]
    assert needed[:, :, D_OOR].tolist() == [[3, 3], [3, 3]]
    assert needed[:, :, T_ENT].tolist() == [[0, 2], [0, 0]]
    assert needed[:, :, P_OOL].tolist() == [[1, 0], [1, 0]]
    assert posts().is_standby.tolist() == [False, False, True]


def test_a_minimum_is_a_line_that_anybody_fills():
    force = roster_problem(force_plan())
    assert (force.lines, force.traits) == ((Line("heads"), Line("least"), Line("skill", ("leads",))), ("leads", LEAST))
    assert force.problem.posts.needed[1, D1, E].tolist() == [1, 0, 0]
    assert force.problem.posts.weight[1].tolist() == force.problem.posts.weight[0].tolist() == [60, 200, 60]
    assert force.problem.people.has[:, 1].all()


def test_without_minima_there_is_no_such_line():
    force = roster_problem(force_plan(needs=(other(NEEDS[0], heads_least=0),)))
    assert [line.kind for line in force.lines] == ["heads", "skill"]


def test_a_critical_post_weighs_twice_in_all_its_lines():
    mix = (other(MIX[0], from_heads=1),)
    assert posts(mix_lines=mix).weight[2].tolist() == [40, 80, 0]


@pytest.mark.parametrize(
    ("lines", "asked"),
    [
        ((), [1, 0, 0]),  # from three heads on, and at no pool
        ((MixLine(code="c", post_class="guide", skill="leads", heads=2),), [2, 0, 1]),  # by class pools too, but no more than heads
        ((MixLine(code="c", post_class="guide", skill="leads", heads=2), MixLine(code="p", post="door", skill="leads", heads=0)), [0, 0, 1]),
        ((MixLine(code="d", skill="leads", heads=2, from_heads=2),), [2, 2, 0]),  # of equally narrow lines the most
    ],
)  # fmt: skip
def test_of_lines_for_a_skill_the_narrowest_holds(lines, asked):
    made = posts(mix_lines=(*MIX, *lines))
    assert [int(made.needed[2, :, :, post].max()) for post in range(3)] == asked


def test_skills_that_no_post_asks_for_together_share_a_line():
    lines = (
        *MIX,
        MixLine(code="a", post="door", skill="en-B2", heads=1),
        MixLine(code="b", post="tent", skill="fr-B2", heads=1),
    )
    force = roster_problem(force_plan(mix_lines=lines))
    assert force.lines[2:] == (Line("skill", ("leads",)), Line("skill", ("en-B2", "fr-B2")))
    assert [force.skill_at(3, post) for post in range(3)] == ["en-B2", "fr-B2", ""]


def test_a_higher_level_of_a_language_serves_for_a_lower_one():
    asks = (
        MixLine(code="a", post="door", skill="en-B2", heads=1),
        MixLine(code="b", post="tent", skill="en-C1", heads=1),
    )
    volunteers = (
        Volunteer(code="c1", skills=("en-C1",)),
        Volunteer(code="b2", skills=("en-B2",)),
        Volunteer(code="fr", skills=("fr-B2",)),
    )
    force = roster_problem(
        force_plan(
            mix_lines=asks,
            volunteers=volunteers,
            teams=(),
            certificates=(),
            needs=(Need(code="n", post="door", heads=1),),
        )
    )
    assert (force.traits, force.problem.people.has.tolist()) == (
        ("en-B2", "en-C1"),
        [[True, True], [True, False], [False, False]],
    )


def test_training_is_by_class_and_the_class_asks_for_its_certificate():
    assert people().is_trained.tolist() == [[True, True, True], [True, False, True]]
    assert people(certificates=()).is_trained[0].tolist() == [True, False, True]


def test_a_certificate_may_be_what_a_mix_asks_for():
    force = roster_problem(force_plan(mix_lines=(MixLine(code="m", post="door", skill="aid", heads=1),)))
    assert (force.traits, force.problem.people.has[:, 0].tolist()) == (("aid", LEAST), [True, False])


def test_a_certificate_that_lapses_counts_only_when_no_day_of_its_holder_lies_after_it():
    lapses = (other(AID, expires="2026-05-01"),)
    assert not people(certificates=lapses).is_trained[0, T_ENT]
    assert codes(certificates=lapses)[-1] == ("certificates.expires.during", 1)
    away = (other(ANN, not_days=("D2",)), BEN)
    assert people(certificates=lapses, volunteers=away).is_trained[0, T_ENT]
    assert codes(certificates=lapses, volunteers=away, mix_lines=()) == []


def test_a_certificate_that_has_expired_and_one_nobody_asks_for():
    assert codes(certificates=(other(AID, expires="2026-04-30"),))[-1][0] == "certificates.expires.before"
    assert (
        codes(certificates=(other(AID, expires="2026-04-30"),), post_classes=(GUIDE, other(MEDIC, certificate="")))
        == []
    )


def test_restricted_zones_are_for_who_is_accredited():
    core = (other(DOOR, zone="core"), TENT, POOL)
    assert people(posts=core, volunteers=(ANN, other(BEN, zones=("core",)))).is_trained[:, D_OOR].tolist() == [
        False,
        True,
    ]


def test_minors_serve_in_no_class_that_is_closed_to_them():
    assert people(volunteers=(other(ANN, is_minor=True), BEN)).is_trained[0].tolist() == [True, False, True]


def test_days_and_bands_that_are_not_possible():
    assert ben(not_days=("D2",)).is_free[1].tolist() == [[True, True], [False, False]]
    assert ben(not_bands=("L",)).is_free[1].tolist() == [[True, False], [True, False]]
    assert people(teams=(other(TEAM, not_days=("D1",)),)).is_free[0].tolist() == [[False, False], [True, True]]


def test_a_campus_keeps_people_from_bands():
    assert not ben(campus="far").is_free[1, :, E].any()  # 07:00 and an hour and a half of way: 08:30
    assert people(
        volunteers=(ANN, other(BEN, campus="far")), campuses=(NEAR_ONLY, other(FAR, first_bus_s=6.5 * HOUR_S))
    ).is_free.all()
    assert not people(volunteers=(other(ANN, campus="far"), BEN), campuses=(NEAR_ONLY, other(FAR, first_bus_s=None, not_bands=("L",)))).is_free[0, :, L].any()  # fmt: skip


NEAR_ONLY = other(FAR, code="near", travel_s=0, first_bus_s=None)


def test_bands_cost_by_how_they_are_liked():
    assert ben(likes=("E",), dislikes=("L",)).shift_cost[1].tolist() == [[0, 4], [0, 4]]
    assert ben().shift_cost[1].tolist() == [[1, 1], [1, 1]]


def test_a_long_way_costs_in_the_first_and_the_last_band():
    middle = other(EARLY, code="M", start_s=11 * HOUR_S, end_s=15 * HOUR_S)
    made = people(bands=(LATE, EARLY, middle), volunteers=(ANN, other(BEN, campus="far")))
    assert made.shift_cost[1, 0].tolist() == [4, 1, 4]  # 45 min beyond 45 min: three quarters
    assert made.shift_cost[0, 0].tolist() == [1, 1, 1]


def test_posts_cost_by_class_and_zone():
    core = (other(DOOR, zone="core"), TENT, POOL)
    made = people(posts=core, volunteers=(other(ANN, likes_class="medic", likes_zone="hall"), BEN))
    assert made.post_cost.tolist() == [[4, 0, 2], [0, 0, 2]]


def test_teams_numbers_and_attendance():
    made = ben(attends=0.5, shifts_fair=2, shifts_most=3)
    assert (made.team.tolist(), made.attends.tolist()) == ([0, -1], [0.94, 0.5])
    assert (made.target.tolist(), made.most_shifts.tolist()) == ([4, 2], [6, 3])


def test_locked_shifts_are_locks_and_others_are_not():
    shifts = (shift("ann", is_locked=True), shift("ben", "D2", "L", "", is_locked=True), shift("ben"))
    assert roster_problem(force_plan(shifts=shifts)).problem.locks == (Lock(0, D1, E, D_OOR), Lock(1, D2, L, -1))


def test_groups_that_share_somebody_are_one():
    crowd = tuple(Volunteer(code=f"v{n}", trained_for=("guide",)) for n in range(5))
    pairs = (
        Pair(code="a", kind="together", volunteers=("v0", "v1")),
        Pair(code="b", kind="together", volunteers=("v2", "v1")),
        Pair(code="c", kind="apart", volunteers=("v4", "v3", "v0")),
    )
    problem = roster_problem(force_plan(volunteers=crowd, teams=(), certificates=(), pairs=pairs)).problem
    assert (problem.together, problem.apart) == (((0, 1, 2),), ((0, 3), (0, 4), (3, 4)))


def refused(**sheets):
    with pytest.raises(PlanError) as error:
        roster_problem(force_plan(**sheets))
    return [(each.code, each.row) for each in error.value.problems]


def test_what_allows_no_roster_is_told_at_once():
    assert refused(volunteers=(), needs=()) == [("needs.none", 0), ("volunteers.none", 0)]
    crowd = tuple(Volunteer(code=f"v{n}") for n in range(13))
    pairs = (
        Pair(code="a", kind="apart", volunteers=("v0", "v1")),
        Pair(code="b", kind="together", volunteers=tuple(each.code for each in crowd)),
    )
    heavy = (other(GUIDE, weight=1100), MEDIC)
    assert refused(volunteers=crowd, teams=(), certificates=(), pairs=pairs, post_classes=heavy) == [
        ("pairs.volunteers.many", 2), ("pairs.volunteers.both", 1), ("posts.post_class.weight", 1), ("posts.post_class.weight", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ({}, []),
        ({"certificates": ()}, [("needs.post.nobody", 2)]),
        ({"volunteers": (other(ANN, is_minor=True), BEN)}, [("needs.post.nobody", 1), ("needs.post.nobody", 2), ("mix_lines.skill.nobody", 1)][1:]),
        ({"volunteers": (other(ANN, skills=()), BEN)}, [("mix_lines.skill.nobody", 1)]),
        ({"volunteers": (ANN, other(BEN, not_days=("D1", "D2")))}, [("volunteers.not_days.nowhere", 2)]),
        ({"volunteers": (ANN, other(BEN, trained_for=()))}, [("volunteers.trained_for.nowhere", 2)]),
        ({"needs": NEEDS[:2], "posts": (DOOR, TENT, POOL)}, [("posts.is_standby.no_need", 3)]),
        ({"volunteers": (ANN, Volunteer(code="c", trained_for=("medic",), not_bands=("L",))), "certificates": (AID, Certificate(code="K2", volunteer="c", skill="aid"))}, [("volunteers.not_bands.nowhere", 2)]),
    ],
)  # fmt: skip
def test_a_warning(sheets, expected):
    assert codes(**sheets) == expected


def test_a_warning_says_where_and_how_many():
    (first, *_) = roster_problem(force_plan(certificates=()), lambda _sheet, index: index + 7).warnings
    assert first.row == 8
    assert str(first.what).startswith("nobody can serve at tent in 1 of 1 shifts of N2, the first on D1 in L:")


def test_a_roster_goes_to_rows_and_comes_back():
    shifts = (shift("ann", is_locked=True), shift("ben", "D2", "L", "", is_locked=True), shift("ben", "D2"))
    force = roster_problem(force_plan(shifts=shifts))
    post_of = roster_of(force)
    assert post_of.tolist() == [[[0, -1], [-1, -1]], [[-1, -1], [0, -1]]]
    post_of[1, D1, L] = P_OOL
    rows = shifts_of(force, post_of)
    assert [(each.code, each.post, each.is_locked) for each in rows] == [
        ("annD1E", "door", True), ("ben-D1-L", "pool", False), ("benD2E", "door", False), ("benD2L", "", True),
    ]  # fmt: skip
    assert np.array_equal(roster_of(force, rows), post_of)


def test_codes_of_new_rows_are_of_no_other():
    force = roster_problem(force_plan(shifts=(other(shift("ann"), code="ben-D1-E"),)))
    post_of = np.full((2, 2, 2), -1)
    post_of[1, 0, 0] = 0
    assert [each.code for each in shifts_of(force, post_of)] == ["ben-D1-E-2"]


def test_a_solved_roster_keeps_the_rules_of_the_plan():
    force = roster_problem(force_plan())
    roster = solve(force.problem)
    assert check(force.problem, roster_of(force, shifts_of(force, roster))) == ()
    assert {each.post for each in shifts_of(force, roster)} <= {"door", "tent", "pool"}


def test_locks_that_contradict_are_told_by_their_rows():
    shifts = (shift("ben"), shift("ben", "D1", "L", "tent", is_locked=True))
    (told,) = contradictions_told(roster_problem(force_plan(shifts=shifts)))
    assert (told.code, told.row) == ("shifts.is_locked.trained", 2)
    assert (
        str(told.what) == "benD1L cannot be kept: who is locked there is not trained, certified or accredited for it."
    )


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ({"shifts": (shift("ben", post="tent"),)}, [("shifts.post.closed", 1), ("shifts.post.trained", 1)]),
        ({"shifts": (shift("ben"),), "volunteers": (ANN, other(BEN, not_days=("D1",)))}, [("shifts.band.free", 1)]),
        ({"shifts": (shift("ben"), shift("ben", "D1", "L"))}, [("shifts.day.shifts_a_day", 2), ("shifts.day.hours_a_day", 2)]),
        ({"shifts": (shift("ben", "D1", "L"), shift("ben", "D2", "E"))}, [("shifts.band.rest", 2), ("shifts.band.forbidden", 2)]),
        ({"shifts": (shift("ben", "D1"), shift("ben", "D2")), "roster_rules": (RosterRules(code="r", most_days_running=1),)}, [("shifts.day.running", 2)]),
        ({"shifts": (shift("ben"),), "roster_rules": (RosterRules(code="r", most_in_window_h=5, most_a_day_h=6),)}, [("shifts.day.window", 1)]),
        ({"shifts": (shift("ben"),), "volunteers": (ANN, other(BEN, shifts_fair=0, shifts_most=0))}, [("shifts.volunteer.most", 1)]),
        ({"shifts": (shift("ben", "D1", "L"),), "volunteers": (ANN, other(BEN, is_minor=True))}, [("shifts.band.minor", 1)]),
        ({"shifts": (shift("ann"),), "pairs": (Pair(code="p", kind="together", volunteers=("ann", "ben")),)}, [("shifts.volunteer.together", 0)]),
        ({"shifts": (shift("ann"), shift("ben")), "pairs": (Pair(code="p", kind="apart", volunteers=("ann", "ben")),)}, [("shifts.volunteer.apart", 1)]),
        ({"shifts": (shift("ben"), shift("ben", "D1", "O")), "bands": (LATE, EARLY, other(EARLY, code="O", start_s=9 * HOUR_S)), "roster_rules": (RosterRules(code="r", shifts_a_day=2),)}, [("shifts.band.overlap", 2)]),
    ],
)  # fmt: skip
def test_a_broken_rule_is_told_at_its_row(sheets, expected):
    force = roster_problem(force_plan(**sheets))
    assert [
        (each.code, each.row) for each in violations_told(force, check(force.problem, roster_of(force)))
    ] == expected


def test_a_lock_that_is_not_kept_says_where_somebody_was_to_be():
    force = roster_problem(force_plan(shifts=(shift("ben", is_locked=True),)))
    (told,) = violations_told(force, check(force.problem, np.full((2, 2, 2), -1)))
    assert str(told.what) == "D1, E: the lock is not kept: ben is to be at door."


def test_a_pool_costs_as_a_pool_even_to_who_likes_its_class():
    made = people(posts=(DOOR, TENT, POOL, Post(code="spare", post_class="medic", zone="hall", is_standby=True)))
    assert made.post_cost[1].tolist() == [0, 0, 2, 2]
