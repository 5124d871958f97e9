"""The hall in which walking is measured is the one that is told, and our side of it is right."""

import numpy as np
from benchmarks.walk.beside import by_brute_force
from benchmarks.walk.hall import hall, points_in, stands

from hostcity.engines.walk import is_on


def test_the_hall_has_600_stands_and_one_floor():
    floor = hall()
    assert len(stands()) == 600
    assert floor.part_of.max() == 0
    assert is_on(floor, points_in(floor, 500, 1)).all()
    assert len(points_in(floor, 500, 1)) == 500


def test_ways_between_stands_are_those_of_brute_force():
    ours, slow = by_brute_force()
    assert ours.size > 1000
    np.testing.assert_allclose(ours, slow, rtol=1e-12)
