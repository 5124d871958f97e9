"""The end of the day: people inside leave, latecomers are turned away, nobody vanishes."""

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.results import (
    HOME,
    MOVE_QUEUE,
    NEVER_CAME,
    STILL_INSIDE,
    STILL_OUTSIDE,
    TURNED_AWAY,
)
from hostcity.plan import apply_overrides
from hostcity.plan.rows import Appointment, Area, Station
from tests.engines.day.checked import Checked, passages
from tests.engines.day.corridors import HOUR_S, corridor, link, node, play_with
from tests.fairs import small_fair


def with_day(plan, **times):
    return plan.replace(edition=(plan.day.__class__(**{**_fields(plan.day), **times}),))


def with_model(plan, **model):
    return plan.replace(model=(plan.rules.__class__(**{**_fields(plan.rules), **model}),))


def _fields(row):
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


@pytest.fixture(scope="module")
def closed_at_noon():
    plan = with_model(small_fair(1500), replay_share=1.0, step_s=5.0)
    noon = 12 * HOUR_S
    checked = Checked(with_day(plan, last_entry_at=noon, closes_at=noon), people_each=200)
    return checked.plan, checked.play()


def test_everybody_inside_leaves_at_closing_time(closed_at_noon):
    plan, day = closed_at_noon
    halls = [at for at, area in enumerate(plan.areas) if area.kind == "hall"]
    in_halls = day.area_persons[halls].sum(axis=0)
    minute = int((12 * HOUR_S - day.clock_start_s) / 60.0)
    assert in_halls[minute - 5] > 200
    assert in_halls[minute + 6] == 0  # the longest way out of a hall is 100 m
    assert set(day.visitor_end.tolist()) <= {HOME, TURNED_AWAY, NEVER_CAME}
    assert day.is_valid


def test_nothing_is_served_after_closing_but_the_way_out(closed_at_noon):
    plan, day = closed_at_noon
    begin_s = day.service_joined_s + day.service_wait_s
    late = begin_s > 12 * HOUR_S + plan.rules.step_s
    assert {day.station_codes[at] for at in day.service_station[late]} <= {"trains"}


def test_who_waits_at_security_at_closing_time_is_sent_home_from_there(closed_at_noon):
    plan, day = closed_at_noon
    away = np.flatnonzero(day.visitor_end == TURNED_AWAY)
    assert away.size > 20
    assert np.isnan(day.visitor_entry_s[away]).all()
    assert np.isfinite(day.visitor_left_s[away]).all()
    seen = passages(day)
    walked = {plan.links[way >> 1].code for way in seen["way"][np.isin(seen["person"], away)]}
    assert walked <= {"walk", "lane", "gate", "down"}  # never inside; metro people leave by train


def test_who_waits_for_a_badge_check_at_closing_time_turns_back():
    slow = apply_overrides(small_fair(1500), ["stations.W-badge.lanes=1", "stations.W-badge.service_mean_s=20"])
    noon = 12 * HOUR_S
    plan = with_model(with_day(slow, last_entry_at=noon, closes_at=noon), replay_share=1.0, step_s=5.0)
    day = Checked(plan, people_each=200).play()
    away = np.flatnonzero(day.visitor_end == TURNED_AWAY)
    stopped = day.station_unserved[day.station_codes.index("W-badge")]
    assert stopped > 20
    assert (day.visitor_end[np.isnan(day.visitor_entry_s)] != HOME).all()
    assert np.isnan(day.visitor_entry_s[away]).all()
    assert np.isfinite(day.visitor_left_s[away]).all()
    served = day.service_station == day.station_codes.index("W-badge")
    assert (day.service_joined_s + day.service_wait_s)[served].max() < noon
    seen = passages(day)
    walked = {plan.links[way >> 1].code for way in seen["way"][np.isin(seen["person"], away)]}
    assert not walked & {"door1", "door2", "plaza"}
    assert day.is_valid


def test_who_queued_and_was_never_served_is_counted():
    noon = 12 * HOUR_S
    slow = apply_overrides(small_fair(1500), ["stations.*.lanes=1", "stations.W-security.service_mean_s=15"])
    plan = with_model(with_day(slow, last_entry_at=noon, closes_at=noon), replay_share=1.0)
    day = rehearse_day(plan)
    queued = day.replay_place[day.replay_kind == MOVE_QUEUE]  # nodes; here each has one station
    for at, row in enumerate(plan.stations):
        joined = int((queued == day.node_codes.index(row.node)).sum())
        assert day.station_unserved[at] == joined - int((day.service_station == at).sum()), row.code
    refused = (day.visitor_end == TURNED_AWAY) & np.isfinite(day.visitor_entry_joined_s)
    security, badge = (day.station_codes.index(code) for code in ("W-security", "W-badge"))
    searched = np.isin(np.arange(refused.size), day.service_person[day.service_station == security])
    assert day.station_unserved[security] == (refused & ~searched).sum() > 20
    on_the_way = (refused & searched).sum() - day.station_unserved[badge]
    assert 0 <= on_the_way < 20


def test_who_still_queues_when_the_clock_ends_was_not_served():
    plan = corridor(300, last_s=2 * HOUR_S, closes_s=2 * HOUR_S, security={"lanes": 1, "service_mean_s": 60.0})
    _, day = play_with(plan)
    assert day.station_served.sum() + day.station_unserved.sum() == 300
    assert day.station_unserved[0] == day.station_queue[0, -1] > 150


def test_who_waits_for_a_train_is_not_held_outside():
    """The same day with a platform that has room for all and with one that is not measured: the same are held."""
    changes = [
        "areas.metro.inside=no",
        "links.lane.width_m=0.3",
        "streams.coach.headway_s=3600",
        "stations.trains.headway_s=1800",
    ]
    measured = rehearse_day(apply_overrides(small_fair(1500), changes))
    day = rehearse_day(apply_overrides(small_fair(1500), [*changes, "nodes.platform.floor_m2="]))
    assert day.station_queue[day.station_codes.index("trains")].max() > 50
    assert day.held_outside.max() > 0
    assert day.held_outside.tolist() == measured.held_outside.tolist()


def test_who_waits_outside_for_a_train_when_the_clock_ends_is_not_inside():
    changes = ["areas.metro.inside=no", "stations.trains.headway_s=1800", "stations.trains.batch_persons=20"]
    plan = apply_overrides(small_fair(1500), changes)
    day = rehearse_day(plan)
    waiting = int(day.station_queue[day.station_codes.index("trains"), -1])
    inside = [at for at, row in enumerate(plan.areas) if row.inside]
    assert waiting > 100
    assert (day.visitor_end == STILL_OUTSIDE).sum() >= waiting
    assert (day.visitor_end == STILL_INSIDE).sum() == day.area_persons[inside, -1].sum()


def test_where_people_are_held_is_told_for_the_minute_with_the_most():
    changes = [
        "areas.metro.inside=no",
        "links.lane.width_m=0.3",
        "streams.coach.headway_s=3600",
        "nodes.platform.floor_m2=",
    ]
    plan = apply_overrides(small_fair(1500), changes)
    day = rehearse_day(plan)
    assert day.held_at_peak.sum() == day.held_outside.max() > 0
    assert {plan.nodes[at].area for at in np.flatnonzero(day.held_at_peak)} <= {
        row.code for row in plan.areas if not row.inside
    }


def test_whose_appointment_is_over_goes_home_at_closing_time():
    """A badge check takes ten minutes; whom it lets in after closing has nothing left to do."""
    closes_s = 1.5 * HOUR_S
    plan = corridor(300, over_s=900.0, last_s=6 * HOUR_S, closes_s=closes_s, group={"stands_mean": 1.0})
    badge = Station(code="badge", node="check", service="badge", gate="G", lanes=30, service_mean_s=600.0,
                    distribution="deterministic")  # fmt: skip
    plan = plan.replace(
        areas=(*plan.areas, Area(code="R", kind="hall", level="0", gross_m2=100.0)),
        nodes=(*plan.nodes, node("room", "R")),
        links=(*plan.links, link("door", "check", "room", 500, 10)),
        stations=(*plan.stations, badge),
        appointments=(Appointment(code="talk", group="all", area="R", persons=300, starts_at=4900.0, lasts_s=300.0),),
    )
    day = rehearse_day(plan)
    let_in_s = day.visitor_entry_joined_s + day.visitor_entry_s
    late = let_in_s > closes_s + plan.rules.step_s
    assert 20 < late.sum() < 50
    assert (day.visitor_end[late] == HOME).all()
    assert (day.visitor_left_s - let_in_s)[late].max() < 60 / 1.34 / 0.9 + 3 * plan.rules.step_s
    assert np.isnan(day.appointment_late_s[np.isin(day.appointment_person, np.flatnonzero(late))]).all()
    assert np.isfinite(day.appointment_late_s).sum() > 200


def test_who_reaches_security_after_the_last_entry_is_turned_away():
    plan = with_day(corridor(400, over_s=2 * HOUR_S, replay_share=1.0, step_s=5.0), last_entry_at=HOUR_S)
    checked = Checked(plan)
    day = checked.play()
    reaches_s = day.visitor_arrive_s + 60 / 1.34
    clear = np.abs(reaches_s - HOUR_S) > 10.0
    is_late = reaches_s > HOUR_S
    assert 150 < is_late.sum() < 250
    assert ((day.visitor_end == TURNED_AWAY) == is_late)[clear].all()
    assert ((day.visitor_end == HOME) == ~is_late)[clear].all()
    away = np.flatnonzero(day.visitor_end == TURNED_AWAY)
    there_and_back_s = day.visitor_left_s[away] - day.visitor_arrive_s[away]
    assert there_and_back_s.min() >= 2 * 60 / 1.34
    assert there_and_back_s.max() <= 2 * 60 / 1.34 / 0.9 + plan.rules.step_s  # walking against the others costs a tenth
    seen = passages(day)
    assert not (np.isin(seen["person"], away) & (seen["way"] >> 1 == 1)).any()  # link 1 leads to the hall


def test_who_is_inside_when_the_clock_ends_is_reported():
    plan = corridor(
        300, last_s=2 * HOUR_S, closes_s=2 * HOUR_S, group={"dwell_median_s": 6 * HOUR_S, "dwell_sigma": 0.0}
    )
    _, day = play_with(plan)
    assert (day.visitor_end == STILL_INSIDE).all()
    assert not day.is_valid
    (found,) = day.overloads
    assert (found.reason, found.place, found.at_s, found.figure) == ("stranded", "hall", 2 * HOUR_S, 300.0)


def test_who_is_still_on_the_way_in_when_the_clock_ends_is_reported():
    plan = corridor(300, last_s=2 * HOUR_S, closes_s=2 * HOUR_S, security={"lanes": 1, "service_mean_s": 60.0},
                    group={"dwell_sigma": 0.0})  # fmt: skip
    arrive_s = np.concatenate([np.linspace(0.0, HOUR_S, 200), np.linspace(2 * HOUR_S - 20.0, 2 * HOUR_S - 1.0, 100)])
    _, day = play_with(plan, arrive_s)
    counts = np.bincount(day.visitor_end, minlength=5)
    assert counts[HOME] == counts[NEVER_CAME] == 0
    assert counts[STILL_INSIDE] + counts[STILL_OUTSIDE] + counts[TURNED_AWAY] == 300
    assert 115 <= counts[STILL_INSIDE] <= 121  # one a minute
    assert [each.reason for each in day.overloads] == ["stranded"]
    assert day.overloads[0].figure == 300.0


def test_who_left_and_is_on_the_way_home_when_the_clock_ends_is_outside():
    links = (link("approach", "home", "check", 3000, 50), link("entry", "check", "hall", 100, 100))
    group = {"dwell_median_s": 600.0, "dwell_sigma": 0.0}
    plan = corridor(200, links=links, over_s=600.0, last_s=1.5 * HOUR_S, closes_s=1.5 * HOUR_S, group=group)
    _, day = play_with(plan)
    out_s = day.visitor_arrive_s + 3000 / 1.34 + 100 / 1.34 + 600.0 + 100 / 1.34 / 0.9 + 30.0
    assert (out_s < day.clock_end_s).all()
    assert ((day.visitor_end == HOME) | (day.visitor_end == STILL_OUTSIDE)).all()
    assert (day.visitor_end == STILL_OUTSIDE).sum() > 50
    assert day.overloads[0].figure == (day.visitor_end == STILL_OUTSIDE).sum()


def test_a_meal_and_an_appointment_end_at_closing_time():
    """Nobody sits at a table, or in a talk, after the time at which they must leave."""
    plan = small_fair(600)
    groups = tuple(
        row.__class__(**{**_fields(row), "meal_share": 1.0, "meal_dwell_s": 4 * HOUR_S, "meal_starts_at": 9 * HOUR_S})
        for row in plan.groups
    )
    talks = tuple(row.__class__(**{**_fields(row), "lasts_s": 8 * HOUR_S}) for row in plan.appointments)
    early = with_day(plan.replace(groups=groups, appointments=talks), last_entry_at=12 * HOUR_S, closes_at=12 * HOUR_S)
    day = rehearse_day(early)
    inside = [at for at, area in enumerate(plan.areas) if area.inside]
    minute = int((12 * HOUR_S - day.clock_start_s) / 60.0)
    assert day.area_persons[inside, minute - 5].sum() > 100
    assert day.area_persons[inside, minute + 15 :].sum() == 0
    assert day.is_valid


@pytest.mark.parametrize("step_s", [2.0, 7.0, 8.0])
def test_minutes_are_minutes_at_any_step(step_s):
    plan = corridor(200, over_s=600.0, last_s=4 * HOUR_S, group={"dwell_median_s": 2 * HOUR_S, "dwell_sigma": 0.0},
                    step_s=step_s)  # fmt: skip
    _, day = play_with(plan)
    hall = day.area_codes.index("H")
    for minute in (8, 60, 128, 200):
        at_s = np.ceil((minute + 1) * 60.0 / step_s) * step_s  # the end of the step in which the minute ends
        entered = day.visitor_first_hall_s <= at_s
        left = day.visitor_left_s - 60 / 1.34 <= at_s  # through the door at the other end of the link to the hall
        assert abs(int(day.area_persons[hall, minute]) - int((entered & ~left).sum())) <= 2, minute
