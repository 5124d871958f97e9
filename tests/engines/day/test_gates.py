"""A gate of several stations: who goes to which."""

import math

import numpy as np

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.results import HOME
from hostcity.plan.rows import Station
from tests.engines.day.corridors import HOUR_S, corridor, link, node

PERSONS = 4000


def of_one_gate(*stations, length_m=1.0):
    """One gate of two rooms, ``length_m`` apart, both beside the hall."""
    plan = corridor(PERSONS, last_s=12 * HOUR_S, step_s=5.0)
    return plan.replace(
        nodes=(*plan.nodes, node("check2", "gate")),
        links=(
            *plan.links, link("approach2", "home", "check2", 60, 50), link("entry2", "check2", "hall", 100, 100),
            link("between", "check", "check2", length_m, 50),
        ),
        stations=stations,
    )  # fmt: skip


def station(code, at, service, lanes):
    return Station(
        code=code, node=at, service=service, gate="G", lanes=lanes, service_mean_s=0.05, distribution="deterministic"
    )


def near(share, expected):
    return abs(share - expected) < 4 * math.sqrt(expected * (1 - expected) / PERSONS)


def test_two_security_stations_of_a_gate_share_its_people_by_their_lanes():
    day = rehearse_day(
        of_one_gate(station("small", "check", "security", 10), station("large", "check2", "security", 30))
    )
    assert (day.visitor_end == HOME).all()
    assert near((day.service_station == 1).mean(), 0.75)
    assert sorted(day.service_person.tolist()) == list(range(PERSONS))  # everybody passes one of them, once
    assert np.isfinite(day.visitor_entry_s).all()


def test_of_two_badge_checks_people_take_the_nearer_and_larger():
    """Weights fall by e for 20 s more of walking: 26.8 m at 1.34 m/s."""
    day = rehearse_day(
        of_one_gate(
            station("security", "check", "security", 50), station("near", "check", "badge", 10),
            station("far", "check2", "badge", 20), length_m=26.8,
        )
    )  # fmt: skip
    assert (day.visitor_end == HOME).all()
    assert day.station_served.sum(axis=1)[0] == PERSONS
    far = day.station_served[2].sum() / PERSONS
    assert near(far, 20 * math.exp(-1) / (10 + 20 * math.exp(-1)))
    assert day.station_served[1:].sum() == PERSONS
    ends_s = {}
    for at in (1, 2):
        rows = day.service_station == at
        ends_s |= dict(
            zip(
                day.service_person[rows].tolist(), (day.service_joined_s + day.service_wait_s)[rows] + 0.05, strict=True
            )
        )
    entry_s = np.array([ends_s[person] for person in range(PERSONS)]) - day.visitor_entry_joined_s
    np.testing.assert_allclose(day.visitor_entry_s, entry_s, rtol=0, atol=1e-9)  # entry ends at either of them
