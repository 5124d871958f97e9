"""A gate is no better for having less room to queue at it: who is held on the way there has waited as long."""

import dataclasses

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.results import TURNED_AWAY
from hostcity.plan import apply_overrides
from hostcity.studies.promise import entry_times, verdict_of
from tests.engines.day.corridors import HOUR_S, corridor, link
from tests.fairs import small_fair

SLOW = ("stations.W-security.lanes=3", "stations.W-security.service_mean_s=12")


@pytest.fixture(scope="module")
def busy():
    """The small fair whose queue at security is long, with room for it."""
    return apply_overrides(small_fair(3000), [*SLOW, "nodes.security.floor_m2=100000"])


def test_a_small_floor_makes_no_entry_time_shorter(busy):
    roomy = rehearse_day(busy, seed=1)
    tight = rehearse_day(apply_overrides(busy, ["nodes.security.floor_m2=20"]), seed=1)
    assert not verdict_of(busy, roomy).kept
    assert not verdict_of(busy, tight).kept
    assert roomy.visitor_held_s.max() == 0.0
    assert np.nanpercentile(tight.visitor_entry_s, 99) < 0.3 * np.nanpercentile(roomy.visitor_entry_s, 99)
    (_, roomy_s), (_, tight_s) = entry_times(roomy), entry_times(tight)
    assert np.nanmean(tight_s) == pytest.approx(np.nanmean(roomy_s), rel=0.02)
    assert np.nanpercentile(tight_s, 99) > np.nanpercentile(roomy_s, 99)  # it is no longer first come, first served


def test_held_is_what_the_way_took_longer():
    """One link, full to its cap: held is the time before its opening beyond the walk there."""
    plan = corridor(400, links=(link("approach", "home", "check", 60, 0.6), link("d", "check", "hall", 100, 100)),
                    over_s=10.0, last_s=12 * HOUR_S, group={"dwell_median_s": 60.0}, metering_share=1.0)  # fmt: skip
    day = rehearse_day(plan, seed=1)
    way_s = day.visitor_entry_joined_s - day.visitor_arrive_s
    assert (day.visitor_held_s <= way_s).all()
    assert day.visitor_held_s[0] == 0.0
    assert day.visitor_held_s.max() > 100.0


def test_nobody_is_held_after_the_first_check():
    """The way inside is narrow, not the way to the check."""
    plan = corridor(400, links=(link("approach", "home", "check", 60, 100), link("d", "check", "hall", 100, 0.6)),
                    over_s=10.0, last_s=12 * HOUR_S, group={"dwell_median_s": 60.0})  # fmt: skip
    assert rehearse_day(plan, seed=1).visitor_held_s.max() == 0.0


def test_who_came_in_time_but_was_held_beyond_last_entry_has_waited_for_ever(busy):
    plan = apply_overrides(busy, ["nodes.security.floor_m2=20"])
    soon = plan.replace(edition=(dataclasses.replace(plan.day, last_entry_at=10 * HOUR_S),))
    day = rehearse_day(soon, seed=1)
    held = (day.visitor_end == TURNED_AWAY) & np.isfinite(day.visitor_entry_joined_s) & (day.visitor_held_s > 0.0)
    assert held.sum() > 0
    joined_s, took_s = entry_times(day)
    assert np.isnan(took_s[held]).all()
    late = held & (day.visitor_entry_joined_s > soon.day.last_entry_at)
    assert late.sum() > 0
    assert (joined_s[late] <= soon.day.last_entry_at).all()
