"""What is known on paper: speed, capacity, occupancy of a corridor, waits of M/M/c."""

import math

import numpy as np
import pytest

from hostcity.engines.day._kernels import clocks
from tests.engines.day.corridors import HOUR_S, corridor, link, play_with

FLOW = 1.22


@pytest.mark.parametrize("step_s", [1.0, 2.0, 5.0])
def test_forty_meters_at_a_known_speed(step_s):
    """RiMEA test 1: 40 m at 1.33 m/s take 30.075 s."""
    plan = corridor(
        20, links=(link("approach", "home", "check", 40, 2), link("entry", "check", "hall", 100, 100)),
        group={"speed_mean_m_per_s": 1.33}, step_s=step_s,
    )  # fmt: skip
    _, result = play_with(plan, np.arange(20) * 61.3)
    np.testing.assert_allclose(result.visitor_entry_joined_s - result.visitor_arrive_s, 40 / 1.33, rtol=0, atol=0.1)


@pytest.mark.parametrize("step_s", [1.0, 2.0, 5.0])
@pytest.mark.parametrize("width_m", [0.8, 1.0, 1.8, 2.5])
def test_a_bottleneck_lets_through_its_capacity(width_m, step_s):
    plan = corridor(
        2000, links=(link("approach", "home", "check", 40, 60, door_m=width_m), link("entry", "check", "hall", 100, 100)),
        step_s=step_s, flow_per_m_per_s=FLOW,
    )  # fmt: skip
    _, result = play_with(plan, np.linspace(0.0, 60.0, 2000))
    passed_s = np.sort(result.visitor_entry_joined_s)
    flow_per_s = 1200 / (passed_s[1600] - passed_s[400])
    assert abs(flow_per_s / (FLOW * width_m) - 1.0) <= 0.01


@pytest.mark.parametrize("step_s", [1.0, 2.0, 5.0])
def test_three_links_behind_a_narrow_exit_are_as_fast_as_the_exit(step_s):
    """Blocked links hand the capacity of the last one back, neither more nor less."""
    plan = corridor(800, step_s=step_s, flow_per_m_per_s=FLOW)
    plan = plan.replace(
        nodes=(*plan.nodes, *(plan.nodes[0].__class__(code=code, level="0", area="gate", x_m=0, y_m=0) for code in "ab")),
        links=(
            link("wide", "home", "a", 10, 60, door_m=2), link("middle", "a", "b", 6, 2),
            link("narrow", "b", "check", 8, 1, door_m=0.6), link("entry", "check", "hall", 100, 100),
        ),
    )  # fmt: skip
    _, result = play_with(plan, np.linspace(0.0, 60.0, 800))
    passed_s = np.sort(result.visitor_entry_joined_s)
    assert abs(500 / (passed_s[650] - passed_s[150]) / (FLOW * 0.6) - 1.0) <= 0.01


@pytest.mark.parametrize("step_s", [2.0, 5.0])
def test_a_door_shared_by_both_directions_lets_through_its_capacity_in_both_together(step_s):
    plan = corridor(
        3000, links=(link("approach", "home", "check", 40, 100), link("entry", "check", "hall", 20, 100, door_m=2.0)),
        over_s=1800.0, group={"dwell_median_s": 400.0, "dwell_sigma": 0.3}, step_s=step_s, flow_per_m_per_s=FLOW,
    )  # fmt: skip
    _, result = play_with(plan)
    at = result.link_codes.index("entry")
    both = result.link_flow[at].sum(axis=0)
    capacity = FLOW * 2.0 * 300.0
    assert result.rotations == 0
    assert both.max() <= capacity + 1
    busy = both >= 0.99 * capacity
    assert busy.sum() >= 3
    assert result.link_flow[at][:, busy].min(axis=0).max() > 0.2 * capacity  # with traffic both ways


def weidmann_m_per_s(per_m2: float) -> float:
    """Weidmann (1993), "Transporttechnik der Fussgänger", free speed 1.34 m/s; no slower than a twentieth of it."""
    return max(1.34 * (1.0 - math.exp(-1.913 * (1.0 / per_m2 - 1.0 / 5.4))), 0.05 * 1.34)


def documented_m_per_s(per_m2: float) -> float:
    """Weidmann's speed, and above 1.75 persons/m2 the flow held at its greatest value."""
    walk = weidmann_m_per_s(per_m2)
    return walk if per_m2 < 1.75 else max(walk, FLOW / per_m2)


def test_speeds_are_those_of_weidmann():
    """As printed: 1.30 at 0.5, 1.06 at 1, 0.61 at 2 persons/m2, and a greatest flow of 1.22 persons/(m s) at 1.75."""
    printed = {0.5: 1.30, 1.0: 1.06, 1.5: 0.81, 2.0: 0.61, 4.0: 0.16}
    for per_m2, m_per_s in printed.items():
        assert round(weidmann_m_per_s(per_m2), 2) == m_per_s
    flows = [at / 100 * weidmann_m_per_s(at / 100) for at in range(1, 540)]
    assert (round(max(flows), 2), flows.index(max(flows)) + 1) == (1.22, 175)
    speed = clocks.speed_table(FLOW) * 1.34
    for at in range(1, int(5.4 * clocks.SPEED_STEPS_PER_M2)):
        assert speed[at] == pytest.approx(documented_m_per_s(at / clocks.SPEED_STEPS_PER_M2), abs=1e-12)
    assert speed[0] == 1.34


def occupancy_of_mgcc(arrivals_per_s: float, length_m: float, width_m: float) -> float:
    """Mean number of persons on a corridor: Cheah & Smith (1994), doi 10.1007/BF01189246, state-dependent M/G/C/C."""
    area_m2 = length_m * width_m
    log_p = [0.0]
    for persons in range(1, int(4.0 * area_m2) + 1):
        m_per_s = documented_m_per_s(persons / area_m2)
        log_p.append(log_p[-1] + math.log(arrivals_per_s * length_m) - math.log(persons * m_per_s))
    share = np.exp(np.array(log_p) - max(log_p))
    return float((share * np.arange(share.size)).sum() / share.sum())


@pytest.mark.parametrize("arrivals_per_s", [1.0, 2.0])  # 0.33 and 0.66 of capacity
def test_the_occupancy_of_a_corridor_is_that_of_the_theory(arrivals_per_s):
    persons = 120_000
    over_s = persons / arrivals_per_s
    plan = corridor(
        persons, links=(link("approach", "home", "check", 20, 2.5, door_m=500), link("entry", "check", "hall", 100, 500)),
        over_s=over_s, last_s=over_s + 20 * HOUR_S, group={"dwell_median_s": 65_000.0, "dwell_sigma": 0.0},
        flow_per_m_per_s=FLOW, link_cap_per_m2=4.0,
    )  # fmt: skip
    gaps_s = np.random.default_rng(5).exponential(1.0, persons)
    arrive_s = np.cumsum(gaps_s) / gaps_s.sum() * over_s
    _, result = play_with(plan, arrive_s)
    assert np.nanmin(result.visitor_left_s) > 64_000.0  # until then nobody walks against them
    early = arrive_s < 64_000.0
    walk_s = (result.visitor_entry_joined_s - result.visitor_arrive_s)[early]
    mean = walk_s.sum() / min(over_s, 64_000.0)  # Little's law
    assert abs(mean / occupancy_of_mgcc(arrivals_per_s, 20.0, 2.5) - 1.0) <= 0.005


@pytest.mark.parametrize(("lanes", "load"), [(1, 0.8), (4, 0.9), (20, 0.9)])
def test_mean_waits_are_those_of_erlang(lanes, load):
    mean_s, persons = 8.0, 60_000
    per_s = load * lanes / mean_s
    over_s = persons / per_s
    plan = corridor(
        persons, over_s=over_s, last_s=min(over_s + 2 * HOUR_S, 2 * 86400.0), flow_per_m_per_s=3.0,
        security={"lanes": lanes, "service_mean_s": mean_s, "distribution": "exponential"},
    )  # fmt: skip
    arrive_s = np.cumsum(np.random.default_rng(7).exponential(1.0 / per_s, persons))
    _, result = play_with(plan, np.minimum(arrive_s, plan.day.clock_ends_at - 1.0))
    at = result.station_codes.index("security")
    rows = np.flatnonzero(result.service_station == at)
    waits_s = result.service_wait_s[rows][np.argsort(result.service_joined_s[rows], kind="stable")][2000:]
    batches = waits_s[: waits_s.size // 20 * 20].reshape(20, -1).mean(axis=1)
    error_s = batches.std(ddof=1) / math.sqrt(20)
    assert abs(batches.mean() - erlang_c_wait_s(lanes, per_s, mean_s)) < 4 * error_s


def erlang_c_wait_s(lanes: int, per_s: float, mean_s: float) -> float:
    """Mean wait of M/M/c by the Erlang B recursion."""
    offered = per_s * mean_s
    blocked = 1.0
    for lane in range(1, lanes + 1):
        blocked = offered * blocked / (lane + offered * blocked)
    waits = blocked / (1.0 - offered / lanes * (1.0 - blocked))
    return waits / (lanes / mean_s - per_s)
