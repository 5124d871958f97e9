"""Heads before a face: beside heads thrown one by one, and what a crowd does to a plan of signs."""

import math

import numpy as np
import pytest

from hostcity.plan.rows import EYE_HEIGHT_M
from hostcity.studies.signs import demand_of, plan_faces
from hostcity.studies.signs.crowds import AHEAD_M, HEAD_M, NEAREST_M, TALL_M, TALL_SD_M, UP_DEG, clear_share
from tests.studies.signs.crossing import LINKS, crossing
from tests.studies.signs.test_planning import Day


@pytest.mark.parametrize(("height_m", "density_per_m2"), [(3.5, 3.0), (2.2, 1.0), (1.7, 0.4)])
def test_heads_thrown_one_by_one_hide_as_often(height_m, density_per_m2):
    chance = np.random.default_rng(1)
    from_m = max((height_m - EYE_HEIGHT_M) / math.tan(math.radians(UP_DEG)), NEAREST_M)
    looks, free = 20_000, 0
    for heads in chance.poisson(density_per_m2 * HEAD_M * (from_m - AHEAD_M), looks):
        at_m = chance.uniform(AHEAD_M, from_m, heads)
        line_m = EYE_HEIGHT_M + (height_m - EYE_HEIGHT_M) * at_m / from_m
        free += not (chance.normal(TALL_M, TALL_SD_M, heads) > line_m).any()
    expected = float(clear_share(np.array([density_per_m2]), height_m)[0])
    assert abs(free / looks - expected) < 4 * math.sqrt(expected * (1 - expected) / looks)


def test_denser_crowds_and_lower_faces_are_hidden_more():
    density = np.array([0.0, 0.5, 2.0, 4.0])
    high, low = clear_share(density, 3.5), clear_share(density, 1.7)
    assert high[0] == low[0] == 1.0
    assert (np.diff(high) < 0).all()
    assert (low[1:] < high[1:]).all()


def test_density_is_that_around_somebody():
    day = Day(link_density_per_m2=np.full((2, len(LINKS)), [[0.0], [2.0]]))
    assert demand_of(crossing(), day).density_per_m2.tolist() == [2.0] * len(LINKS)


def test_signs_spare_less_where_a_crowd_hides_them():
    plan = crossing()
    empty, full = (
        plan_faces(
            plan,
            demand_of(plan, Day(link_density_per_m2=np.full((2, len(LINKS)), each))),
            faces=3,
            names=2,
            bound_s=0.5,
        )
        for each in (0.0, 4.0)
    )
    assert empty.found.unsigned == full.found.unsigned
    assert full.found.unsigned < full.found.score < empty.found.score
