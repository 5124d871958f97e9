"""A cut-out has the day's persons, lanes and times, and the plan's widths; too many persons are refused."""

import dataclasses
import math

import numpy as np
import pytest

from hostcity.engines.micro.cut_out import COMING, GOING, IN_LINE, NOT_YET, SERVED
from hostcity.plan import PlanError
from hostcity.studies.microscope import asked_of
from hostcity.studies.microscope.cut import _filled, check_at, cut_out_of
from hostcity.studies.microscope.passages import passages_at
from tests.studies.microscope.days import tiny

pytest.importorskip("shapely")


def cut_at(place, starts, minutes):
    plan, day, speeds = tiny()
    asked = asked_of(plan, place, starts, minutes)
    return (
        plan,
        day,
        asked,
        cut_out_of(plan, day, asked, passages_at(plan, day, asked, check_at(plan, day, asked)), speeds),
    )


def test_arms_are_the_links_with_their_widths_and_bearings():
    plan, _, _, cut = cut_at("security", "09:30", 5)
    links = {link.code: link for link in plan.links}
    assert [arm.code for arm in cut.cut_out.arms] == ["walk", "lane", "gate"]
    assert [arm.width_m for arm in cut.cut_out.arms] == [links[arm.code].width_m for arm in cut.cut_out.arms]
    bearings = [math.degrees(arm.bearing_rad) % 360 for arm in cut.cut_out.arms]
    assert bearings == pytest.approx(
        [180 + math.degrees(math.atan2(20, 60)), 180 - math.degrees(math.atan2(30, 60)), 0]
    )
    assert [arm.length_m for arm in cut.cut_out.arms] == [25.0, 25.0, 20.0]


def test_lanes_are_those_of_the_check_and_stand_before_the_link_beyond():
    _, _, asked, cut = cut_at("security", "09:30", 5)
    (row,) = cut.cut_out.lanes
    assert (row.code, cut.cut_out.arms[row.ahead].code) == ("W-security", "gate")
    assert row.open == (3,) * 5
    assert row.from_s[0] == asked.starts_s
    assert row.pitch_m == 2.0  # 12 m for three, two meters at most


def test_who_is_there_at_the_start_stands_where_the_day_has_them():
    _, day, asked, cut = cut_at("security", "09:32", 5)
    persons = cut.cut_out.persons
    station = day.station_codes.index("W-security")
    rows = np.flatnonzero(day.service_station == station)
    joined_s, begun_s = day.service_joined_s[rows], day.service_joined_s[rows] + day.service_wait_s[rows]
    waiting = day.service_person[rows[(joined_s <= asked.starts_s) & (begun_s > asked.starts_s)]]
    assert sorted(persons.key[persons.state == IN_LINE]) == sorted(waiting)
    assert (persons.state == SERVED).sum() <= 3
    assert (persons.service_s[persons.state == SERVED] > 0).all()
    assert np.isnan(persons.away_m[np.isin(persons.state, (NOT_YET, IN_LINE, SERVED))]).all()
    moving = np.isin(persons.state, (COMING, GOING))
    assert moving.any()
    assert not np.isnan(persons.away_m[moving]).any()
    assert (persons.enter_s[persons.state != NOT_YET] < asked.starts_s).all()


def test_who_comes_enters_in_the_minutes_and_reaches_the_check_when_the_day_says():
    _, _, asked, cut = cut_at("security", "09:30", 5)
    persons = cut.cut_out.persons
    new = persons.state == NOT_YET
    assert new.sum() > 30
    assert (persons.enter_s[new] >= asked.starts_s).all()
    assert (persons.enter_s[new] < asked.ends_s).all()
    # On an empty walkway they would reach the front of the lanes at their own speed exactly then.
    there_s = np.array([each.there_s for each in cut.passages])
    walk_s = cut.in_m / persons.speed_m_per_s
    late_s = (persons.enter_s + walk_s - there_s)[new & (persons.lanes == 0)]
    assert np.median(np.abs(late_s)) < 2.0


def test_persons_of_a_link_go_from_one_end_to_the_other():
    _, _, _, cut = cut_at("door1", "11:00", 15)
    persons = cut.cut_out.persons
    assert [arm.code for arm in cut.cut_out.arms] == ["east", "H1-a"]
    assert (persons.from_arm + persons.to_arm == 1).all()
    west, south, east, north = cut.floor.walkable.bounds
    assert math.hypot(east - west, north - south) > 40
    assert not cut.cut_out.lanes


def test_who_stays_goes_into_a_bay():
    _, _, _, cut = cut_at("east", "12:00", 10)
    assert cut.cut_out.arms[-1].code == ""
    bay = len(cut.cut_out.arms) - 1
    assert ((cut.cut_out.persons.to_arm == bay) | (cut.cut_out.persons.from_arm == bay)).any()


def test_too_many_persons_are_refused_with_the_minutes_that_fit(monkeypatch):
    monkeypatch.setattr("hostcity.studies.microscope.cut.MOST_PERSONS", 60)
    with pytest.raises(PlanError, match=r"persons pass security in 15 minutes from 09:30; 60 can be played") as refused:
        cut_at("security", "09:30", 15)
    (problem,) = refused.value.problems
    assert problem.code == "microscope.persons"
    fits = int(str(problem.mend).split()[2])
    assert len(cut_at("security", "09:30", fits)[3].cut_out.persons) <= 60
    monkeypatch.setattr("hostcity.studies.microscope.cut.MOST_PERSONS", 5)
    with pytest.raises(PlanError, match="Take another time, or one of its links"):
        cut_at("security", "09:32", 15)


def test_a_place_that_nobody_passes_then_is_told_with_the_nearest_time():
    with pytest.raises(PlanError, match=r"nobody passes security in 5 minutes from 07:00.*does is 08:0") as refused:
        cut_at("security", "07:00", 5)
    assert refused.value.problems[0].code == "microscope.nobody"


def test_places_without_a_bearing_stand_in_the_widest_gaps():
    assert _filled([0.0, None, math.pi / 2]) == pytest.approx([0.0, math.radians(225), math.pi / 2])
    assert _filled([None, None]) == pytest.approx([0.0, math.pi])


def test_closed_lanes_stay_closed():
    plan, day, speeds = tiny()
    asked = asked_of(plan, "security", "07:50", 15)
    cut = cut_out_of(plan, day, asked, passages_at(plan, day, asked, check_at(plan, day, asked)), speeds)
    assert cut.cut_out.lanes[0].open == (0,) * 10 + (3,) * 5
    assert dataclasses.is_dataclass(cut)
