"""The order of a sheet's rows decides nobody's day, nor do rows that draw nobody."""

import dataclasses
import itertools
import random

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.plan.rows import Attraction, Event, Mix
from tests.engines.day.corridors import HOUR_S
from tests.fairs import fair_with_desks

NINE, TEN, ELEVEN = 9 * HOUR_S, 10 * HOUR_S, 11 * HOUR_S
PLAN = fair_with_desks(800)


@pytest.fixture(scope="module")
def usual():
    return rehearse_day(PLAN)


def assert_same_day(day, usual):
    for name in (
        "visitor_arrive_s", "visitor_entry_joined_s", "visitor_entry_s", "visitor_first_hall_s", "visitor_left_s",
        "appointment_person", "appointment_late_s",
    ):  # fmt: skip
        np.testing.assert_array_equal(getattr(day, name), getattr(usual, name), name)
    assert _services(day) == _services(usual)
    assert _by_code(day.group_codes, day.visitor_group) == _by_code(usual.group_codes, usual.visitor_group)
    assert _persons(day) == _persons(usual)


def _services(day):
    stations = _by_code(day.station_codes, day.service_station)
    return sorted(zip(day.service_person.tolist(), day.service_joined_s.tolist(), day.service_wait_s.tolist(), stations,
                      strict=True))  # fmt: skip


def _by_code(codes, of):
    return [codes[at] for at in of]


def _persons(day):
    return {code: day.area_persons[at].tolist() for at, code in enumerate(day.area_codes)}


@pytest.mark.parametrize("order", ["turned", "shuffled"])
@pytest.mark.parametrize(
    "sheet",
    [
        "areas",
        "stations",
        "streams",
        "approaches",
        "groups",
        "mixes",
        "attractions",
        "profiles",
        "appointments",
        "levels",
    ],
)
def test_the_order_of_rows_is_no_part_of_the_plan(usual, sheet, order):
    rows = list(getattr(PLAN, sheet))
    rows.reverse() if order == "turned" else random.Random(3).shuffle(rows)  # noqa: S311 -- rows, not secrets
    assert_same_day(rehearse_day(PLAN.replace(**{sheet: tuple(rows)})), usual)


def test_an_area_that_draws_nobody_changes_nobodys_halls(usual):
    plaza = Attraction(code="a", area="plaza", weight=0.0)
    for rows in ((*PLAN.attractions, plaza), (plaza, *PLAN.attractions)):
        assert_same_day(rehearse_day(PLAN.replace(attractions=rows)), usual)


def test_a_group_that_nobody_belongs_to_changes_nobody(usual):
    nobody = dataclasses.replace(PLAN.groups[0], code="aaa")
    mix = Mix(code="aaa", stream=PLAN.streams[0].code, group="aaa", weight=0.0)
    assert_same_day(rehearse_day(PLAN.replace(groups=(nobody, *PLAN.groups), mixes=(mix, *PLAN.mixes))), usual)


@pytest.mark.parametrize("kind", ["level", "stairs", "ramp"])
def test_which_end_of_a_link_is_its_start_changes_nothing(usual, kind):
    turned = tuple(
        dataclasses.replace(row, start=row.end, end=row.start) if row.kind == kind and not row.one_way else row
        for row in PLAN.links
    )
    assert_same_day(rehearse_day(PLAN.replace(links=turned)), usual)


def _event(code, action, target, begins, ends, value=None, to=()):
    return Event(code=code, action=action, target=target, starts_at=begins, ends_at=ends, value=value, to=to)


def _arrivals(*events):
    day = rehearse_day(PLAN.replace(timeline=events))
    return {code: np.sort(day.visitor_arrive_s[day.visitor_stream == at]) for at, code in enumerate(day.stream_codes)}


def test_people_are_delayed_by_what_holds_at_their_scheduled_time():
    nine = _event("n", "delay", "metro", NINE, TEN, 3600.0)
    ten = _event("t", "delay", "metro", TEN, ELEVEN, 3600.0)
    both = _event("b", "delay", "metro", 9.5 * HOUR_S, TEN, 600.0)
    scheduled = _arrivals()["metro"]
    hour_late = (scheduled >= NINE) & (scheduled < ELEVEN)
    more = (scheduled >= 9.5 * HOUR_S) & (scheduled < TEN)
    expected = np.sort(scheduled + 3600.0 * hour_late + 600.0 * more)
    for events in itertools.permutations((nine, ten, both)):
        np.testing.assert_allclose(_arrivals(*events)["metro"], expected, rtol=0, atol=1e-6)


def test_people_are_diverted_once_by_the_event_begun_last():
    to_coach = _event("a", "divert", "metro", NINE, TEN, to=("coach",))
    to_metro = _event("b", "divert", "coach", NINE, TEN, to=("metro",))  # swapped: a plan that the check refuses
    usual = _arrivals()
    for events in ((to_coach, to_metro), (to_metro, to_coach)):
        found = _arrivals(*events)
        for code, other in (("metro", "coach"), ("coach", "metro")):
            kept = usual[code][(usual[code] < NINE) | (usual[code] >= TEN)]
            sent = usual[other][(usual[other] >= NINE) & (usual[other] < TEN)]
            np.testing.assert_array_equal(found[code], np.sort(np.concatenate([kept, sent])))


def test_of_lanes_given_twice_those_begun_last_hold():
    few, many = _event("f", "lanes", "W-security", NINE, ELEVEN, 1), _event("m", "lanes", "W-security", TEN, ELEVEN, 6)
    for events in ((few, many), (many, few)):
        day = rehearse_day(PLAN.replace(timeline=events))
        lanes = day.station_lanes[day.station_codes.index("W-security")]
        at = [int((time - day.clock_start_s) / 60.0) for time in (9.5 * HOUR_S, 10.5 * HOUR_S)]
        assert lanes[at].tolist() == [1, 6]
