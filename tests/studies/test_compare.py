"""Two plans under the same draws."""

import dataclasses
import math

import numpy as np
import pytest

from hostcity.engines.day.rehearse import rehearse_day
from hostcity.plan import apply_overrides
from hostcity.plan.rows import Uncertainty
from hostcity.site.screens.as_data import of_comparison
from hostcity.studies.compare import Difference, compare_plans
from hostcity.studies.intervals import t_half_width
from tests.fairs import small_fair


@pytest.fixture(scope="module")
def plan():
    return small_fair(900)


def by_name(compared) -> dict[tuple[str, str, str], Difference]:
    names = {(each.what, each.code, each.figure): each for each in compared.differences}
    assert len(names) == len(compared.differences)
    return names


def test_a_plan_and_itself(plan):
    compared = compare_plans(plan, small_fair(900), runs=3)
    assert compared.a_sha256 == compared.b_sha256
    assert {(each.difference, each.half_width) for each in compared.differences} == {(0.0, 0.0)}
    assert compared.clear == ()
    assert compared.a_kept == compared.b_kept == 3
    assert len(compared.differences) > 30


def test_one_run_gives_no_interval(plan):
    compared = compare_plans(plan, apply_overrides(plan, ["stations.W-security.lanes=1"]), runs=1)
    assert all(math.isnan(each.half_width) for each in compared.differences)
    assert compared.clear == ()
    assert by_name(compared)["promise", "", "peak_p99_s"].difference > 0


def test_no_run_is_too_few(plan):
    with pytest.raises(ValueError, match="0 runs are too few"):
        compare_plans(plan, plan, runs=0)


def test_turned_round(plan):
    other = apply_overrides(plan, ["stations.W-security.lanes=2", "streams.metro.persons=700"])
    there, back = compare_plans(plan, other, runs=3), compare_plans(other, plan, runs=3)
    assert (there.a_kept, there.b_kept, there.a_sha256) == (back.b_kept, back.a_kept, back.b_sha256)
    for name, each in by_name(there).items():
        turned = by_name(back)[name]
        assert (each.a, each.b, each.runs) == (turned.b, turned.a, turned.runs)
        assert each.difference == -turned.difference
        assert each.half_width == pytest.approx(turned.half_width, rel=1e-12)
        assert each.is_clear == turned.is_clear


@pytest.mark.parametrize(
    ("change", "name", "sign"),
    [
        ("stations.W-security.service_mean_s=36", ("promise", "", "peak_p99_s"), 1),
        ("stations.W-security.service_mean_s=36", ("gates", "W", "worst_p99_s"), 1),
        ("stations.W-security.lanes=9", ("stations", "W-security", "wait_p99_s"), -1),
        ("stations.food.service_mean_s=300", ("stations", "food", "wait_p99_s"), 1),
        ("streams.coach.persons*=1.5", ("promise", "", "entries"), 1),
        ("groups.buyers.leaves_at=15:00", ("day", "", "mean_stay_s"), -1),
        ("attractions.H1.weight*=4", ("areas", "H1", "peak_persons"), 1),
        ("links.plaza.width_m=3", ("links", "plaza", "peak_per_m2"), 1),
    ],
)
def test_a_change_whose_sign_is_known_is_clear(plan, change, name, sign):
    compared = compare_plans(plan, apply_overrides(plan, [change]))
    difference = by_name(compared)[name]
    assert difference.is_clear
    assert math.copysign(1, difference.difference) == sign


def test_the_runs_are_those_of_the_seed(plan):
    other = apply_overrides(plan, ["stations.W-security.lanes=2"])
    assert compare_plans(plan, other, seed=4, runs=2) == compare_plans(plan, other, seed=4, runs=2)
    assert compare_plans(plan, other, seed=4, runs=2) != compare_plans(plan, other, seed=5, runs=2)


def test_only_places_of_both_plans_are_compared(plan):
    without = plan.replace(appointments=(), stations=tuple(row for row in plan.stations if row.code != "toilets"))
    compared = compare_plans(plan, without, runs=2)
    assert {each.what for each in compared.differences} >= {"promise", "day", "areas", "links", "stations"}
    assert not [each for each in compared.differences if each.what == "appointments" or each.code == "toilets"]


def test_progress_is_told_to_the_end(plan):
    told: list[float] = []
    compare_plans(plan, plan, runs=2, progress=told.append)
    assert told == [0.25, 0.5, 0.75, 1.0]


def test_a_wait_without_end_is_told_without_an_interval(plan):
    """Who never gets in waits for ever."""
    shut = apply_overrides(plan, ["stations.W-security.lanes@10:00-24:00=0"])
    compared = compare_plans(plan, shut)
    assert (compared.a_kept, compared.b_kept) == (6, 0)
    longest = by_name(compared)["promise", "", "other_p99_s"]
    assert (math.isfinite(longest.a), longest.b, math.isnan(longest.half_width)) == (True, math.inf, True)
    assert longest.is_clear
    assert by_name(compared)["promise", "", "turned_away"].is_clear
    assert all(math.isfinite(each["a"]) for each in of_comparison(compared)["differences"])
    assert [each for each in of_comparison(compared)["differences"] if each["b"] is None]


def test_clear_is_beyond_the_interval():
    same = Difference(what="day", code="", figure="f", a=1.0, b=3.0, half_width=2.0, runs=6)
    assert not same.is_clear
    assert dataclasses.replace(same, half_width=1.999).is_clear
    assert not dataclasses.replace(same, half_width=math.nan).is_clear


@pytest.mark.parametrize("b", [3.0, math.inf])
def test_of_fewer_than_six_days_that_differ_nothing_is_clear(b):
    told = Difference(what="day", code="", figure="f", a=1.0, b=b, half_width=1.0, runs=6)
    assert (told.is_clear, told.is_silent) == (True, False)
    for few in (dataclasses.replace(told, runs=5), dataclasses.replace(told, runs=20, equal=15)):
        assert (few.is_clear, few.is_silent, few.differing) == (False, True, 5)


def test_what_is_uncertain_is_drawn_alike_for_both(plan):
    demand = Uncertainty(code="demand", kind="factor", figure="streams.*.persons", low=0.5, high=1.5)
    varying = plan.replace(uncertainties=(demand,))
    compared = compare_plans(varying, apply_overrides(varying, ["stations.W-badge.service_cv=0.5"]), runs=4)
    entries = by_name(compared)["promise", "", "entries"]
    assert (entries.difference, entries.half_width) == (0.0, 0.0)
    assert by_name(compare_plans(plan, varying, runs=4))["promise", "", "entries"].half_width > 0


def test_links_are_compared_quarter_by_quarter(plan):
    """Mean densities of the days themselves, played one by one."""
    narrow = apply_overrides(plan, ["links.ramp.width_m*=0.4"])
    links = compare_plans(plan, narrow, seed=2, runs=6).links
    at = links.codes.index("ramp")
    ten = round((10 * 3600 - links.starts_s) / 900)
    changes = []
    for run in range(6):
        a, b = (rehearse_day(each, seed=2, run=run).link_density_per_m2 for each in (plan, narrow))
        minutes = slice(15 * ten, 15 * ten + 15)
        changes.append(b[minutes, at].mean(dtype=float) - a[minutes, at].mean(dtype=float))
    assert links.change_per_m2[ten, at] == pytest.approx(np.mean(changes), abs=1e-6)
    assert links.is_clear[ten, at] == (abs(np.mean(changes)) > t_half_width(np.array(changes)))
    assert not compare_plans(plan, narrow, seed=2, runs=5).links.is_clear.any()
    assert links.change_per_m2[ten, at] > 0
    assert not links.is_clear[0].any()  # nobody is there yet


def test_plans_with_other_links_are_compared_on_those_that_both_have(plan):
    extra = dataclasses.replace(plan.links[0], code="new")
    other = plan.replace(links=(extra, *plan.links[::-1]))
    links = compare_plans(plan, other, runs=1).links
    assert links.codes == tuple(each.code for each in plan.links)
    assert links.a_per_m2.shape == links.change_per_m2.shape
    assert not links.is_clear.any()
