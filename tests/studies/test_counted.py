"""What is counted on a played day, beside the same counted person by person."""

import numpy as np
import pytest

from hostcity.studies.counted import ENTRIES, INSIDE, WAIT, Asked, counted
from tests.rehearsals import small_rehearsal

HOUR_S = 3600.0
WINDOWS = [
    (8 * HOUR_S, 8.25 * HOUR_S),
    (9 * HOUR_S, 10 * HOUR_S),
    (7 * HOUR_S, 20 * HOUR_S),
    (19 * HOUR_S, 19.5 * HOUR_S),
]


def value(what, sheet, code, starts_s, ends_s):
    played = small_rehearsal()
    return counted(played.plan, played.day, [Asked(what, sheet, code, starts_s, ends_s)])[0]


@pytest.mark.parametrize(("since", "until"), WINDOWS)
def test_entries_person_by_person(since, until):
    day = small_rehearsal().day
    gate = sum(
        since <= joined + took < until
        for joined, took in zip(day.visitor_entry_joined_s, day.visitor_entry_s, strict=True)
    )
    assert value(ENTRIES, "gates", "W", since, until).tolist() == [gate, 0.0]
    assert value(ENTRIES, "", "", since, until).tolist() == [gate, 0.0]
    food = day.station_codes.index("food")
    begun = zip(day.service_station, day.service_joined_s, day.service_wait_s, strict=True)
    assert value(ENTRIES, "stations", "food", since, until)[0] == sum(
        station == food and since <= joined + wait < until for station, joined, wait in begun
    )


@pytest.mark.parametrize(("since", "until"), WINDOWS)
def test_waits_person_by_person(since, until):
    day = small_rehearsal().day
    security = day.station_codes.index("W-security")
    waits = [
        wait
        for station, joined, wait in zip(day.service_station, day.service_joined_s, day.service_wait_s, strict=True)
        if station == security and since <= joined < until
    ]
    expected = [np.mean(waits), np.std(waits)] if waits else [0.0, 0.0]
    assert value(WAIT, "stations", "W-security", since, until) == pytest.approx(expected, abs=1e-6)


def test_who_walks_into_an_area():
    played = small_rehearsal()
    area_of = {node.code: node.area for node in played.plan.nodes}
    whole = sum(
        flow[0].sum() * (area_of[link.end] == "H1") + flow[1].sum() * (area_of[link.start] == "H1")
        for link, flow in zip(played.plan.links, played.day.link_flow, strict=True)
        if area_of[link.start] != area_of[link.end]
    )
    assert value(ENTRIES, "areas", "H1", 7 * HOUR_S, 20 * HOUR_S)[0] == whole > 0
    parts = [value(ENTRIES, "areas", "H1", at * HOUR_S, (at + 0.5) * HOUR_S)[0] for at in np.arange(7, 20, 0.5)]
    assert sum(parts) == whole


def test_persons_inside():
    played = small_rehearsal()
    day = played.day
    hall = day.area_persons[day.area_codes.index("H1")]
    assert value(INSIDE, "areas", "H1", 11 * HOUR_S, 11 * HOUR_S)[0] == hall[4 * 60 - 1]
    assert value(INSIDE, "areas", "H1", 11 * HOUR_S, 11.5 * HOUR_S)[0] == pytest.approx(
        hall[4 * 60 - 1 : 4 * 60 + 30].mean()
    )
    inside = sum(day.area_persons[at] for at, row in enumerate(played.plan.areas) if row.inside)
    assert value(INSIDE, "", "", 11 * HOUR_S, 11 * HOUR_S)[0] == inside[4 * 60 - 1]
    assert value(INSIDE, "", "", 7 * HOUR_S, 7 * HOUR_S)[0] == inside[0]
