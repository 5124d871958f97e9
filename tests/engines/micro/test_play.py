"""A cut-out played by JuPedSim: nobody is lost, walls hold, lanes serve one at a time, the same seed walks the same."""

import dataclasses
from collections import Counter

import numpy as np
import pytest

from hostcity.engines.micro import floor_of, play_cut_out
from tests.engines.micro.plazas import busy_gate, corridor, gate, persons

pytest.importorskip("jupedsim")


@pytest.fixture(scope="module")
def busy():
    cut_out = busy_gate()
    return cut_out, floor_of(cut_out.arms, cut_out.lanes), play_cut_out(cut_out, seed=3)


def test_who_came_is_gone_or_inside_in_every_frame(busy):
    cut_out, _, played = busy
    assert played.came == len(cut_out.persons) == played.went + played.inside
    assert played.went > 30
    for frame, at_s in enumerate(played.frame_s):
        there = set(played.person[played.first[frame] : played.first[frame + 1]].tolist())
        came, went = played.came_s < max(at_s, 1e-9), ~(played.went_s <= at_s)
        assert there == set(np.flatnonzero(came & went).tolist()) | (there if at_s == 0.0 else set())


def test_nobody_walks_through_walls(busy):
    from shapely import contains_xy

    _, floor, played = busy
    assert contains_xy(floor.walkable, played.x_m.astype(float), played.y_m.astype(float)).all()


def test_the_same_seed_walks_the_same_and_another_one_does_not(busy):
    cut_out, _, played = busy
    assert play_cut_out(cut_out, seed=3).sha256 == played.sha256
    assert play_cut_out(cut_out, seed=4).sha256 != played.sha256


def test_a_free_walk_takes_its_length_over_the_speed():
    played = play_cut_out(corridor(persons(1, enter_s=np.array([1.0]))))
    assert played.came_s[0] == 1.0
    # From 0.3 m inside of one end to the other.
    assert played.went_s[0] - 1.0 == pytest.approx((40.0 - 0.3) / 1.34, abs=0.26)


def test_one_lane_serves_one_after_the_other_without_a_pause():
    people = persons(10, enter_s=np.arange(10) * 0.5, lanes=np.zeros(10, np.int32), service_s=np.full(10, 6.0))
    played = play_cut_out(gate(people, lanes=1))
    began = np.sort(played.served_from_s)
    assert np.diff(began) == pytest.approx(np.full(9, 6.0), abs=1e-9)
    assert (played.served_s - played.served_from_s >= 6.0).all()


def test_who_is_being_served_at_the_start_is_served_first_and_those_in_line_in_order():
    people = persons(
        4, enter_s=np.full(4, -10.0), lanes=np.zeros(4, np.int32), service_s=np.array([5.0, 5.0, 5.0, 2.0]),
        state=np.array([2, 2, 2, 3], np.int32), joined_s=np.array([-5.0, -7.0, -6.0, -1.0]),
    )  # fmt: skip
    played = play_cut_out(gate(people, lanes=1))
    assert np.argsort(played.served_from_s).tolist() == [3, 1, 2, 0]
    assert played.served_from_s.tolist() == pytest.approx([12.0, 2.0, 7.0, 0.0], abs=0.3)


def test_people_spread_over_open_lanes_and_closed_ones_serve_nobody():
    people = persons(12, enter_s=np.arange(12) * 0.5, lanes=np.zeros(12, np.int32), service_s=np.full(12, 8.0))
    three = play_cut_out(gate(people, lanes=3))
    began = three.served_from_s
    at_once = max(((began <= at) & (began + 8.0 > at)).sum() for at in began)
    assert at_once == 3
    shut = play_cut_out(gate(people, opened=[(0.0, 0), (60.0, 3)]))
    assert shut.served_s.min() >= 60.0
    assert shut.inside + shut.went == 12


def test_more_than_find_room_wait_outside_and_come_in_order():
    people = persons(60, enter_s=np.zeros(60))
    played = play_cut_out(corridor(people, width_m=2.0))
    assert played.held_out > 40
    assert (np.diff(played.came_s) >= 0).all()


def test_who_comes_and_who_goes_keep_to_the_right():
    people = persons(
        40, enter_s=np.arange(40) * 1.0, from_arm=(np.arange(40) % 2).astype(np.int32),
        to_arm=(1 - np.arange(40) % 2).astype(np.int32),
    )  # fmt: skip
    played = play_cut_out(corridor(people, width_m=8.0, lasts_s=120.0))
    assert played.went == 40
    side = Counter(
        (bool(who % 2), bool(y > 0)) for who, y in zip(played.person.tolist(), played.y_m.tolist(), strict=True)
    )
    right = side[(False, False)] + side[(True, True)]
    assert right > 0.95 * sum(side.values())


def test_a_crowd_that_cannot_be_put_down_is_told():
    people = persons(200, state=np.ones(200, np.int32), away_m=np.full(200, 4.0), enter_s=np.full(200, -1.0))
    with pytest.raises(ValueError, match="more persons are there at the start than find room"):
        play_cut_out(corridor(people, width_m=2.0, length_m=8.0))


def test_progress_ends_near_the_end_and_frames_are_half_a_second_apart():
    told = []
    played = play_cut_out(corridor(persons(2), lasts_s=20.0), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert np.diff(played.frame_s).tolist() == [0.5] * 40
    assert dataclasses.is_dataclass(played)


def test_who_is_on_the_way_to_a_lane_stands_between_mouth_and_line():
    away_m = np.array([14.0, 5.0, 0.0, -3.0])
    people = persons(
        4, state=np.ones(4, np.int32), away_m=away_m, enter_s=np.full(4, -1.0), lanes=np.zeros(4, np.int32),
        service_s=np.full(4, 5.0),
    )  # fmt: skip
    cut_out = gate(people, lanes=2)
    played = play_cut_out(cut_out)
    floor = floor_of(cut_out.arms, cut_out.lanes)
    x = dict(zip(played.person[:4].tolist(), played.x_m[:4].tolist(), strict=True))
    assert x[0] == pytest.approx(-14.0, abs=0.5)
    assert -floor.ways[0].mouth_m - 0.5 < x[1] < x[2] < x[3] <= floor.lanes[0][0].tail[0] + 0.5
    assert played.served_s[3] < played.served_s[0]
