"""The SimPy twin plays the same day as the engine."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.simpy_twin import play_with_simpy

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.rehearse import prepare
from hostcity.engines.day.results import HOME
from hostcity.plan.overrides import apply_overrides
from tests.fairs import small_fair

PERSONS = 300


@pytest.mark.parametrize("resources", [False, True], ids=["counters", "resources"])
def test_twin_sends_everybody_home_after_the_same_services(resources: bool) -> None:
    # One slow lane each, so that there are queues.
    changes = [
        "model.day.route_update_s=0",
        "stations.W-*.lanes=1",
        "stations.W-*.service_mean_s=42",
    ]
    plan = apply_overrides(small_fair(PERSONS), changes)
    ours = rehearse_day(plan, seed=1)
    twin = play_with_simpy(prepare(plan, seed=1), resources=resources)
    assert (twin.end == HOME).sum() == PERSONS
    assert twin.end.tolist() == ours.visitor_end.tolist()
    stations = len(plan.stations)
    assert (
        np.bincount(twin.service_station, minlength=stations).tolist()
        == np.bincount(ours.service_station, minlength=stations).tolist()
    )
    # Same draws and rules: the queues are the same up to the pace at which people walk to them, and a step.
    for station in ("W-security", "W-badge"):
        at = ours.station_codes.index(station)
        mean_s = [each.service_wait_s[each.service_station == at].mean() for each in (ours, twin)]
        assert mean_s[0] > 60.0
        assert mean_s[0] == pytest.approx(mean_s[1], abs=plan.rules.step_s)
