"""Each of the ten actions of the timeline does what it says, and nobody is lost by it."""

import dataclasses

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.results import HOME
from hostcity.plan.rows import Approach, Event, Gate, Opening, Station
from tests.engines.day.checked import Checked, passages
from tests.engines.day.corridors import HOUR_S, corridor, link, node
from tests.engines.day.test_closing import with_model
from tests.fairs import small_fair

NINE, TEN, ELEVEN = 9 * HOUR_S, 10 * HOUR_S, 11 * HOUR_S


def fair_with(*events, persons=600, **model):
    plan = with_model(small_fair(persons), **({"replay_share": 1.0, "step_s": 5.0} | model))
    return plan.replace(timeline=events)


def play(plan):
    """Play with every check and let nobody be missing in the evening."""
    day = Checked(plan, people_each=100).play()
    assert (day.visitor_end == HOME).all()
    assert day.is_valid
    return day


def minutes(day, begin_s, end_s):
    """The minutes that lie wholly within a time."""
    return slice(int((begin_s - day.clock_start_s) / 60.0), int((end_s - day.clock_start_s) / 60.0) - 1)


def entered(day, code):
    """When links were entered, by anybody."""
    seen = passages(day)
    return np.sort(seen["from_s"][seen["way"] >> 1 == day.link_codes.index(code)])


def begins(day, station):
    at = day.service_station == day.station_codes.index(station)
    return np.sort((day.service_joined_s + day.service_wait_s)[at])


def test_lanes():
    day = play(fair_with(Event(code="e", action="lanes", target="W-security", starts_at=NINE, ends_at=TEN, value=1)))
    lanes = day.station_lanes[day.station_codes.index("W-security")]
    assert set(lanes[minutes(day, NINE, TEN)].tolist()) == {1}
    assert lanes[minutes(day, NINE, TEN).start - 2] == lanes[minutes(day, NINE, TEN).stop + 2] == 3
    assert ((begins(day, "W-security") > NINE) & (begins(day, "W-security") < TEN)).sum() < 3600 / 7.2 * 1.2


def test_fail():
    day = play(fair_with(Event(code="e", action="fail", target="W-badge", starts_at=NINE, ends_at=TEN)))
    assert not ((begins(day, "W-badge") > NINE) & (begins(day, "W-badge") < TEN)).any()
    queue = day.station_queue[day.station_codes.index("W-badge")]
    assert queue[minutes(day, NINE, TEN)].max() > 100


def test_service():
    slow = Event(code="e", action="service", target="W-security", starts_at=NINE, ends_at=TEN, value=4.0)
    day, usual = play(fair_with(slow, persons=1500)), play(fair_with(persons=1500))

    def served(of):
        return ((begins(of, "W-security") > NINE) & (begins(of, "W-security") < TEN)).sum()

    assert served(day) < 3 * 3600 / (4 * 7.2) * 1.2
    assert served(usual) > 1.3 * served(day)


def test_width():
    """A fortieth of 100 m lets 2.5 persons a second through, and 3.3 come."""
    plan = corridor(12_000, over_s=HOUR_S, last_s=12 * HOUR_S, flow_per_m_per_s=1.0, step_s=5.0)
    narrow = Event(code="e", action="width", target="entry", starts_at=600.0, ends_at=1800.0, value=0.025)
    day = play(plan.replace(timeline=(narrow,)))
    forward = day.link_flow[day.link_codes.index("entry"), 0]
    assert forward[2:6].max() <= 2.5 * 300 + 1
    assert forward[3:6].min() >= 0.97 * 2.5 * 300
    assert forward[6] > 1.1 * 2.5 * 300


def test_close_a_link_that_has_another_beside_it():
    day = play(fair_with(Event(code="e", action="close", target="stairs", starts_at=TEN, ends_at=ELEVEN)))
    on_stairs = entered(day, "stairs")
    assert ((on_stairs < TEN) & (on_stairs > NINE)).sum() > 5
    assert not ((on_stairs >= TEN) & (on_stairs < ELEVEN)).any()
    assert (on_stairs > ELEVEN).sum() > 5
    on_ramp = entered(day, "ramp")
    assert ((on_ramp >= TEN) & (on_ramp < ELEVEN)).sum() > 20


def test_shut_what_is_drawn_closes_the_link_of_its_code_and_nothing_else():
    door = Opening(code="door1", area="H1", line=((138.0, 60.0), (138.0, 64.0)))
    back = Opening(code="back", area="H1", line=((212.0, 60.0), (212.0, 64.0)))
    times = {"starts_at": TEN, "ends_at": ELEVEN}

    def played(action, target):
        plan = fair_with(Event(code="e", action=action, target=target, **times), persons=200)
        day = rehearse_day(plan.replace(openings=(door, back)), seed=3)
        return {name: getattr(day, name) for name in ("visitor_end", "visitor_left_s", "link_density_per_m2")}

    closed, shut, none = played("close", "door1"), played("shut", "door1"), played("shut", "back")
    open_day = rehearse_day(fair_with(persons=200), seed=3)
    for name in closed:
        assert np.array_equal(closed[name], shut[name], equal_nan=True)
        assert np.array_equal(none[name], getattr(open_day, name), equal_nan=True)
    assert (closed["link_density_per_m2"] != none["link_density_per_m2"]).any()


def test_a_door_between_more_than_two_nodes_is_shut_for_all_of_them():
    plan = fair_with(persons=200)
    renamed = {"stairs": "door1", "ramp": "door1:hall>up"}
    links = tuple(dataclasses.replace(each, code=renamed.get(each.code, each.code)) for each in plan.links)

    def played(*targets):
        shut = tuple(Event(code=each, action="shut", target=each, starts_at=TEN, ends_at=ELEVEN) for each in targets)
        return rehearse_day(plan.replace(links=links, timeline=shut), seed=3).link_density_per_m2

    both = played("door1", "door1:hall>up")
    assert np.array_equal(played("door1"), both, equal_nan=True)
    assert not np.array_equal(played("door1:hall>up"), both, equal_nan=True)


def test_those_who_are_on_a_link_that_is_closed_leave_it_and_the_others_wait():
    links = (link("approach", "home", "check", 600, 10), link("entry", "check", "hall", 100, 100))
    plan = corridor(1200, links=links, over_s=HOUR_S, last_s=12 * HOUR_S, replay_share=1.0, step_s=5.0)
    day = play(
        plan.replace(timeline=(Event(code="e", action="close", target="approach", starts_at=900.0, ends_at=2700.0),))
    )
    seen = passages(day)
    on = (seen["way"] == 0) & (seen["from_s"] < 900.0) & (seen["to_s"] > 900.0)
    assert on.sum() > 100
    assert seen["to_s"][on].max() < 900.0 + 600 / 1.34 + 5.0
    assert not ((seen["from_s"] > 900.0) & (seen["from_s"] < 2700.0) & (seen["way"] >> 1 == 0)).any()


def test_people_whose_only_way_is_closed_for_good_are_reported():
    plan = corridor(1000, over_s=HOUR_S, last_s=12 * HOUR_S, step_s=5.0, group={"dwell_median_s": 600.0})
    checked = Checked(plan.replace(timeline=(Event(code="e", action="close", target="entry", starts_at=1800.0),)))
    day = checked.play()
    lost = int((day.visitor_end != HOME).sum())
    assert 100 < lost < 400  # who was inside; the others find no way in and turn round
    reasons = {each.reason: each for each in day.overloads}
    assert set(reasons) == {"stranded", "no_route"}
    assert reasons["stranded"].figure == lost
    assert reasons["no_route"].place == "hall"
    assert reasons["no_route"].figure == lost


def test_who_has_no_way_left_lets_the_others_by():
    """Half of the people in one hall live behind a link that is closed for good."""
    plan = corridor(400, over_s=HOUR_S, last_s=12 * HOUR_S, step_s=5.0, group={"dwell_median_s": 2 * HOUR_S})
    (stream,) = plan.streams
    other = stream.__class__(code="T", mode="walk", node="home2", persons=400, profile="all")
    (mix,) = plan.mixes
    plan = plan.replace(
        nodes=(*plan.nodes, node("home2", "outside")),
        links=(*plan.links, link("approach2", "home2", "check", 60, 50)),
        streams=(stream, other),
        approaches=(*plan.approaches, Approach(code="T-G", stream="T", gate="G", weight=1.0)),
        mixes=(mix, mix.__class__(code="T-all", stream="T", group="all", weight=1.0)),
        timeline=(Event(code="e", action="close", target="approach2", starts_at=1.5 * HOUR_S),),
    )
    day = Checked(plan, people_each=100).play()
    of_open = day.visitor_stream == 0
    assert (day.visitor_end[of_open] == HOME).all()
    is_early = day.visitor_left_s < 1.5 * HOUR_S + 120.0
    assert (day.visitor_end[~of_open & ~is_early] != HOME).all()
    assert {each.reason for each in day.overloads} == {"stranded", "no_route"}


def test_delay():
    late = Event(code="e", action="delay", target="coach", starts_at=NINE, ends_at=TEN, value=1800.0)
    day, usual = play(fair_with(late)), play(fair_with())
    coach = usual.stream_codes.index("coach")
    before = usual.visitor_arrive_s[usual.visitor_stream == coach]
    held = (before >= NINE) & (before < TEN)
    after = day.visitor_arrive_s[day.visitor_stream == coach]
    assert held.sum() > 30
    np.testing.assert_array_equal(after, np.sort(np.where(held, before + 1800.0, before)))
    metro = 1 - coach
    np.testing.assert_array_equal(
        day.visitor_arrive_s[day.visitor_stream == metro], usual.visitor_arrive_s[usual.visitor_stream == metro]
    )


def test_divert():
    """Whose arrival point is closed comes, and goes, as the people of the other stream do; the others as ever."""
    closed = Event(code="e", action="divert", target="metro", starts_at=NINE, ends_at=TEN, to=("coach",))
    day, usual = play(fair_with(closed)), play(fair_with())
    np.testing.assert_array_equal(day.visitor_arrive_s, usual.visitor_arrive_s)
    np.testing.assert_array_equal(day.visitor_group, usual.visitor_group)
    metro, coach = (day.stream_codes.index(code) for code in ("metro", "coach"))
    sent = (usual.visitor_stream == metro) & (usual.visitor_arrive_s >= NINE) & (usual.visitor_arrive_s < TEN)
    assert sent.sum() > 50
    np.testing.assert_array_equal(day.visitor_stream, np.where(sent, coach, usual.visitor_stream))
    seen = passages(day)
    lane, walk, down = (day.link_codes.index(code) for code in ("lane", "walk", "down"))
    for people, twice, never in ((sent, lane, (walk, down)), (~sent & (usual.visitor_stream == metro), walk, (lane,))):
        links = seen["way"][np.isin(seen["person"], np.flatnonzero(people))] >> 1
        assert (links == twice).sum() == people.sum() * (2 if twice == lane else 1)
        assert not np.isin(links, never).any()
    trains = day.service_person[day.service_station == day.station_codes.index("trains")]
    assert set(trains.tolist()) == set(np.flatnonzero(day.visitor_stream == metro).tolist())


def two_gates(persons=2000):
    plan = corridor(persons, last_s=12 * HOUR_S, step_s=5.0)
    return plan.replace(
        gates=(Gate(code="G"), Gate(code="K")),
        nodes=(*plan.nodes, node("check2", "gate")),
        links=(*plan.links, link("approach2", "home", "check2", 60, 50), link("entry2", "check2", "hall", 100, 100)),
        stations=(
            *plan.stations,
            Station(code="security2", node="check2", service="security", gate="K", lanes=50, service_mean_s=1.0),
        ),
        approaches=(*plan.approaches, Approach(code="S-K", stream="S", gate="K", weight=1.0)),
    )


@pytest.fixture(scope="module")
def usual():
    """The fair with two gates, of which nobody is advised."""
    return play(two_gates())


@pytest.mark.parametrize(("share", "expected"), [(1.0, 1.0), (0.6, 0.6 + 0.4 / 2), (0.0, 0.5), (None, 1.0)])
def test_advise(share, expected, usual):
    advice = Event(code="e", action="advise", target="S", starts_at=900.0, ends_at=2700.0, value=share, to=("K",))
    day = play(two_gates().replace(timeline=(advice,)))
    told = (day.visitor_arrive_s >= 900.0) & (day.visitor_arrive_s < 2700.0)
    np.testing.assert_array_equal(day.visitor_gate[~told], usual.visitor_gate[~told])
    assert abs(day.visitor_gate[told].mean() - expected) < 4 * np.sqrt(0.25 / told.sum())
    if expected == 1.0:
        assert day.visitor_gate[told].min() == 1


def test_evacuate():
    alarm = Event(code="e", action="evacuate", target="H2", starts_at=ELEVEN, ends_at=12 * HOUR_S)
    plan = fair_with(alarm, persons=1500)
    (talk,) = plan.appointments  # would begin at eleven, in H2
    day = play(plan)
    hall = day.area_persons[day.area_codes.index("H2")]
    minute = minutes(day, ELEVEN, 12 * HOUR_S)
    assert hall[minute.start - 1] > 100
    # All set off within twice 60 s; the longest way out is 80 m, partly down the stairs or the ramp at 0.8 m/s.
    passing = hall[minute.start + 8 : minute.stop]
    assert passing.max() < 0.2 * hall[minute.start - 1]
    stays = day.replay_kind == 1
    place = day.replay_place[stays]
    in_hall = np.isin(place, [at for at, each in enumerate(plan.nodes) if each.area == "H2"])
    ends_s, person = day.replay_at_s[stays][in_hall], day.replay_person[stays][in_hall]
    for begun_s, who in zip(ends_s, person, strict=True):
        if ELEVEN + 5.0 < begun_s < 12 * HOUR_S - 5.0:  # looks in, and turns at once
            mine = (day.replay_person == who) & (day.replay_at_s > begun_s - 0.01)
            following = np.sort(day.replay_at_s[mine])
            assert following.size == 1 or following[1] - begun_s < 30.0
    late = np.flatnonzero(day.appointment_of == 0)
    assert late.size == talk.persons
    assert hall[minute.stop + 20 :].max() > 20  # open again in the afternoon


@pytest.mark.parametrize("value", [None, 100.0, 900.0])
def test_people_set_off_within_twice_the_delay_of_an_alarm(value):
    """Each after a delay of their own, uniform from 0 to twice its mean (60 s when the plan does not say)."""
    plan = corridor(2000, over_s=HOUR_S / 2, last_s=12 * HOUR_S, group={"dwell_sigma": 0.0})  # all stay four hours
    alarm = Event(code="e", action="evacuate", target="H", starts_at=HOUR_S, ends_at=2 * HOUR_S, value=value)
    day = rehearse_day(plan.replace(timeline=(alarm,)))
    mean_s = 60.0 if value is None else value
    after_s = day.visitor_left_s - HOUR_S - (100 + 60) / 1.34
    slack_s = 20.0 + 2 * plan.rules.step_s  # 20 persons a second leave a floor, and a little crowding
    assert after_s.min() > -slack_s
    assert after_s.max() < 2 * mean_s + slack_s + (100.0 if value is None else 0.0)
    assert abs(after_s.mean() - mean_s) < 4 * mean_s / np.sqrt(3 * 2000) + slack_s
    if value == 900.0:
        spread = np.histogram(after_s, bins=np.linspace(0.0, 1800.0, 7))[0]
        assert np.abs(spread - 2000 / 6).max() < 4 * np.sqrt(2000 / 6) + slack_s


@pytest.mark.parametrize(
    "times",
    [((ELEVEN, 12 * HOUR_S), (11.5 * HOUR_S, 13 * HOUR_S)), ((ELEVEN, 13 * HOUR_S), (11.5 * HOUR_S, 12 * HOUR_S))],
    ids=["one after the other", "one within the other"],
)
def test_a_hall_with_two_alarms_stays_empty_until_both_are_over(times):
    alarms = tuple(
        Event(code=f"e{at}", action="evacuate", target="H1", starts_at=begins, ends_at=ends)
        for at, (begins, ends) in enumerate(times)
    )
    day = play(fair_with(*alarms, persons=3000))
    hall = day.area_persons[day.area_codes.index("H1")]
    passing = hall[minutes(day, 11.5 * HOUR_S, 13 * HOUR_S)]  # who looks in turns at once
    assert hall[minutes(day, ELEVEN, 13 * HOUR_S).start - 1] > 300
    assert passing.max() < 30
    assert hall[minutes(day, 13 * HOUR_S, 14 * HOUR_S)].max() > 100


def test_many_alarms_for_the_same_hall_lose_nobody():
    alarms = tuple(
        Event(
            code=f"e{at}",
            action="evacuate",
            target="H1",
            starts_at=ELEVEN + 60.0 * at,
            ends_at=12 * HOUR_S,
            value=400.0,
        )
        for at in range(6)
    )
    day = play(fair_with(*alarms, persons=3000))
    hall = day.area_persons[day.area_codes.index("H1")]
    # A later alarm hurries nobody back: who set off by the first within 800 s is gone.
    assert hall[minutes(day, ELEVEN + 900.0, 12 * HOUR_S)].max() < 60
    assert hall[minutes(day, ELEVEN, ELEVEN + 3600.0).start - 1] > 300
