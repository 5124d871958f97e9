"""Waits of a played day, customer by customer, beside the recursion of Kiefer and Wolfowitz on the same draws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.engines.day._kernels.draws import service_time
from hostcity.plan.rows import Event, LaneTime, Station
from tests.engines.day.corridors import HOUR_S, corridor, node, play_with
from tests.naive import queues as naive

LAWS = ("exponential", "lognormal", "gamma", "deterministic")
TOLERANCE_S = 1e-6


def served(day, result, station):
    """Order of joining, service times (drawn again from the same keys) and waits of a station's customers."""
    at = result.station_codes.index(station)
    rows = np.flatnonzero(result.service_station == at)
    rows = rows[np.argsort(result.service_joined_s[rows], kind="stable")]
    serve_s = []
    for person in result.service_person[rows]:
        first, last = day.people.first_stop[person], day.people.first_stop[person + 1]
        counter = int(np.flatnonzero(day.people.stop["station"][first:last] == at)[0])
        serve_s.append(
            service_time(
                day.rules.seed, day.people.key[person], counter,
                day.service.law[at], day.service.mean_s[at], day.service.spread[at],
            )
        )  # fmt: skip
    return result.service_joined_s[rows].tolist(), serve_s, result.service_wait_s[rows].tolist()


@pytest.mark.parametrize("step_s", [1.0, 2.0, 5.0])
@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize(("lanes", "load"), [(1, 0.8), (4, 0.9), (20, 0.95), (32, 1.05)])
def test_waits_at_security_are_those_of_the_recursion(lanes, load, law, step_s):
    persons = 150 * lanes + 1000
    mean_s = load * lanes * HOUR_S / persons
    security = {"lanes": lanes, "service_mean_s": mean_s, "distribution": law}
    day, result = play_with(corridor(persons, security=security, step_s=step_s, flow_per_m_per_s=3.0))
    joined_s, serve_s, waits_s = served(day, result, "security")
    assert len(waits_s) == persons
    assert max(waits_s) > 2 * mean_s / lanes  # it was a queue
    np.testing.assert_allclose(waits_s, naive.fifo_waits(joined_s, serve_s, lanes), rtol=0, atol=TOLERANCE_S)


@pytest.mark.parametrize("step_s", [1.0, 2.0, 5.0])
def test_waits_at_a_station_inside_are_those_of_the_recursion(step_s):
    plan = corridor(2000, group={"dwell_median_s": 600.0, "toilet_visits_mean": 1.0}, step_s=step_s)
    plan = plan.replace(
        nodes=(*plan.nodes, node("wc", "H")),
        links=(*plan.links, plan.links[0].__class__(code="aisle", start="hall", end="wc", length_m=30.0, width_m=50.0)),
        stations=(*plan.stations, Station(code="wc", node="wc", service="toilets", lanes=16, service_mean_s=30.0)),
    )
    day, result = play_with(plan)
    joined_s, serve_s, waits_s = served(day, result, "wc")
    assert len(waits_s) > 900
    assert max(waits_s) > 60.0
    np.testing.assert_allclose(waits_s, naive.fifo_waits(joined_s, serve_s, 16), rtol=0, atol=TOLERANCE_S)


@given(
    joined=st.lists(st.integers(0, 3000), min_size=1, max_size=60),
    lanes=st.sampled_from([1, 2, 4]),
    step_s=st.sampled_from([1.0, 2.0, 5.0]),
    mean_s=st.sampled_from([0.5, 7.0, 60.0]),
)
@settings(max_examples=60, deadline=None)
def test_any_arrivals_wait_as_the_recursion_says(joined, lanes, step_s, mean_s):
    arrive_s = np.array(joined, float) + np.linspace(0.1, 0.9, len(joined))
    security = {"lanes": lanes, "service_mean_s": mean_s, "distribution": "exponential"}
    plan = corridor(len(joined), security=security, step_s=step_s, last_s=4 * HOUR_S)
    day, result = play_with(plan, arrive_s)
    joined_s, serve_s, waits_s = served(day, result, "security")
    assert len(waits_s) == len(joined)
    np.testing.assert_allclose(waits_s, naive.fifo_waits(joined_s, serve_s, lanes), rtol=0, atol=TOLERANCE_S)


@pytest.mark.parametrize("step_s", [1.0, 2.0, 5.0])
@pytest.mark.parametrize("opens_at", [600.0, 1200.0])
def test_lanes_that_open_and_close(step_s, opens_at):
    """Times of the schedule are whole steps: then the day is exact there too."""
    schedule = ((0.0, 2), (opens_at, 8), (2000.0, 0), (2400.0, 5), (3000.0, 3))
    plan = corridor(1500, security={"lanes": 2, "service_mean_s": 12.0, "distribution": "gamma"}, step_s=step_s)
    ends = [since for since, _ in schedule[1:]] + [24 * HOUR_S]
    windows = tuple(
        LaneTime(code=f"{since:.0f}", station="security", starts_at=since, ends_at=end, lanes=lanes)
        for (since, lanes), end in zip(schedule, ends, strict=True)
    )
    day, result = play_with(plan.replace(lanes=windows))
    joined_s, serve_s, waits_s = served(day, result, "security")
    begins_s = naive.fifo_begins_with_lane_times(joined_s, serve_s, schedule)
    assert len(waits_s) == 1500
    np.testing.assert_allclose(np.add(joined_s, waits_s), begins_s, rtol=0, atol=TOLERANCE_S)


@pytest.mark.parametrize("step_s", [2.0, 5.0])
def test_a_slower_service_is_slower_for_services_that_begin_in_its_time(step_s):
    plan = corridor(900, security={"lanes": 3, "service_mean_s": 10.0, "distribution": "deterministic"}, step_s=step_s)
    slow = Event(code="slow", action="service", target="security", starts_at=1000.0, ends_at=2000.0, value=2.5)
    day, result = play_with(plan.replace(timeline=(slow,)))
    joined_s, _, waits_s = served(day, result, "security")
    begins_s = naive.fifo_begins_with_slow_time(joined_s, 10.0, 3, (1000.0, 2000.0), 2.5)
    assert max(waits_s) > 200.0
    np.testing.assert_allclose(np.add(joined_s, waits_s), begins_s, rtol=0, atol=TOLERANCE_S)
