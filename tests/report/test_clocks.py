"""Times and numbers as JSON and people take them."""

import pytest

from hostcity.report.clocks import clock, finite, minute, minutes_text


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
