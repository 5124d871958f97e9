"""Figures of trajectories are those of their definitions, computed by loops."""

import math
from importlib.util import find_spec

import numpy as np
import pytest

from hostcity.engines.micro import floor_of, measure, play_cut_out
from hostcity.engines.micro.measures import CUT_OFF_M, SLOW_M, SQUARE_M, crossings, in_queue
from hostcity.engines.micro.trajectories import Trajectories
from tests.engines.micro.plazas import busy_gate, corridor, persons
from tests.naive import crowds

if find_spec("pedpy") is None:  # to import it takes long, and every process collects this file
    pytest.skip("needs hostcity[micro]", allow_module_level=True)


@pytest.fixture(scope="module")
def busy():
    cut_out = busy_gate()
    floor = floor_of(cut_out.arms, cut_out.lanes)
    played = play_cut_out(cut_out, floor=floor, seed=3)
    return cut_out, floor, played, measure(cut_out, floor, played)


def standing(places, seconds=6.0):
    """Trajectories of people who do not move."""
    count, frames = len(places), int(seconds / 0.5) + 1
    nobody = np.full(count, np.nan)
    x, y = np.array(places, np.float32).T
    return Trajectories(
        frame_s=np.arange(frames) * 0.5, first=np.arange(frames + 1, dtype=np.int32) * count,
        person=np.tile(np.arange(count, dtype=np.int32), frames), x_m=np.tile(x, frames), y_m=np.tile(y, frames),
        came_s=np.zeros(count), served_from_s=nobody, served_s=nobody, went_s=nobody,
        in_line=np.zeros(count * frames, bool), held_out=0,
    )  # fmt: skip


def test_people_half_a_meter_apart_stand_at_four_per_square_meter():
    cut_out = corridor(persons(160), width_m=4.0, length_m=20.0, lasts_s=6.0)
    floor = floor_of(cut_out.arms)
    places = [(-4.75 + 0.5 * column, -1.75 + 0.5 * row) for column in range(20) for row in range(8)]
    found = measure(cut_out, floor, standing(places))
    assert found.densest_per_m2[0] == pytest.approx(4.0, rel=1e-3)
    # All stand in a queue; the floor they take is theirs and a meter beyond.
    assert found.at_s.tolist() == [3.0]
    assert found.queue_persons.tolist() == [160]
    assert found.queue_m2[0] == pytest.approx(4.0 * (9.5 + 2 * CUT_OFF_M), rel=0.02)


def test_the_density_of_the_densest_square_is_that_of_a_raster(busy):
    from shapely import Point

    _, floor, played, found = busy
    at = found.densest
    frame = found.frame[at]
    rows = slice(played.first[frame], played.first[frame + 1])
    people = list(zip(played.x_m[rows].tolist(), played.y_m[rows].tolist(), strict=True))
    x, y = found.densest_xy_m[at]
    near = [each for each in people if math.dist(each, (x, y)) < 6.0]
    naive = crowds.square_density(
        near, lambda x, y: floor.walkable.contains(Point(x, y)), x - 1.0, y - 1.0, SQUARE_M, CUT_OFF_M
    )
    assert found.densest_per_m2[at] == pytest.approx(naive, rel=0.02)


def test_the_densest_square_is_none_other_by_pedpy_itself(busy):
    import pandas as pd
    import pedpy
    from shapely import box

    _, floor, played, found = busy
    at = found.densest
    rows = slice(played.first[found.frame[at]], played.first[found.frame[at] + 1])
    table = pd.DataFrame({"id": played.person[rows], "frame": 0, "x": played.x_m[rows], "y": played.y_m[rows]})
    area = pedpy.WalkableArea(floor.walkable)
    cells = pedpy.compute_individual_voronoi_polygons(
        traj_data=pedpy.TrajectoryData(data=table, frame_rate=2.0),
        walkable_area=area,
        cut_off=pedpy.Cutoff(radius=1.0, quad_segments=4),
    )
    x, y = found.densest_xy_m[at]
    square = floor.walkable.intersection(box(x - 1, y - 1, x + 1, y + 1))
    density, _ = pedpy.compute_voronoi_density(
        individual_voronoi_data=cells, measurement_area=pedpy.MeasurementArea(square)
    )
    assert found.densest_per_m2[at] == pytest.approx(float(density["density"].iloc[0]), rel=1e-6)


def test_flow_through_mouths_is_that_of_loops_and_balances(busy):
    cut_out, floor, played, found = busy
    for arm, way in enumerate(floor.ways):
        naive = []
        for path in paths_of(played).values():
            turned = [
                (played.frame_s[frame], x * math.cos(way.angle_rad) + y * math.sin(way.angle_rad),
                 y * math.cos(way.angle_rad) - x * math.sin(way.angle_rad))
                for frame, (x, y) in path.items()
            ]  # fmt: skip
            naive += crowds.crossings(turned, way.mouth_m, way.opening_m)
        ours = crossings(way, played)
        assert [each[1] for each in ours] == [each[1] for each in naive]
        assert [each[0] for each in ours] == pytest.approx([each[0] for each in naive])
        assert found.out_minute[arm].sum() == sum(out for _, out in naive)
    # Whoever goes out by an arm has come in by one, or was in the middle at the start.
    assert found.out_minute.sum() <= found.in_minute.sum() + (cut_out.persons.state >= 2).sum()
    assert found.out_minute.sum() > 30


def test_queues_are_those_of_loops(busy):
    _, _, played, _ = busy
    paths = paths_of(played)
    lined = {who: {} for who in paths}
    frame_of = np.repeat(np.arange(played.frame_s.size), np.diff(played.first))
    for who, frame, line in zip(played.person.tolist(), frame_of.tolist(), played.in_line.tolist(), strict=True):
        lined[who][frame] = line
    naive = crowds.queueing(list(paths.values()), [lined[who] for who in paths], SLOW_M, 4)
    stands = in_queue(played)
    ours = {who: set() for who in paths}
    for who, frame, queues in zip(played.person.tolist(), frame_of.tolist(), stands.tolist(), strict=True):
        if queues:
            ours[who].add(frame)
    assert list(ours.values()) == naive
    assert stands.any()
    assert not stands.all()


def test_a_cut_out_in_which_nobody_is_has_no_density():
    cut_out = corridor(persons(1, enter_s=np.array([100.0])), lasts_s=10.0)
    found = measure(cut_out, floor_of(cut_out.arms), play_cut_out(cut_out))
    assert found.densest_per_m2.tolist() == [0.0] * 2
    assert found.queue_persons.tolist() == [0] * 2


def paths_of(played):
    """Places by frame, by person."""
    frame_of = np.repeat(np.arange(played.frame_s.size), np.diff(played.first))
    found = {}
    rows = zip(played.person.tolist(), frame_of.tolist(), played.x_m.tolist(), played.y_m.tolist(), strict=True)
    for who, frame, x, y in rows:
        found.setdefault(who, {})[frame] = (x, y)
    return dict(sorted(found.items()))
