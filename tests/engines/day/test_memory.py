"""What a visitor costs in memory."""

from __future__ import annotations

from hostcity.engines.day.memory import bytes_per_visitor
from hostcity.engines.day.rehearse import Day, _play_all, prepare
from tests.fairs import small_fair


def _played(persons: int) -> Day:
    day = prepare(small_fair(persons), seed=1)
    assert _play_all(day, None)
    return day


def test_a_plan_costs_little_more_than_its_stops() -> None:
    day = _played(3000)
    cost = bytes_per_visitor(day)
    stops = 8 * day.people.stop.size / day.people.arrive_s.size
    assert stops < cost["plan"] < stops + 50
    assert cost["outcome"] == 49


def test_state_does_not_grow_faster_than_the_number_of_visitors() -> None:
    few, many = (bytes_per_visitor(_played(persons))["state"] for persons in (3000, 12000))
    assert 0 < many < few
