"""Every quantity of sheet reported, beside plain counting over the visitors."""

import dataclasses
import math

import pytest

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.results import HOME
from hostcity.plan import apply_overrides
from hostcity.plan.rows import Reported
from hostcity.studies.reported import compare_reported, quantity
from tests.fairs import small_fair

NINE, TEN = 9 * 3600.0, 10 * 3600.0


@pytest.fixture(scope="module")
def plan():
    return small_fair(600)


@pytest.fixture(scope="module")
def day(plan):
    return rehearse_day(plan)


@pytest.fixture(scope="module")
def people(plan, day):
    """What the result says of each visitor, as plain rows."""
    return [
        {
            "stream": plan.streams[day.visitor_stream[each]], "counts": plan.groups[day.visitor_group[each]].counts_as_entry,
            "arrive": float(day.visitor_arrive_s[each]), "in": float(day.visitor_entry_joined_s[each] + day.visitor_entry_s[each]),
            "hall": float(day.visitor_first_hall_s[each]), "left": float(day.visitor_left_s[each]), "end": int(day.visitor_end[each]),
        }
        for each in range(day.visitor_arrive_s.size)
    ]  # fmt: skip


def test_entries(plan, day, people):
    counted = [each["in"] for each in people if each["counts"] and not math.isnan(each["in"])]
    assert quantity(plan, day, "entries.total") == len(counted) > 500
    assert quantity(plan, day, "entries.by@10:00") == sum(each <= TEN for each in counted)
    assert quantity(plan, day, "entries.by@25:30") == len(counted)
    assert quantity(plan, day, "entries.by@00:00") == 0


@pytest.mark.parametrize(
    ("pattern", "streams"), [("metro", {"metro"}), ("*", {"metro", "coach"}), ("c*", {"coach"}), ("m?tro", {"metro"})]
)
def test_arrivals(plan, day, people, pattern, streams):
    expected = sum(each["arrive"] <= NINE and each["stream"].code in streams for each in people)
    assert quantity(plan, day, f"streams.{pattern}.arrived_by@09:00") == expected > 0


def test_peaks(plan, day):
    for area, peak in zip(plan.areas, day.area_persons.max(axis=1), strict=True):
        assert quantity(plan, day, f"areas.{area.code}.peak_persons") >= peak
    assert quantity(plan, day, "areas.H1.peak_persons") == day.area_peak_persons[4] > 0


def test_a_code_with_dots_is_named_whole(plan):
    def renamed(row, **fields):
        return dataclasses.replace(row, **{name: "5.1" for name in fields if getattr(row, name) == "H1"})

    dotted = plan.replace(
        areas=tuple(renamed(row, code=1) for row in plan.areas), nodes=tuple(renamed(row, area=1) for row in plan.nodes),
        attractions=tuple(renamed(row, area=1) for row in plan.attractions),
    )  # fmt: skip
    played = rehearse_day(dotted)
    assert quantity(dotted, played, "areas.5.1.peak_persons") == played.area_peak_persons[4] > 0


def test_halls_per_visitor(plan, day):
    into = {"door1": 0, "stairs": 0, "ramp": 0}  # every way into a hall from outside it, all forward
    entries = sum(int(day.link_flow[at, 0].sum()) for at, link in enumerate(plan.links) if link.code in into)
    assert quantity(plan, day, "halls.entries_per_visitor") == entries / quantity(plan, day, "entries.total")
    assert quantity(plan, day, "halls.entries_per_visitor") > 1


@pytest.mark.parametrize(("name", "share"), [("p50", 0.5), ("p95", 0.95)])
def test_from_the_metro_to_a_hall(plan, day, people, name, share):
    took = sorted(
        each["hall"] - each["arrive"] for each in people
        if each["stream"].mode == "metro" and NINE <= each["arrive"] < TEN and not math.isnan(each["hall"])
    )  # fmt: skip
    expected = next(value for rank, value in enumerate(took, 1) if rank >= share * len(took))
    assert quantity(plan, day, f"entry.metro_to_hall_{name}_s@09:00-10:00") == expected
    assert math.isnan(quantity(plan, day, f"entry.metro_to_hall_{name}_s@18:00-19:00"))


def test_the_hour_of_leaving(plan, day, people):
    hours = [int(each["left"] // 3600) for each in people if each["counts"] and each["end"] == HOME]
    most = max(sorted(set(hours)), key=hours.count)
    assert quantity(plan, day, "departures.peak_hour_starts") == 3600 * most
    assert quantity(plan, day, "departures.peak_hour_ends") == 3600 * (most + 1)


UNKNOWN = (
    "", "entries", "entries.by", "entries.by@", "entries.by@9", "entries.by@09:75", "entries.total.x", "areas.H9.peak_persons",
    "areas.peak_persons", "streams.metro.arrived_by", "streams.metro.arrived_by@noon", "streams.boat.arrived_by@09:00",
    "streams.arrived_by@09:00", "entry.metro_to_hall_p50_s", "entry.metro_to_hall_p50_s@09:00", "entry.metro_to_hall_p50_s@x-y",
    "entry.metro_to_hall_p50_s@09:00-10:00-11:00", "entry.metro_to_hall_p99_s@09:00-10:00", "weather.rain", "@", ".", "面积",
)  # fmt: skip


@pytest.mark.parametrize("path", UNKNOWN)
@pytest.mark.parametrize("relation", ["equals", "at_least", "at_most"])
def test_what_is_not_known_is_no_number_and_differs(plan, day, path, relation):
    row = Reported(code="r", quantity=path, relation=relation, value=0.0, unit="persons", use="shown")
    (compared,) = compare_reported(plan.replace(reported=(row,)), day)
    assert math.isnan(compared.played)
    assert compared.agrees is False


@pytest.mark.parametrize(
    ("relation", "value", "agrees"),
    [("equals", 1.0, True), ("equals", 1.0 / 1.0999, True), ("equals", 1.0 / 1.101, False), ("equals", 1.0 / 0.901, True),
     ("equals", 1.0 / 0.89, False), ("at_least", 1.0, True), ("at_least", 1.001, False), ("at_most", 1.0, True),
     ("at_most", 0.999, False), ("at_least", 0.0, True), ("at_most", 9.0, True)],
)  # fmt: skip
def test_what_agrees(plan, day, relation, value, agrees):
    total = quantity(plan, day, "entries.total")
    row = Reported(
        code="r", quantity="entries.total", relation=relation, value=value * total, unit="persons", use="shown"
    )
    (compared,) = compare_reported(plan.replace(reported=(row,)), day)
    assert compared.played == total
    assert compared.agrees is agrees


def test_nobody_comes():
    plan = apply_overrides(small_fair(), ["streams.*.persons=0"])
    day = rehearse_day(plan)
    assert quantity(plan, day, "entries.total") == 0
    assert quantity(plan, day, "halls.entries_per_visitor") == 0
    assert math.isnan(quantity(plan, day, "departures.peak_hour_starts"))
    assert math.isnan(quantity(plan, day, "entry.metro_to_hall_p95_s@09:00-10:00"))
