"""Fan charts: which days the band holds, and where everything stands."""

import math

import numpy as np
import pytest

from hostcity.report.fans import fan_of, quantiles

HOUR_S = 3600.0


def test_the_band_holds_8_of_10_days():
    values = np.random.default_rng(1).permutation(np.arange(1.0, 101.0))[:, None]
    assert quantiles(values).ravel().tolist() == [10.0, 50.0, 90.0]


def test_one_day_is_its_own_band_and_an_endless_wait_is_the_largest():
    assert quantiles(np.array([[7.0]])).ravel().tolist() == [7.0, 7.0, 7.0]
    assert quantiles(np.array([[1.0], [math.inf], [2.0]])).ravel().tolist() == [1.0, 2.0, math.inf]


def test_a_time_of_which_most_days_know_nothing_is_a_gap():
    nan = math.nan
    values = np.array([[1.0, nan, 5.0], [1.0, nan, 5.0], [1.0, 9.0, nan]])
    found = quantiles(values)
    assert found[:, 2].tolist() == [5.0, 5.0, 5.0]
    assert np.isnan(found[:, 1]).all()
    fan = fan_of(values, starts_s=8 * HOUR_S, step_s=HOUR_S)
    assert (len(fan.bands), len(fan.lines)) == (2, 2)
    assert [row[0] for row in fan.rows] == ["08:00", "10:00"]


def test_everything_stands_on_one_scale():
    values = np.array([[0.0, 10.0, 20.0, 0.0]])
    fan = fan_of(values, starts_s=8 * HOUR_S, step_s=HOUR_S, limits=(30.0, 10.0), shade_s=(9 * HOUR_S, 10 * HOUR_S))
    top = 1.08 * 30
    assert fan.limits == (round(100 * (1 - 30 / top), 2), round(100 * (1 - 10 / top), 2))
    assert fan.lines == (f"M25.0 {fan.limits[1]}L75.0 {round(100 * (1 - 20 / top), 2)}",)
    assert fan.shade == (0.0, 50.0)  # the chart begins where the first value is
    assert fan.hours == ((0.0, "09:00"), (25.0, "09:30"), (50.0, "10:00"), (75.0, "10:30"), (100.0, "11:00"))
    assert fan.steps == (
        (round(100 * (1 - 10 / top), 2), "10"),
        (round(100 * (1 - 20 / top), 2), "20"),
        (fan.limits[0], "30"),
    )
    assert not fan.is_endless


def test_what_has_no_end_reaches_the_upper_edge():
    fan = fan_of(np.array([[5.0, math.inf]]), starts_s=0.0, step_s=900.0)
    assert fan.is_endless
    assert fan.lines[0].endswith(" 0.0")


@pytest.mark.parametrize("hours", [1, 3, 8, 14, 20, 30])
def test_labels_have_room_on_a_phone(hours):
    fan = fan_of(np.full((2, 4 * hours), 1234.0), starts_s=7.25 * HOUR_S, step_s=900.0, every=4)
    assert 2 <= len(fan.hours) <= 8
    assert 1 <= len(fan.steps) <= 5
    assert len(fan.rows) == hours


def test_nothing_to_draw():
    assert fan_of(np.full((3, 4), math.nan), starts_s=0.0, step_s=900.0) is None
    assert fan_of(np.zeros((3, 4)), starts_s=0.0, step_s=900.0) is None
