"""What the benchmark of the day says of memory: it reads arrays by name, and follows when they get other names."""

from __future__ import annotations

from benchmarks.day import bytes_per_visitor, play_loop

from hostcity.engines.day.rehearse import prepare
from hostcity.plan import read_plan


def test_bytes_per_visitor_are_those_of_rows_in_use() -> None:
    day = prepare(read_plan("examples/tiny"), seed=1)
    play_loop(day)
    size = bytes_per_visitor(day)
    assert 0.0 < size["of it stops"] < size["plan"]
    assert 0.0 < size["state"] <= size["state reserved"]
