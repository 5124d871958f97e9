"""Advice finds a mend that was planted, keeps to its budget, and says what it knows."""

import dataclasses
import math

import pytest
from examples.tiny.build import build_plan

from hostcity.engines.day.rehearse import rehearse_day
from hostcity.plan import PlanError, apply_overrides, problems_of
from hostcity.plan.rows import Gate, Option
from hostcity.studies.advice import advise, budget_of, goal_of
from hostcity.studies.advice.moves import Move, affordable, hourly, moves_of, resources, uses_of_package
from hostcity.studies.drawn import drawn_plan
from hostcity.studies.promise import verdict_of
from hostcity.studies.runs.inline import InlinePool

#: Made worse in a known place, with the mend among the options, and others that look as if they might help.
PLANTED = {
    "badge": ("promise.peak_p99_s", ("stations.W-badge.lanes=1",), "stations.W-badge.lanes+=1"),
    "security": (
        "promise.peak_p99_s",
        ("stations.W-security.service_mean_s=18",),
        "stations.W-security.service_mean_s=7.2",
    ),
    "food": ("stations.food.wait_p99_s", ("stations.food.service_mean_s=240",), "stations.food.service_mean_s=60"),
    "ramp": ("links.ramp.peak_per_m2", ("links.ramp.width_m=0.8",), "links.ramp.width_m=4"),
}
OTHERS = (
    Option(code="trains", changes="stations.trains.headway_s=120", uses="effort=1"),
    Option(code="late", changes="groups.buyers.leaves_at=17:30", uses="effort=1"),
    Option(code="hall-1", changes="attractions.H1.weight=1.5", uses="effort=1"),
    Option(code="toilets", changes="stations.toilets.lanes+=2", uses="effort=1"),
    Option(code="plaza", changes="links.plaza.width_m*=1.5", uses="effort=1"),
    Option(code="desk", changes="stations.desk.lanes+=1", uses="effort=1"),
)


def planted(name: str):
    goal, worse, mend = PLANTED[name]
    plan = apply_overrides(build_plan(1_200), worse)
    plan = plan.replace(options=(*OTHERS[:3], Option(code="mend", changes=mend, uses="effort=1"), *OTHERS[3:]))
    assert problems_of(plan) == ()
    return plan, goal_of(plan, goal)


def advised(name: str, seed: int, **more):
    plan, goal = planted(name)
    return advise(plan, goal=goal, seed=seed, pool=InlinePool(), **{"budget": {"effort": 1}, "runs": 8, **more})


@pytest.mark.parametrize("name", list(PLANTED)[:1])  # all with the slow ones
def test_a_planted_mend_is_found_first(name):
    first = advised(name, seed=1).suggestions[0]
    assert first.package == (("mend", 1),)
    assert first.effect.gain > 0
    assert first.effect.is_clear


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_mend_is_found_first_whatever_the_seed(name):
    found = [advised(name, seed).suggestions[0].package == (("mend", 1),) for seed in range(20)]
    assert sum(found) >= 19


def advised_for_rare_days(seed: int):
    """One slow lane at the badge check: 30 min are passed on one day of twelve; and free changes that do nothing."""
    worse = ("stations.W-badge.lanes=1", "stations.W-badge.service_mean_s=9")
    plan = apply_overrides(build_plan(1_200), worse)
    free = Option(code="free", changes="stations.toilets.lanes+=2")
    mend = Option(code="z-mend", changes="stations.W-badge.lanes+=1", uses="effort=1")
    plan = plan.replace(options=(free, *OTHERS, mend))
    assert problems_of(plan) == ()
    goal = goal_of(plan, "share of entries over 30 min")
    return advise(plan, goal=goal, budget={"effort": 1}, seed=seed, runs=8, pool=InlinePool())


@pytest.mark.slow
def test_a_mend_is_found_where_the_goal_is_nothing_on_most_days():
    advice = advised_for_rare_days(seed=1)
    assert (advice.base_runs, advice.runs) == (1, 8)
    assert advice.base > 0
    first, second = advice.suggestions[:2]
    assert first.package == (("z-mend", 1),)
    assert (first.effect.is_clear, first.effect.is_silent) == (False, True)  # by the goal alone nobody could tell
    assert first.companion is not None
    assert first.companion.helps
    assert first.helps
    assert not second.helps
    assert advice.companion is not None
    assert advice.companion.limit_s < 1_800
    assert advice.base_companion > advice.base


@pytest.mark.slow
def test_a_mend_is_found_where_the_goal_is_nothing_on_most_days_whatever_the_seed():
    found = [advised_for_rare_days(seed).suggestions[0].package == (("z-mend", 1),) for seed in range(20)]
    assert sum(found) >= 19


def test_a_goal_that_says_something_on_every_day_stands_alone():
    advice = advised("badge", seed=1, runs=2)
    assert advice.companion is None
    assert math.isnan(advice.base_companion)
    assert {each.companion for each in (*advice.suggestions, *advice.dropped)} == {None}


def test_the_search_plays_other_days_than_those_that_judge():
    class Noted(InlinePool):
        def __init__(self):
            self.runs = []

        def play(self, tasks):
            for task in tasks:
                self.runs.append(task[1])
                yield from super().play([task])

    plan, goal = planted("badge")
    pool = Noted()
    advice = advise(plan, goal=goal, budget={"effort": 1}, seed=1, runs=4, pool=pool)
    judged = 4 * (len(advice.suggestions) + 1)
    assert set(pool.runs[:-judged]) == {4, 5, 6, 7}
    assert set(pool.runs[-judged:]) == {0, 1, 2, 3}
    assert len(pool.runs) == advice.played


def two_gates():
    """The coaches' people have a gate of their own, with lanes to spare, and those of the metro too few."""
    plan = build_plan(1_200)
    west = {row.code: row for row in plan.stations}
    east = [
        dataclasses.replace(west[f"W-{check}"], code=f"E-{check}", gate="E", lanes=8) for check in ("security", "badge")
    ]
    approaches = (plan.approaches[0], dataclasses.replace(plan.approaches[1], gate="E"))
    plan = plan.replace(
        gates=(*plan.gates, Gate(code="E", name_en="East", name_zh="东")), stations=(*plan.stations, *east),
        approaches=approaches, uncertainties=(), options=(),
    )  # fmt: skip
    plan = apply_overrides(plan, ["stations.W-security.lanes=2", "stations.W-security.service_mean_s=15"])
    assert problems_of(plan) == ()
    return plan


@pytest.mark.slow
def test_a_few_lanes_are_moved_before_many_are():
    plan = two_gates()
    advice = advise(plan, goal=goal_of(plan, "promise.peak_p99_s"), budget={"lanes": 0}, runs=2, pool=InlinePool())
    counts: dict[str, set[int]] = {code: set() for code in advice.moves}
    for each in (*advice.suggestions, *advice.dropped):
        for code, count in each.package:
            counts[code].add(count)
    assert {code for code in counts if "@" not in code} == {
        "add W-security", "add W-badge", "add E-security", "add E-badge", "E-security to W-security",
        "W-security to E-security", "E-badge to W-badge", "W-badge to E-badge",
    }  # fmt: skip
    assert counts["E-security to W-security"] == {1, 2, 4}
    assert counts["add W-security"] == set()
    assert any(counts[code] for code in counts if code.startswith("E-security to W-security@"))
    first = advice.suggestions[0]
    assert first.package[0][0].startswith("E-security to W-security")
    assert first.effect.gain > 0


@pytest.mark.slow
def test_lanes_are_added_for_single_hours_only_where_that_uses_less():
    plan, goal = planted("badge")
    for budget, is_tried in (({"lanes": 1}, False), ({"lanes": 1, "lane_hours": 10}, True)):
        advice = advise(plan.replace(options=()), goal=goal, budget=budget, runs=2, pool=InlinePool())
        assert any(code.startswith("add") and "@" in code for code in advice.moves) is is_tried


def test_effects_are_those_of_the_days_themselves():
    plan, _ = planted("badge")
    advice = advised("badge", seed=3, runs=4)
    first = advice.suggestions[0]
    gains, kept = [], []
    for run in range(4):
        before, after = (
            verdict_of(drawn, rehearse_day(drawn, seed=3, run=run))
            for drawn in (drawn_plan(each, seed=3, run=run)[0] for each in (plan, apply_overrides(plan, first.changes)))
        )
        gains.append(before.peak_p99_s - after.peak_p99_s)
        kept.append(after.kept)
    assert first.effect.gain == pytest.approx(sum(gains) / 4)
    assert first.effect.kept_share == sum(kept) / 4


def test_the_same_seed_gives_the_same_advice():
    one, other = (advised("badge", seed=2, runs=4) for _ in range(2))
    assert (one.suggestions, one.dropped, one.played) == (other.suggestions, other.dropped, other.played)


@pytest.mark.parametrize(
    "budget",
    [
        pytest.param({"effort": 2}, marks=pytest.mark.slow),
        {"lanes": 3, "staff": 4},
        pytest.param({"lane_hours": 5, "effort": 1}, marks=pytest.mark.slow),
        {"effort": 0},
    ],
)
def test_no_suggestion_uses_more_than_the_budget(budget):
    advice = advised("badge", seed=1, budget=budget, runs=3)
    packages = [each.package for each in (*advice.suggestions, *advice.dropped)]
    assert packages or budget == {"effort": 0}
    for package in packages:
        uses = uses_of_package(package, advice.moves)
        assert all(uses.get(name, 0) <= amount for name, amount in budget.items())


@pytest.mark.slow
def test_what_is_left_of_the_budget_is_used_when_it_clearly_helps():
    plan, goal = planted("badge")
    slow = apply_overrides(plan, ["stations.W-security.service_mean_s=15"])
    slow = slow.replace(
        options=(*slow.options, Option(code="scanner", changes="stations.W-security.lanes+=4", uses="effort=1"))
    )
    first = advise(slow, goal=goal, budget={"effort": 2}, runs=8, pool=InlinePool()).suggestions[0]
    assert {code for code, _ in first.package} == {"mend", "scanner"}


def short_at_two_gates():
    """Security is short of lanes at both gates, and a budget of six covers a few more at each."""
    worse = ["stations.E-security.lanes=2", "stations.E-security.service_mean_s=30"]
    return apply_overrides(two_gates(), [*worse, *(f"stations.{gate}-security.lanes_most=12" for gate in "WE")])


def advised_to_split(plan, seed: int):
    assert problems_of(plan) == ()
    goal = goal_of(plan, "promise.peak_p99_s")
    return advise(plan, goal=goal, budget={"lanes": 6}, seed=seed, runs=8, pool=InlinePool())


@pytest.mark.slow
def test_a_budget_is_split_between_two_places():
    full = ("W-badge.lanes_most=3", "E-badge.lanes_most=8")  # one search less: no lanes can be added or moved there
    plan = apply_overrides(short_at_two_gates(), [f"stations.{each}" for each in full])
    first, *others = advised_to_split(plan, 1).suggestions
    assert {code for code, _ in first.package} == {"add W-security", "add E-security"}
    assert first.uses["lanes"] == 6
    assert first.helps
    alone = [each for each in others if len(each.package) == 1 and each.uses.get("lanes") == 6]
    assert len(alone) == 2
    assert all(each.effect.gain < first.effect.gain for each in alone)
    changed = apply_overrides(plan, first.changes)
    before, after = (verdict_of(each, rehearse_day(each, seed=1)) for each in (plan, changed))
    assert after.peak_p99_s < before.peak_p99_s


@pytest.mark.slow
def test_a_budget_is_split_between_two_places_whatever_the_seed():
    firsts = [advised_to_split(short_at_two_gates(), seed).suggestions[0] for seed in range(20)]
    both = {"add W-security", "add E-security"}
    assert sum({code for code, _ in each.package} >= both and each.helps for each in firsts) >= 19


def test_of_a_group_at_most_one_is_taken():
    plan, goal = planted("badge")
    options = tuple(
        Option(code=f"mend-{lanes}", changes=f"stations.W-badge.lanes={lanes}", uses="effort=1", group="badge")
        for lanes in (2, 3)
    )
    advice = advise(plan.replace(options=options), goal=goal, budget={"effort": 2}, runs=4, pool=InlinePool())
    assert {len(each.package) for each in advice.suggestions} == {1}


def test_of_two_that_do_the_same_the_cheaper_stands_first():
    plan, goal = planted("badge")
    dear = Option(code="a-dear", changes="stations.W-badge.lanes=2", uses="effort=3")
    cheap = Option(code="b-cheap", changes="stations.W-badge.lanes=2", uses="effort=1")
    advice = advise(plan.replace(options=(dear, cheap)), goal=goal, budget={"effort": 3}, runs=4, pool=InlinePool())
    assert [each.package for each in advice.suggestions[:2]] == [(("b-cheap", 1),), (("a-dear", 1),)]


def test_nothing_to_try():
    plan, goal = planted("badge")
    advice = advise(plan.replace(options=()), goal=goal, budget={"effort": 1}, runs=2, pool=InlinePool())
    assert advice.suggestions == ()
    assert math.isfinite(advice.base)


def test_an_option_that_makes_a_plan_with_problems_is_not_played():
    plan, goal = planted("badge")
    shut = Option(code="shut", changes="links.plaza.one_way=yes links.door1.one_way=yes", uses="effort=1")
    plan = plan.replace(options=(shut, Option(code="mend", changes="stations.W-badge.lanes+=1", uses="effort=1")))
    advice = advise(plan, goal=goal, budget={"effort": 1}, runs=2, pool=InlinePool())
    assert advice.impossible == ((("shut", 1),),)
    assert [each.package for each in advice.suggestions] == [(("mend", 1),)]


def test_progress_never_goes_back_and_ends():
    told: list[float] = []
    advised("badge", seed=1, runs=3, progress=told.append)
    assert told[-1] == 1.0
    assert all(0 < each <= 1 for each in told)


def test_one_run_is_too_few():
    with pytest.raises(ValueError, match="1 runs are too few"):
        advised("badge", seed=1, runs=1)


def test_lanes_of_checks_may_be_added_and_moved():
    plan = build_plan(500)
    moves = {each.code: each for each in moves_of(plan.replace(options=()))}
    assert set(moves) == {"add W-security", "add W-badge"}  # one gate: there is nowhere to move to
    assert moves["add W-security"].times(2) == ("stations.W-security.lanes+=2",)
    assert resources(plan) == dict.fromkeys(["lanes", "staff", "letters", "lane_hours"])


def test_hours_in_which_people_arrive():
    plan = build_plan(500)
    (move,) = [each for each in moves_of(plan) if each.code == "add W-badge"]
    assert [each.code.partition("@")[2] for each in hourly(plan, move)] == [
        "08:00-09:00", "09:00-10:00", "10:00-11:00", "11:00-12:00", "13:00-14:00",
    ]  # fmt: skip
    assert hourly(plan, move)[0].changes == ("stations.W-badge.lanes@08:00-09:00+=1",)


@pytest.mark.parametrize(
    ("uses", "budget", "used", "times"),
    [
        ({"staff": 5}, {"staff": 12}, {}, 2), ({"staff": 5}, {"staff": 12}, {"staff": 8}, 0), ({"staff": 5}, {"lanes": 9}, {}, 0),
        ({}, {"lanes": 1}, {}, 7), ({"staff": -2}, {"lanes": 1}, {}, 7), ({"x": 0.1}, {"x": 0.3}, {}, 3),
    ],
)  # fmt: skip
def test_how_often_a_budget_lets_something_be_taken(uses, budget, used, times):
    move = Move(code="m", changes=(), uses=uses, most=7, kind="option")
    assert affordable(move, budget, used) == times


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("lanes", ["budget.form"]), ("lanes=x", ["budget.form"]), ("lanes=1, lanes=2", ["budget.form"]),
        ("lans=1, staff=-1", ["budget.unknown", "budget.negative"]), ("lanes=inf", ["budget.form"]),
    ],
)  # fmt: skip
def test_a_budget_that_is_none(text, codes):
    with pytest.raises(PlanError) as caught:
        budget_of(text, resources(build_plan(100)))
    assert [each.code for each in caught.value.problems] == codes


def test_a_goal_as_people_say_it():
    plan = build_plan(100)
    assert str(goal_of(plan, "Share of entries over 30 min")) == "promise.share_over_peak_limit"
    assert str(goal_of(plan, "max:day.mean_stay_s")) == "max:day.mean_stay_s"
    with pytest.raises(PlanError) as caught:
        goal_of(plan, "happiness")
    assert [each.code for each in caught.value.problems] == ["goal.unknown"]
