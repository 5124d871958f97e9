"""Times and numbers as JSON and people take them."""

import pytest

from hostcity.report.clocks import clock, finite, limit_text, minute, minutes_text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0, "00:00:00"), (32_399.6, "09:00:00"), (90_061.0, "25:01:01"), (float("nan"), None), (float("inf"), None)],
)
def test_clock(seconds, text):
    assert clock(seconds) == text


def test_a_minute_is_the_one_that_is_running():
    assert minute(32_459.9) == "09:00"
    assert minute(float("nan")) == ""


def test_what_is_not_finite_is_none():
    assert finite(float("inf")) is None
    assert finite(float("nan")) is None
    assert finite(0.12345678) == 0.123457
    assert minutes_text(float("inf")) == ""
    assert minutes_text(90.0) == "1.5"


@pytest.mark.parametrize(
    ("seconds", "limit_s", "wait", "limit"),
    [
        (600.0, 600.0, "10.0", "10"),
        (600.3, 600.0, "10.005", "10"),
        (599.9, 600.0, "10.0", "10"),
        (600.001, 600.0, "10.00002", "10"),
        (1.2, 1.0, "0.02", "0.0166667"),
        (0.4, 1.0, "0.0", "0.0166667"),
        (450.5, 450.0, "7.51", "7.5"),
    ],
)
def test_a_wait_over_its_limit_never_reads_like_it(seconds, limit_s, wait, limit):
    assert minutes_text(seconds, limit_s) == wait
    assert limit_text(limit_s) == limit
