"""The chart of swings: bars from the base to where each end of a figure leads."""

import dataclasses
import math

from hostcity.report.tornado import tornado_of
from hostcity.studies.swings import Swing, Swings
from tests.rehearsals import small_rehearsal


def swings(base_s, low_s, high_s):
    verdict = dataclasses.replace(small_rehearsal().verdict, peak_limit_s=1800.0)

    def taking(seconds):
        return dataclasses.replace(verdict, peak_p99_s=seconds)

    swing = Swing(
        figure="stations.*.lanes",
        mark="assumed",
        low_factor=0.8,
        high_factor=1.2,
        is_usual=False,
        tried=("×0.8", "×1.2"),
        low=taking(low_s),
        high=taking(high_s),
    )
    return Swings(base=taking(base_s), swings=(swing,), not_varied=(), not_tried=())


def test_bars_reach_from_the_base_to_each_end_on_one_scale():
    drawn = tornado_of(swings(1200.0, 2400.0, 600.0))
    ((_, low, high),) = drawn.bars
    scale = 100 / (1.05 * 2400)
    assert drawn.base_at == round(1200 * scale, 2)
    assert drawn.limit_at == round(1800 * scale, 2)
    assert (low.left, round(low.left + low.width, 1)) == (drawn.base_at, round(2400 * scale, 1))
    assert (high.left, round(high.left + high.width, 1)) == (round(600 * scale, 2), round(1200 * scale, 1))
    assert [tick for _, tick in drawn.ticks] == [0, 10, 20, 30, 40]


def test_an_end_without_end_reaches_the_edge():
    ((_, low, _),) = tornado_of(swings(1200.0, math.inf, 600.0)).bars
    assert round(low.left + low.width, 1) == 100.0


def test_nothing_moves_still_shows():
    ((_, low, high),) = tornado_of(swings(0.0, 0.0, 0.0)).bars
    assert low.width == high.width > 0


def test_no_swings_no_chart():
    assert tornado_of(None) is None
