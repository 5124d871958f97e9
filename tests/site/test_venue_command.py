"""The commands that draw a venue and measure the ways in it, as their user starts them."""

import dataclasses

import pytest

from hostcity.plan import plan_to_json, read_plan, read_plan_in_work, write_workbook
from hostcity.plan.rows import Amenity, Opening
from tests.fairs import small_fair
from tests.site.commands import TINY, data, done, refused


def drawn_fair(**sheets):
    """The small fair with one hall drawn, and all else typed."""
    plan = small_fair()
    areas = tuple(each if each.code == "H1" else dataclasses.replace(each, outline=()) for each in plan.areas)
    return plan.replace(areas=areas, **sheets)


def test_a_venue_is_drawn_with_its_ways(tmp_path):
    path, again = tmp_path / "venue.xlsx", tmp_path / "again.json"
    told = done("venue", "comb", str(path), "--halls", "2", "--stands", "20", "--width", "60", "--depth", "60")
    assert told == f"{path}\n"
    plan = read_plan_in_work(path).plan  # of a venue alone, which cannot be played
    assert (len(plan.stands), len(plan.connectors)) == (40, 0)
    assert {"N1-door0", "S1-door2", "gate-W-spine"} <= {link.code for link in plan.links}
    path.unlink()
    write_workbook(plan.replace(nodes=(), links=()), path)
    told = done("derive", str(path), str(again))
    assert f"Links derived: {len(plan.links)}. Nodes added: {len(plan.nodes)}. Typed links kept: 0.\n" in told
    assert "Problems that the plan had before and still has: " in told


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--halls", "0"), "venue.halls"),
        (("--stands", "9999"), "venue.hall.stands"),
        (("--width", "5"), "venue.hall.size"),
        (("--depth", "nan"), "venue.hall.size"),
    ],
)
def test_a_venue_that_cannot_be_drawn_is_refused_and_nothing_written(tmp_path, words, code):
    path = tmp_path / "venue.xlsx"
    assert f"[{code}]" in refused("venue", "four-leaf", str(path), *words)
    assert not path.exists()


def test_ways_are_derived_where_something_is_drawn(tmp_path):
    plan, derived = tmp_path / "plan.json", tmp_path / "derived.json"
    plan.write_text(plan_to_json(drawn_fair()), "utf-8")
    told = done("derive", str(plan), str(derived))
    kept = len(small_fair().links) - 1
    assert told == f"Links derived: 1. Nodes added: 0. Typed links kept: {kept}.\n{derived}\n"
    aisle = next(link for link in read_plan(derived).links if link.code == "aisle1")
    assert (aisle.length_m, aisle.door_m) == (40.0, None)
    assert "[file.exists]" in refused("derive", str(plan), str(derived))
    assert told.replace(str(derived), "") != done("derive", str(plan), str(tmp_path / "zh.json"), "--lang", "zh")


def test_ways_that_the_drawing_closes_are_told_and_nothing_is_written(tmp_path):
    """A way outside makes the hall one that is drawn as a whole, with a door that nobody typed."""
    plan, derived = tmp_path / "plan.json", tmp_path / "derived.json"
    fair = small_fair()
    plan.write_text(
        plan_to_json(fair.replace(openings=(Opening(code="x", area="H1", line=((138, 50), (138, 60))),))), "utf-8"
    )
    told = refused("derive", str(plan), str(derived))
    assert "unreachable" in told or "no_way" in told
    assert not derived.exists()


def test_exits_of_a_hall_are_checked_and_drawn(tmp_path):
    exit_ = Opening(code="way-out", area="H1", line=((212, 60), (212, 68)), is_exit=True)
    plan, folder = tmp_path / "plan.json", tmp_path / "cards"
    plan.write_text(plan_to_json(drawn_fair(openings=(exit_,))), "utf-8")
    (area,) = data("egress", str(plan), "--limit", "100", "--persons-per-m", "1000", "--out", str(folder))["areas"]
    assert (area["area"], area["is_met"], area["exits"][0]["clear_m"]) == ("H1", True, 8.0)
    assert (folder / "index.html").exists()
    assert "not met" in done("egress", str(plan), "--area", "H1", "--limit", "20")
    assert "不满足" in done("egress", str(plan), "--limit", "20", "--lang", "zh")
    assert "[egress.area]" in refused("egress", str(plan), "--area", "H2")
    assert "[egress.exits]" in refused("egress", TINY)


def test_facilities_are_ranked_and_one_more_is_placed(tmp_path):
    plan = tmp_path / "plan.json"
    aed = Amenity(code="aed", area="H1", kind="aed", x_m=139, y_m=47)
    plan.write_text(
        plan_to_json(drawn_fair(amenities=(aed, dataclasses.replace(aed, code="seat", kind="seats")))), "utf-8"
    )
    found = data("facilities", str(plan), "--walk", "seats=30", "--walk", "aed=60")
    assert [(each["kind"], each["area"], each["cause"]) for each in found["often"]] == [("seats", "H1", "walk")]
    assert [each["kind"] for each in found["seldom"]] == ["aed"]
    assert {each["kind"]: each["walk_m"] for each in found["served"]} == {"seats": 30, "aed": 60}
    assert [each["kind"] for each in found["next"]] == ["seats", "aed"]
    assert "one more at" in done("facilities", str(plan), "--walk", "seats=30")
    assert "增设一处" in done("facilities", str(plan), "--walk", "seats=30", "--lang", "zh")
    assert "Nothing is too far" in done("facilities", str(plan), "--walk", "seats=100")
    told = refused("facilities", str(plan), "--walk", "seat=30", "--wait", "aed=0")
    assert told.count("[facilities.limit]") == 2
    assert "[facilities.none]" in refused("facilities", TINY)
