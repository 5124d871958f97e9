"""The gates by themselves tell of the same people as the day does, where the way to them is not crowded."""

import dataclasses

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.entrance import approach, pass_gates
from hostcity.plan.rows import LaneTime, LinkKind
from tests.engines.day.corridors import HOUR_S, corridor, link
from tests.engines.day.test_closing import with_day
from tests.fairs import small_fair


@pytest.mark.parametrize("law", ["exponential", "lognormal", "gamma", "deterministic"])
def test_entry_times_of_a_corridor_are_those_of_the_day(law):
    security = {"lanes": 4, "service_mean_s": 15.0, "distribution": law}
    plan = corridor(1000, last_s=12 * HOUR_S, security=security, group={"speed_sd_m_per_s": 0.26, "dwell_sigma": 0.0})
    day, gates = rehearse_day(plan, seed=4), pass_gates(plan, approach(plan, seed=4))
    np.testing.assert_array_equal(gates.group, day.visitor_group)
    np.testing.assert_array_equal(gates.gate, day.visitor_gate)
    # What the day has besides: 20 persons a second leave a floor, and a little crowding.
    np.testing.assert_allclose(gates.joined_s, day.visitor_entry_joined_s, rtol=0, atol=0.5)
    assert np.abs(gates.joined_s - day.visitor_entry_joined_s).mean() < 0.05
    assert np.nanmax(day.visitor_entry_s) > 120.0
    assert abs(np.mean(gates.entry_s) - np.mean(day.visitor_entry_s)) < 0.5
    np.testing.assert_allclose(np.sort(gates.entry_s), np.sort(day.visitor_entry_s), rtol=0, atol=10.0)


def test_entry_times_of_a_fair_with_lanes_by_the_hour_and_a_slow_badge_check():
    plan = small_fair(500)
    hours = tuple(
        LaneTime(
            code=f"{hour}", station="W-security", starts_at=hour * HOUR_S, ends_at=(hour + 1) * HOUR_S, lanes=lanes
        )
        for hour, lanes in ((8, 1), (9, 2), (10, 4))
    )
    plan = plan.replace(lanes=hours)
    day, gates = rehearse_day(plan), pass_gates(plan, approach(plan))
    in_both = ~np.isnan(day.visitor_entry_s)
    np.testing.assert_array_equal(in_both, ~np.isnan(gates.entry_s))
    for share in (0.1, 0.5, 0.9, 0.99):
        of_day = np.quantile(day.visitor_entry_s[in_both], share)
        assert abs(np.quantile(gates.entry_s[in_both], share) - of_day) < 0.03 * of_day + 1.0, share


def test_who_comes_after_the_last_entry_is_turned_away_in_both():
    plan = with_day(corridor(300, over_s=2 * HOUR_S, last_s=12 * HOUR_S), last_entry_at=HOUR_S)
    day, gates = rehearse_day(plan), pass_gates(plan, approach(plan))
    assert 100 < np.isnan(gates.entry_s).sum() < 200
    differs = np.isnan(gates.entry_s) != np.isnan(day.visitor_entry_s)
    assert np.abs(gates.joined_s[differs] - HOUR_S).max(initial=0.0) < 1.0


def test_queues_that_closing_time_ends_are_served_no_more_in_both():
    plan = corridor(400, last_s=4 * HOUR_S, closes_s=1.5 * HOUR_S, security={"lanes": 1, "service_mean_s": 20.0})
    day, gates = rehearse_day(plan), pass_gates(plan, approach(plan))
    of_day, alone = int((~np.isnan(day.visitor_entry_s)).sum()), int((~np.isnan(gates.entry_s)).sum())
    assert 200 < of_day < 300
    assert abs(of_day - alone) <= 1


def test_who_takes_no_stairs_walks_to_the_gate_by_the_ramp_in_both():
    links = (
        link("approach", "home", "check", 60, 50, kind="stairs"), link("entry", "check", "hall", 100, 100),
        link("ramp", "home", "check", 400, 50),
    )  # fmt: skip
    plan = corridor(400, links=links, last_s=12 * HOUR_S, group={"dwell_sigma": 0.0})
    (group,), (mix,) = plan.groups, plan.mixes
    plan = plan.replace(
        link_kinds=(*plan.link_kinds, LinkKind(code="stairs", step_free=False)),
        groups=(group, dataclasses.replace(group, code="wheels", step_free=True)),
        mixes=(mix, dataclasses.replace(mix, code="wheels", group="wheels")),
    )
    day, gates = rehearse_day(plan), pass_gates(plan, approach(plan))
    np.testing.assert_allclose(gates.joined_s, day.visitor_entry_joined_s, rtol=0, atol=1.0)
    walk_s = gates.joined_s - day.visitor_arrive_s
    np.testing.assert_allclose(walk_s[gates.group == 0], 60 / 1.34, rtol=0, atol=1e-3)
    np.testing.assert_allclose(walk_s[gates.group == 1], 400 / 1.34, rtol=0, atol=1e-3)
