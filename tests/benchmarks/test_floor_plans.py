"""What the benchmark of floor plans calls the same."""

from __future__ import annotations

from benchmarks.floor_plans import is_same

from hostcity.plan.imdf import drawing_of, examine, write_archive
from tests.plan.imdf.archives import market, saved, the
from tests.plan.test_drawing import STAND, drawn, other


def test_a_drawing_that_comes_back_is_the_same_and_another_is_not(tmp_path):
    plan = drawn()
    write_archive(plan, tmp_path / "venue.zip")
    examined = examine(tmp_path / "venue.zip")
    assert is_same(examined, drawing_of(plan))
    assert not is_same(examined, drawing_of(plan.replace(stands=(other(STAND, height_m=3.0),))))


def test_what_cannot_be_read_is_not_the_same(tmp_path):
    files = market()
    the(files, "hall")["properties"]["category"] = "ballroom"
    assert not is_same(examine(saved(tmp_path, files)), drawing_of(drawn()))
