"""How much longer a way takes in a crowd: what the day's law of speed says of its densities."""

import numpy as np
import pytest

from hostcity.engines.day._kernels.clocks import speed_table
from hostcity.engines.wayfinding import PROFILES, Crowding, crowded_s, crowding_of, find_way
from hostcity.engines.wayfinding.crowding import speed_share
from hostcity.engines.wayfinding.making import make_book
from tests.engines.wayfinding.venues import two_levels, two_rooms, typed_link


def test_the_law_of_speed_is_that_of_the_day():
    table = speed_table(1.22)
    np.testing.assert_allclose(speed_share(np.arange(table.size) / 128.0, 1.22), table, rtol=1e-12)


def test_the_factor_of_an_hour_is_time_spent_over_time_needed():
    plan = two_rooms(links=(typed_link("aisle", "a", "b"),))
    density = np.zeros((120, 1))
    density[:30, 0], density[30:60, 0], density[60:, 0] = 0.5, 2.0, 0.0
    table = crowding_of(plan, ["aisle"], density, 10 * 3600.0)
    share = speed_share([0.5, 2.0], 1.22)
    asked = (0.5 + 2.0) / (0.5 * share[0] + 2.0 * share[1])
    assert table.hours == (10, 11)
    assert table.factor("A", 10) == table.factor("B", 10) == pytest.approx(asked, abs=1e-3)
    assert (table.factor("A", 11), table.factor("A", 9), table.factor("nowhere", 10)) == (1.0, 1.0, 1.0)
    assert Crowding.from_json(table.as_json()) == table


def test_a_way_takes_longer_in_the_crowd_of_its_areas():
    plan = two_rooms(stands=())
    way = find_way(make_book(plan, PROFILES["walking"]), "a", "b")
    crowd = Crowding(hours=(10,), areas={"A": (2.0,), "B": (1.5,)}, connectors={})
    assert crowded_s(way, crowd, plan.areas, 10) == pytest.approx((10 * 2.0 + 10 * 1.5) / 1.34)
    assert crowded_s(way, crowd, plan.areas, 11) == pytest.approx(way.free_s)


def test_a_ride_takes_longer_in_the_crowd_of_its_connector():
    plan = two_levels("lift")
    way = find_way(make_book(plan, PROFILES["step-free"]), "a", "b")
    crowd = Crowding(hours=(10,), areas={}, connectors={"lift": (3.0,)})
    assert crowded_s(way, crowd, plan.areas, 10) == pytest.approx(way.free_s + 2 * 45.0)
