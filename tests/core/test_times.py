"""Times are written as Django writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import formats, timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from hostcity.core.times import written

TIMES = st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@given(at=TIMES)
def test_a_time_is_written_as_django_writes_it(language: str, at: datetime) -> None:
    with translation.override(language), timezone.override(ZoneInfo("Asia/Shanghai")):
        for form in ("SHORT_DATETIME_FORMAT", "DATETIME_FORMAT", "SHORT_DATE_FORMAT"):
            assert written(at, form) == formats.date_format(timezone.localtime(at), form)


def test_a_letter_that_is_not_known_is_an_error() -> None:
    with pytest.raises(ValueError, match="'P' is no letter"):
        written(datetime(2026, 11, 5, tzinfo=UTC), "j M, P")
