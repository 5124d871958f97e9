"""Who passes is who passed on the day; keeping everybody's moves changes nothing of it."""

import dataclasses
from collections import Counter

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.studies.microscope import asked_of
from hostcity.studies.microscope.passages import NOWHERE, passages_at
from tests.studies.microscope.days import tiny


def test_keeping_every_move_changes_nothing_of_the_day():
    plan, day, _ = tiny()
    usual = rehearse_day(plan, seed=1)
    for each in dataclasses.fields(usual):
        if each.name in ("plan_sha256", "cpu_s") or each.name.startswith("replay_"):
            continue
        np.testing.assert_array_equal(getattr(usual, each.name), getattr(day, each.name), each.name)


def at_security(minutes=15):
    plan, day, _ = tiny()
    asked = asked_of(plan, "security", "09:30", minutes)
    station = day.station_codes.index("W-security")
    return plan, day, asked, station, passages_at(plan, day, asked, (station,))


def test_everybody_whom_the_check_serves_passes_once_with_their_times():
    _, day, asked, station, passages = at_security()
    served = {each.person: each for each in passages if each.station == station}
    rows = np.flatnonzero(day.service_station == station)
    begun_s = day.service_joined_s[rows] + day.service_wait_s[rows]
    during = rows[(begun_s >= asked.starts_s) & (begun_s < asked.ends_s)]
    assert during.size > 100
    for row in during:
        passage = served[int(day.service_person[row])]
        assert passage.joined_s == pytest.approx(day.service_joined_s[row], abs=0.01)
        assert passage.begun_s - passage.joined_s == pytest.approx(day.service_wait_s[row], abs=0.01)
        assert passage.on_s < passage.there_s <= passage.joined_s + 0.01 <= passage.left_s < passage.beyond_s


def test_flow_by_link_and_slot_is_that_of_the_day():
    plan, day, _ = tiny()
    asked = asked_of(plan, "east", "11:00", 5)
    passages = passages_at(plan, day, asked, ())
    slot = int((asked.starts_s - day.clock_start_s) // 300)
    came = Counter(
        each.from_way for each in passages if each.from_way != NOWHERE and asked.starts_s <= each.there_s < asked.ends_s
    )
    for link, row in enumerate(plan.links):
        for backward, end in enumerate((row.end, row.start)):
            if end == "east":
                assert came[2 * link + backward] == day.link_flow[link, backward, slot]
    assert sum(came.values()) > 5


def test_ways_lead_to_the_node_and_from_it():
    plan, _, _, _, passages = at_security()
    for each in passages:
        if each.from_way != NOWHERE:
            link = plan.links[each.from_way // 2]
            assert (link.start if each.from_way % 2 else link.end) == "security"
        if each.to_way != NOWHERE:
            link = plan.links[each.to_way // 2]
            assert (link.end if each.to_way % 2 else link.start) == "security"
        assert each.on_s <= each.there_s <= each.left_s <= each.beyond_s


def test_a_link_is_passed_from_one_end_to_the_other():
    plan, day, _ = tiny()
    asked = asked_of(plan, "door1", "11:00", 5)
    link = day.link_codes.index("door1")
    passages = passages_at(plan, day, asked, ())
    slot = int((asked.starts_s - day.clock_start_s) // 300)
    for backward in (0, 1):
        left = sum(
            each.to_way == 2 * link + backward and asked.starts_s <= each.beyond_s < asked.ends_s for each in passages
        )
        assert left == day.link_flow[link, backward, slot]
