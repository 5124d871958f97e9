"""A link that is narrowed has less floor for as long as that: density, speed, level of service, caps and marks know it."""

import numpy as np
import pytest

from hostcity.engines.day.results import HOME
from hostcity.plan.rows import Area, Event
from tests.engines.day.checked import Checked, passages
from tests.engines.day.corridors import HOUR_S, corridor, link, node, play_with

HALF = Event(code="barrier", action="width", target="walk", starts_at=300.0, ends_at=400.0, value=0.5)


def narrowed(*events, persons=3000, length_m=600.0, neck_m=50.0, **model):
    """Home, a walk of 10 m width in an area of its own, a neck, security, hall."""
    links = (
        link("approach", "home", "begin", 60, 50),
        link("walk", "begin", "end", length_m, 10),
        link("neck", "end", "check", 20, neck_m),
        link("entry", "check", "hall", 100, 100),
    )
    plan = corridor(persons, links=links, over_s=240.0, last_s=12 * HOUR_S, **({"replay_share": 1.0} | model))
    areas = tuple(Area(code=code, kind="outside", level="0", gross_m2=0.0, inside=False) for code in ("walk", "neck"))
    return plan.replace(
        areas=(*plan.areas, *areas),
        nodes=(*plan.nodes, node("begin", "walk"), node("end", "neck")),
        timeline=events,
    )


def on_walk(day):
    """Persons on the walk and their density, minute by minute."""
    # Nobody stays at its beginning. Who walks back counts in the area at its end: nobody does in these minutes.
    persons = day.area_persons[day.area_codes.index("walk"), :45]
    return persons, day.link_density_per_m2[:45, day.link_codes.index("walk")]


def of_walk(day, each):
    return getattr(day, each)[day.link_codes.index("walk")]


def minute_ends_s(day):
    """When the state of each minute is kept: at the end of the step in which it ends."""
    minutes = np.arange(1, day.link_density_per_m2.shape[0] + 1) * 60.0
    return (np.ceil(minutes / day.step_s) * day.step_s)[:45]


@pytest.mark.parametrize("step_s", [2.0, 7.0])
def test_density_is_of_the_floor_that_is_left(step_s):
    _, day = play_with(narrowed(HALF, step_s=step_s))
    persons, density = on_walk(day)
    at_s = minute_ends_s(day)
    width_m = np.where((at_s > 300.0) & (at_s <= 400.0), 5.0, 10.0)
    assert density.tolist() == (persons / (600.0 * width_m)).astype(np.float32).tolist()
    assert persons[5] == 3000  # all of them are on it when it is narrowed
    assert day.is_valid


def test_peak_and_level_of_service_are_of_the_floor_that_is_left():
    _, day = play_with(narrowed(HALF), np.linspace(0.0, 200.0, 3000))
    assert (of_walk(day, "link_peak_per_m2"), of_walk(day, "link_peak_s")) == (1.0, 302.0)
    los_s = of_walk(day, "link_los_person_s")
    assert los_s[3] == 3000 * 100.0  # D as long as it is narrow, C at most otherwise
    assert los_s[2] > 0.0
    assert los_s[4:].tolist() == [0.0, 0.0]


def test_the_peak_of_the_whole_floor_stays_when_it_is_the_greater():
    late = Event(code="barrier", action="width", target="walk", starts_at=HOUR_S, ends_at=2 * HOUR_S, value=0.5)
    (_, day), (_, usual) = (play_with(narrowed(*events)) for events in ((late,), ()))
    for each in ("link_peak_per_m2", "link_peak_s"):
        assert getattr(day, each).tolist() == getattr(usual, each).tolist()


def weidmann(per_m2):
    return 1.34 * (1.0 - np.exp(-1.913 * (1.0 / per_m2 - 1.0 / 5.4)))


@pytest.mark.parametrize(("begin_s", "end_s", "per_m2"), [(600.0, 1000.0, 0.34), (1500.0, 1900.0, 0.76)])
def test_people_walk_as_fast_as_the_density_on_the_floor_that_is_left_allows(begin_s, end_s, per_m2):
    """4.5 persons a second, all of one speed, on 10 m of width and on 5 m."""
    half = Event(code="barrier", action="width", target="walk", starts_at=1200.0, ends_at=2100.0, value=0.5)
    _, day = play_with(narrowed(half, persons=9000, length_m=100.0), np.linspace(0.0, 2000.0, 9000))
    seen = passages(day)
    within = (seen["way"] == 2) & (seen["from_s"] > begin_s) & (seen["to_s"] < end_s)
    speed = 100.0 / (seen["to_s"] - seen["from_s"])[within]
    density = on_walk(day)[1][int(begin_s / 60) : int(end_s / 60)]
    assert abs(density.mean() - per_m2) < 0.02
    assert abs(speed.mean() - weidmann(density.mean())) < 0.01


def test_nobody_enters_above_the_cap_of_the_floor_that_is_left():
    """Behind it is a neck, so it fills to what one direction may take: 65 % of 4 persons/m2."""
    narrow = Event(code="barrier", action="width", target="walk", starts_at=0.0, value=0.5)
    day = Checked(narrowed(narrow, length_m=100.0, neck_m=0.5), people_each=400).play()
    assert of_walk(day, "link_peak_per_m2") == 0.65 * 4.0
    assert day.is_valid
    assert (day.visitor_end == HOME).all()


def test_who_is_squeezed_by_a_barrier_is_not_lost_and_the_event_is_named():
    tight = (
        Event(code="fence", action="width", target="walk", starts_at=300.0, ends_at=400.0, value=0.5),
        Event(code="crane", action="width", target="walk", starts_at=300.0, ends_at=400.0, value=0.1),
        Event(code="gone", action="width", target="walk", starts_at=HOUR_S, ends_at=2 * HOUR_S, value=0.01),
        Event(code="other", action="width", target="neck", starts_at=300.0, ends_at=400.0, value=0.05),
    )
    day = Checked(narrowed(*tight), people_each=400).play()
    assert (day.visitor_end == HOME).all()
    (found,) = day.overloads
    assert (found.reason, found.place, found.at_s, found.figure) == ("narrowed", "walk", 302.0, 5.0)
    assert found.event == "crane"
    assert not day.is_valid
    assert of_walk(day, "link_peak_per_m2") == 5.0


def test_a_step_back_that_still_leaves_too_little_is_not_the_worst():
    events = (
        Event(code="crane", action="width", target="walk", starts_at=300.0, ends_at=340.0, value=0.05),
        Event(code="fence", action="width", target="walk", starts_at=300.0, ends_at=400.0, value=0.1),
    )
    _, day = play_with(narrowed(*events))
    (found,) = day.overloads
    assert (found.event, found.at_s, found.figure) == ("crane", 302.0, 10.0)


def test_a_barrier_with_nobody_near_is_no_excuse_for_caps_that_are_off():
    early = Event(code="fence", action="width", target="walk", starts_at=0.0, value=0.1)
    _, day = play_with(narrowed(early), without=("R1",))
    (found,) = day.overloads
    assert (found.reason, found.place, found.event) == ("link_cap", "walk", "")
    assert found.figure == of_walk(day, "link_peak_per_m2") > 4.0


@pytest.mark.parametrize("how", [{"action": "close"}, {"action": "width", "value": 0.0}])
def test_a_closed_link_keeps_its_floor_for_those_who_are_on_it(how):
    closed = Event(code="shut", target="walk", starts_at=300.0, ends_at=400.0, **how)
    _, day = play_with(narrowed(closed))
    persons, density = on_walk(day)
    assert density.tolist() == (persons / 6000.0).astype(np.float32).tolist()
    assert day.is_valid
    assert (day.visitor_end == HOME).all()


def test_a_barrier_stays_on_a_link_that_is_closed_as_well():
    closed = Event(code="shut", action="close", target="walk", starts_at=200.0, ends_at=360.0)
    plan = narrowed(HALF, closed)
    day = Checked(plan, people_each=400).play()
    persons, density = on_walk(day)
    at_s = minute_ends_s(day)
    width_m = np.where((at_s > 300.0) & (at_s <= 400.0), 5.0, 10.0)
    assert density.tolist() == (persons / (600.0 * width_m)).astype(np.float32).tolist()
    entered = passages(day)
    entered_s = entered["from_s"][entered["way"] == 2]
    assert not ((entered_s > 204.0) & (entered_s < 360.0)).any()
    assert (entered_s > 360.0).any()
