"""Quantities and values in words."""

import pytest

from hostcity.report.findings import value_text
from hostcity.report.quantities import quantity_name
from hostcity.report.words import Both
from tests.fairs import small_fair


@pytest.mark.parametrize(
    ("path", "en", "zh"),
    [
        ("entries.total", "Entries in the whole day", "全天入场人次"),
        ("entries.by@14:00", "Entries by 14:00", "截至 14:00 入场人次"),
        ("streams.m*.arrived_by@08:30", "Arrived by 08:30: Metro", "截至 08:30 到达：地铁"),
        ("streams.none*.arrived_by@08:30", "Arrived by 08:30: none*", "截至 08:30 到达：none*"),
        ("areas.H1.peak_persons", "Hall 1: most persons at once", "1 号馆：同时在馆最多人数"),
        ("departures.peak_hour_starts", "Busiest hour of departures begins", "离场最高峰小时开始"),
        (
            "entry.metro_to_hall_p50_s@08:00-09:00",
            "Metro to first hall, half of those who arrive 08:00-09:00",
            "地铁出站至首个展厅，08:00-09:00 到达者中半数人的用时",
        ),
        ("something.else", "something.else", "something.else"),
    ],
)
def test_a_quantity_has_a_name(path, en, zh):
    assert quantity_name(small_fair(), path) == Both(en, zh)


@pytest.mark.parametrize(
    ("value", "unit", "en", "zh"),
    [
        (13_582.0, "persons", "13,582 persons", "13,582 人"),
        (57_600.0, "s after midnight", "16:00", "16:00"),
        (900.0, "s", "15.0 min", "15.0 分钟"),
        (3.0885, "halls", "3.09 halls", "3.09 个展厅"),
        (float("nan"), "persons", "not known to this version", "本版本不识别"),
    ],
)
def test_a_value_reads_in_its_unit(value, unit, en, zh):
    assert value_text(value, unit) == Both(en, zh)
