"""Overload: nothing above its cap, all home; and a run that rules no longer guard says that it is not to be trusted."""

import numpy as np
import pytest
from benchmarks.overload import is_kept
from benchmarks.overload_venue import overload_venue

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.results import HOME
from tests.engines.day.checked import Checked
from tests.engines.day.corridors import HOUR_S, corridor, link, node, play_with
from tests.engines.day.mazes import maze
from tests.fairs import small_fair


def test_the_venue_of_the_study_is_as_large_as_it_says():
    plan = overload_venue()
    assert (len(plan.nodes), len(plan.links)) == (652, 1134)
    assert sum(stream.persons for stream in plan.streams) == 200_000
    assert abs(sum(slot.weight for slot in plan.profiles) - 1.0) < 1e-6


@pytest.mark.parametrize("route_update_s", [0.0, 600.0])
def test_a_tenth_of_the_visitors_through_a_twentyfifth_of_the_width(route_update_s):
    day = rehearse_day(overload_venue(visitors=20_000, width=0.04, route_update_s=route_update_s), seed=2)
    assert is_kept(day, 20_000)
    assert day.link_peak_per_m2.max() > 3.0  # it was full


@pytest.mark.slow
@pytest.mark.parametrize("route_update_s", [0.0, 600.0])
def test_the_narrowest_venue_with_everybody(route_update_s):
    day = rehearse_day(overload_venue(width=0.15, route_update_s=route_update_s), seed=1)
    assert is_kept(day, 200_000)
    assert day.link_peak_per_m2.max() > 3.99
    assert day.held_outside.max() > 10_000


@pytest.mark.slow
def test_the_venue_at_its_full_width_is_never_marked():
    for seed in (1, 2, 3):
        day = rehearse_day(overload_venue(), seed=seed)
        assert is_kept(day, 200_000)
        assert day.rotations == 0


def test_a_day_that_is_fine_is_not_marked_whatever_is_switched_off():
    for rules in ((), ("R0",), ("R1",), ("R2",), ("direction_share",), ("floor_caps",), ("R3", "R4", "R5", "R6", "R7")):
        day = rehearse_day(small_fair(), without=rules)
        assert (day.visitor_end == HOME).all()
        assert day.is_valid, rules
        assert day.link_peak_per_m2.max() < 1.0  # nothing was full, so no rule was needed


ENTRY = link("entry", "check", "hall", 100, 100)
JAMMED = range(6)  # networks whose inside really jams


def jammed(rules, **how):
    plans = [maze(seed, perimeter_share=1.0, wrong_turn_share=0.0) for seed in JAMMED]
    return [
        (plan, rehearse_day(plan, seed=seed, without=rules, **how)) for seed, plan in zip(JAMMED, plans, strict=True)
    ]


def test_with_all_rules_the_jammed_networks_are_valid_and_say_that_people_changed_places():
    days = [day for _, day in jammed(())]
    assert all(day.is_valid for day in days)
    assert sum(day.rotations > 0 for day in days) >= 5


@pytest.mark.parametrize("rule", ["R2", "direction_share"])
def test_without_what_keeps_it_moving_people_are_stranded_and_the_run_says_where_and_when(rule):
    marked = 0
    for plan, day in jammed((rule,)):
        stranded = int((day.visitor_end != HOME).sum())
        assert day.is_valid == (stranded == 0)
        if stranded:
            found = {each.reason: each for each in day.overloads}["stranded"]
            assert found.figure == stranded
            assert found.at_s == day.clock_end_s
            assert found.place in {*(row.code for row in plan.links), *(row.code for row in plan.nodes)}
            marked += 1
    assert marked >= 5


def test_without_caps_the_run_names_the_fullest_link_and_when():
    for plan, day in jammed(("R1",)):
        found = {each.reason: each for each in day.overloads}["link_cap"]
        at = day.link_codes.index(found.place)
        assert found.figure == day.link_peak_per_m2[at] > 4.0
        assert found.at_s == day.link_peak_s[at]
        assert plan.day.clock_starts_at < found.at_s < plan.day.clock_ends_at


def test_without_floor_caps_the_run_names_the_fullest_floor():
    marked = 0
    for plan, day in jammed(("floor_caps",)):
        full = {row.code: max(1, int(3.0 * row.floor_m2)) / row.floor_m2 for row in plan.nodes if row.floor_m2}
        over = {
            code for code, peak in zip(day.node_codes, day.floor_peak_per_m2, strict=True) if peak > full.get(code, 1e9)
        }
        found = {each.reason: each for each in day.overloads}
        assert ("floor_cap" in found) == bool(over)
        if over:
            assert found["floor_cap"].place in over
            marked += 1
    assert marked >= 5


@pytest.mark.parametrize("rule", ["R0", "R3", "R4", "R5", "R6", "R7"])
def test_without_a_rule_that_only_buys_time_caps_are_kept_all_the_same(rule):
    for seed in (1, 4):
        plan = maze(seed, perimeter_share=0.1, route_update_s=60.0)
        day = Checked(plan, seed=seed, without=(rule,)).play()
        assert (day.visitor_end == HOME).all()
        assert day.is_valid
        # and the rule is one: with it people go home at other times
        assert (day.visitor_left_s != Checked(plan, seed=seed).play().visitor_left_s).any()


def test_without_causality_people_leave_before_they_could():
    for seed in (2, 8):
        checked = [Checked(maze(seed, perimeter_share=1.0), seed=seed, without=rules) for rules in ((), ("R0",))]
        with_it, without_it = (each.play() and each.oldest_s for each in checked)
        assert with_it <= (checked[0].longest_way + 1) * checked[0].day.rules.step_s
        assert without_it > 1000.0


def test_a_closed_gate_holds_people_outside_and_they_are_counted():
    plan = maze(6, perimeter_share=0.03)
    day = rehearse_day(plan, seed=6)
    assert day.is_valid
    assert day.gate_hold_s > 60.0
    outside = [at for at, row in enumerate(plan.nodes) if row.floor_m2 is None]
    assert outside
    assert day.held_outside.max() > 500
    assert (day.held_outside <= day.area_persons[day.area_codes.index("outside")]).all()
    assert np.isfinite(day.floor_peak_per_m2[[at for at in range(len(plan.nodes)) if at not in outside]]).all()


def test_an_arrival_point_with_too_many_people_on_it_is_marked():
    """Who comes cannot be refused; a floor there is then fuller than its cap, and the run says so."""
    plan = corridor(900, over_s=60.0, last_s=12 * HOUR_S, links=(link("approach", "home", "check", 20, 1), ENTRY))
    plan = plan.replace(nodes=(node("home", "outside", floor_m2=10.0), *plan.nodes[1:]))
    _, day = play_with(plan)
    (found,) = day.overloads
    assert (found.reason, found.place) == ("floor_cap", "home")
    assert found.figure > 60.0
    assert found.at_s <= 62.0
    assert (day.visitor_end == HOME).all()
