"""Figures of a plan in words."""

import dataclasses

import pytest

from hostcity.report.figure_names import figure_name
from tests.fairs import small_fair


@pytest.mark.parametrize(
    ("figure", "en", "zh"),
    [
        ("approaches.(gate W).weight", "share of gate West in all streams", "各客流走西入口的比例"),
        ("approaches.(gate S).weight", "share of gate S in all streams", "各客流走 S 入口的比例"),
        ("stations.W-security.lanes", "lanes of Security, West (W-security)", "安检·西（W-security）的通道数"),
        ("stations.*.lanes", "lanes of 5 rows of sheet stations (*)", "stations 表全部 5 行（*）的通道数"),
        ("stations.W-sec*.lanes", "lanes of Security, West (W-security)", "安检·西（W-security）的通道数"),
        ("profiles.am-8.weight", "weight of profiles.am-8", "profiles.am-8 的权重"),
        ("streams.metro.persons", "persons of Metro", "地铁的人数"),
        ("streams.metro.*", "all figures of Metro", "地铁的全部数据"),
        ("edition.tiny.last_entry_at", "last entry", "停止入场"),
        ("approaches.metro-W.weight", "weight of Metro to gate West", "地铁至西入口的权重"),
        ("nothing", "nothing", "nothing"),
        ("nosheet.a.b", "nosheet.a.b", "nosheet.a.b"),
    ],
)
def test_a_figure_has_a_name(figure, en, zh):
    assert tuple(figure_name(small_fair(), figure)) == (en, zh)


def test_stations_of_one_service_are_called_by_it():
    plan = small_fair()
    security = next(row for row in plan.stations if row.service == "security")
    two = plan.replace(stations=(*plan.stations, dataclasses.replace(security, code="E-security")))
    name = figure_name(two, "stations.*-security.lanes")
    assert name.en == "lanes of Security (2 stations, *-security)"
    assert name.zh == "安检（2 处，*-security）的通道数"
