"""What is drawn for a run: its law, what it depends on, and what it never does."""

import dataclasses
import math

import numpy as np
import pytest

from hostcity.plan import problems_of
from hostcity.plan.rows import LaneTime, Uncertainty
from hostcity.studies.drawn import Drawn, drawn_plan, quantile
from tests.fairs import small_fair


def with_uncertainties(*rows: Uncertainty, plan=None):
    plan = (plan or small_fair()).replace(uncertainties=rows)
    assert problems_of(plan) == ()
    return plan


def row(code="u", kind="factor", figure="streams.*.persons", **more) -> Uncertainty:
    return Uncertainty(**{"code": code, "kind": kind, "figure": figure, "low": 0.8, "high": 1.25, **more})


NO_SHOW = row(kind="no_show", figure="stations.*-security.lanes", law="uniform", low=0.3, high=0.3)


@pytest.mark.parametrize("law", ["lognormal", "normal"])
def test_one_day_in_twenty_lies_beyond_each_end(law):
    assert quantile(row(law=law), 0.05) == pytest.approx(0.8)
    assert quantile(row(law=law), 0.95) == pytest.approx(1.25)


def test_the_middle_of_each_law():
    assert quantile(row(law="lognormal"), 0.5) == pytest.approx(1.0)
    assert quantile(row(law="normal"), 0.5) == pytest.approx(1.025)
    assert [quantile(row(law="uniform"), share) for share in (0.0, 0.5, 1.0)] == pytest.approx([0.8, 1.025, 1.25])


def test_a_normal_share_is_never_negative():
    assert quantile(row(law="normal", low=0.0, high=0.2), 0.001) == 0.0


def test_draws_follow_the_law():
    """Kolmogorov and Smirnov: largest distance between 2,000 draws and the uniform law, at 99.9 %."""
    plan = with_uncertainties(row(law="uniform", low=0.0, high=1.0))
    drawn = np.sort([drawn_plan(plan, seed=5, run=run)[1][0].value for run in range(2_000)])
    ranks = np.arange(1, drawn.size + 1) / drawn.size
    assert max(np.abs(ranks - drawn).max(), np.abs(ranks - 1 / drawn.size - drawn).max()) < 1.95 / math.sqrt(drawn.size)


def test_a_plan_without_uncertainties_is_played_as_written():
    plan = small_fair()
    assert drawn_plan(plan, seed=1, run=3) == (plan, ())


def test_rows_vary_together_or_each_by_itself():
    plan = small_fair(900)
    together, (one,) = drawn_plan(with_uncertainties(row(), plan=plan), seed=1, run=0)
    assert [each.persons for each in together.streams] == [round(each.persons * one.value) for each in plan.streams]
    apart, drawn = drawn_plan(with_uncertainties(row(each=True), plan=plan), seed=1, run=0)
    assert [each.key for each in drawn] == [each.code for each in plan.streams]
    assert len({each.value for each in drawn}) == len(plan.streams)
    assert [each.persons for each in apart.streams] == [
        round(stream.persons * each.value) for stream, each in zip(plan.streams, drawn, strict=True)
    ]


def test_seed_run_row_and_place_decide_and_nothing_else():
    first = with_uncertainties(row("a"), row("b", figure="stations.*.service_mean_s", each=True))
    drawn = dict.fromkeys(drawn_plan(first, seed=1, run=0)[1])
    turned = with_uncertainties(*reversed(first.uncertainties), plan=small_fair(200))
    assert set(drawn_plan(turned, seed=1, run=0)[1]) == set(drawn)
    values = {each.value for each in drawn}
    assert len(values) == len(drawn)
    for seed, run in ((1, 1), (2, 0)):
        assert not values & {each.value for each in drawn_plan(first, seed=seed, run=run)[1]}


def test_what_is_drawn_beyond_a_range_stops_at_its_end():
    groups = row(figure="groups.*.meal_share", law="uniform", low=9.0, high=9.0)
    plan, _ = drawn_plan(with_uncertainties(groups), seed=1, run=0)
    assert {each.meal_share for each in plan.groups} <= {0.0, 1.0}
    assert problems_of(plan) == ()


def test_missing_staff_closes_lanes_in_the_schedule_too():
    plan = small_fair()
    gate = next(each for each in plan.stations if each.service == "security")
    lanes = tuple(dataclasses.replace(each, lanes=20) if each is gate else each for each in plan.stations)
    hour = LaneTime(code="h", station=gate.code, starts_at=8 * 3600.0, ends_at=9 * 3600.0, lanes=10)
    plan = with_uncertainties(NO_SHOW, plan=plan.replace(stations=lanes, lanes=(hour,)))
    drawn, (what,) = drawn_plan(plan, seed=1, run=0)
    assert what == Drawn("u", "", pytest.approx(0.3))
    opened = next(each.lanes for each in drawn.stations if each.code == gate.code)
    assert 8 <= opened < 20
    assert 1 <= drawn.lanes[0].lanes <= min(10, opened)
    others = [(before, after) for before, after in zip(plan.stations, drawn.stations, strict=True)
              if before.service != "security"]  # fmt: skip
    assert all(before is after or before == after for before, after in others)


def test_on_average_the_share_of_the_staff_is_missing():
    plan = with_uncertainties(NO_SHOW, plan=_with_lanes(50))
    opened = [_opened(drawn_plan(plan, seed=1, run=run)[0]) for run in range(200)]
    assert abs(np.mean(opened) - 35) < 4 * math.sqrt(50 * 0.3 * 0.7 / 200)


def test_a_lane_needs_all_of_its_staff():
    alone, together = (
        with_uncertainties(dataclasses.replace(NO_SHOW, staff_per_lane=count), plan=_with_lanes(10)) for count in (1, 5)
    )
    assert _opened(drawn_plan(together, seed=1, run=0)[0]) <= 7 + 2
    most = [_opened(drawn_plan(alone, seed=1, run=run)[0]) for run in range(30)]
    assert max(most) <= 10


def test_the_reserve_fills_gaps_and_no_more():
    short = with_uncertainties(NO_SHOW, plan=_with_lanes(20))
    filled = with_uncertainties(dataclasses.replace(NO_SHOW, reserve=3), plan=_with_lanes(20))
    for run in range(5):
        before, after = (_opened(drawn_plan(plan, seed=1, run=run)[0]) for plan in (short, filled))
        assert after == min(20, before + 3)
    everybody = with_uncertainties(dataclasses.replace(NO_SHOW, reserve=10_000), plan=_with_lanes(20))
    assert _opened(drawn_plan(everybody, seed=1, run=0)[0]) == 20


def test_one_lane_stays_open_when_nobody_comes():
    nobody = dataclasses.replace(NO_SHOW, low=1.0, high=1.0)
    drawn, _ = drawn_plan(with_uncertainties(nobody, plan=_with_lanes(4)), seed=1, run=0)
    assert _opened(drawn) == 1
    assert problems_of(drawn) == ()


def _with_lanes(lanes: int):
    plan = small_fair()
    stations = tuple(
        dataclasses.replace(each, lanes=lanes) if each.service == "security" else each for each in plan.stations
    )
    return plan.replace(stations=stations)


def _opened(plan) -> int:
    return next(each.lanes for each in plan.stations if each.service == "security")
