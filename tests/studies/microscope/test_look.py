"""The whole study on the tiny example: figures of both are what they say, and the offer can be played."""

import dataclasses
import math

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.engines.micro import OpeningTrial
from hostcity.plan import apply_overrides, read_plan
from hostcity.studies.microscope import Offer, asked_of, look_at
from tests.studies.microscope.days import tiny

pytest.importorskip("jupedsim")
pytest.importorskip("pedpy")


@pytest.fixture(scope="module")
def seen():
    plan, _, _ = tiny()
    told = []
    found = look_at(plan, asked_of(plan, "security", "09:30", 5), trials=0, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    return found


def figures(seen):
    return {row.figure: (row.day, row.cut_out) for row in seen.beside}


def test_nobody_is_lost_between_day_and_plane(seen):
    persons = len(seen.cut.cut_out.persons)
    assert figures(seen)["persons"] == (persons, persons)
    assert seen.played.came == persons == seen.played.went + seen.played.inside


def test_the_days_figures_are_those_of_its_arrays(seen):
    plan, day, _ = tiny()
    asked = seen.asked
    station = day.station_codes.index("W-security")
    rows = np.flatnonzero(day.service_station == station)
    begun_s = day.service_joined_s[rows] + day.service_wait_s[rows]
    began = int(((begun_s >= asked.starts_s) & (begun_s < asked.ends_s)).sum())
    assert abs(figures(seen)["served"][0] - began) <= 3  # who is being served at either end
    first = int((asked.starts_s - day.clock_start_s) // 60)
    waiting = day.station_queue[station, first : first + 5].max()
    assert waiting <= figures(seen)["queue_persons"][0] <= waiting + 8  # and those who are being served
    passed = day.link_flow[day.link_codes.index(plan.links[seen.cut.arm_links[seen.arm]].code)].sum(axis=0)
    slot = int((asked.starts_s - day.clock_start_s) // 300)
    width = seen.cut.cut_out.arms[seen.arm].opening_m
    assert figures(seen)["flow_per_m_per_s"][0] == pytest.approx(passed[slot] / width / 300, rel=0.1)


def test_the_planes_figures_are_those_of_its_trajectories(seen):
    found = figures(seen)
    assert found["served"][1] == np.isfinite(seen.played.served_s).sum()
    assert found["density_per_m2"][1] == seen.measured.densest_per_m2.max()
    assert found["queue_persons"][1] == seen.measured.queue_persons.max()
    longest = seen.measured.longest
    assert found["queue_m2"][1] == seen.measured.queue_m2[longest]
    assert found["queue_per_m2"][1] == pytest.approx(found["queue_persons"][1] / found["queue_m2"][1])
    width = seen.cut.cut_out.arms[seen.arm].opening_m
    through = seen.measured.out_minute[seen.arm].sum() + seen.measured.in_minute[seen.arm].sum()
    assert found["flow_per_m_per_s"][1] == pytest.approx(through / width / 300)


def test_a_check_that_is_not_crowded_serves_the_same_in_both(seen):
    found = figures(seen)
    assert found["served"][1] == pytest.approx(found["served"][0], abs=4)
    assert found["way_s"][1] == pytest.approx(found["way_s"][0], rel=0.25)
    assert found["density_per_m2"][1] > found["density_per_m2"][0]


def test_the_same_seed_sees_the_same_and_another_one_does_not(seen):
    plan, _, _ = tiny()
    assert look_at(plan, seen.asked, trials=0).played.sha256 == seen.played.sha256
    assert look_at(plan, seen.asked, seed=2, trials=0).played.sha256 != seen.played.sha256


def offer(opening_m, *flows):
    return Offer(
        link="door1", opening_m=opening_m, plan_flow_per_m_per_s=1.22,
        trial=OpeningTrial(opening_m=opening_m, persons=150, flow_per_m_per_s=flows),
    )  # fmt: skip


def test_an_offer_is_the_opening_with_which_the_link_lets_through_as_many():
    found = offer(6.0, 1.0, 1.02, 0.98)
    assert found.door_m == pytest.approx(6.0 * 1.0 / 1.22, abs=0.005)
    assert found.range_m == pytest.approx((6.0 * 0.98 / 1.22, 6.0 * 1.02 / 1.22), abs=0.005)
    assert found.override == "links.door1.door_m=4.92"


def test_nothing_is_offered_that_trials_cannot_tell():
    assert offer(6.0, 1.1, 1.3, 1.15).override == ""
    assert offer(6.0, 1.23, 1.24, 1.24).override == ""


def test_an_offer_is_played_and_changes_the_link():
    plan = read_plan("examples/tiny")
    changed = apply_overrides(plan, [offer(6.0, 0.2, 0.21).override])
    assert next(link.door_m for link in changed.links if link.code == "door1") == pytest.approx(1.01)
    before, after = rehearse_day(plan), rehearse_day(changed)
    link = before.link_codes.index("door1")
    assert after.link_peak_per_m2[link] > before.link_peak_per_m2[link]


@pytest.mark.slow
def test_a_trial_takes_the_speeds_of_the_place_and_the_kind_of_the_link():
    plan, _, _ = tiny()
    found = look_at(plan, asked_of(plan, "door1", "12:00", 5), trials=1)
    assert found.offer.link == "door1"
    assert found.offer.opening_m == 6.0
    assert found.offer.trial.persons == 360
    assert 0.9 < found.offer.trial.mean < 1.9
    lift = plan.replace(
        links=tuple(dataclasses.replace(row, kind="lift") if row.code == "door1" else row for row in plan.links)
    )
    assert look_at(lift, asked_of(lift, "door1", "12:00", 5), trials=1).offer is None


@pytest.mark.slow
def test_the_busiest_gate_plaza_of_the_demonstration():
    plan = read_plan("examples/ciie2019")
    found = look_at(plan, asked_of(plan, "N-security", "10:00", 2))
    assert 1000 < len(found.cut.cut_out.persons) <= 1500
    assert found.cut.station == "N-security"
    assert found.played.came == found.played.went + found.played.inside
    both = figures(found)
    assert both["served"][1] == pytest.approx(both["served"][0], rel=0.1)
    assert both["queue_persons"][0] > 400
    assert both["queue_persons"][1] == pytest.approx(both["queue_persons"][0], rel=0.25)
    assert both["queue_m2"][1] < 14_000  # the floor that the plan gives it
    assert not math.isnan(both["density_per_m2"][1])
    assert 1.0 < found.offer.trial.mean < 1.9
