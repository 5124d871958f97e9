"""A way is told in steps that somebody can follow."""

import pytest

from hostcity.engines.wayfinding import PROFILES, Guide, closed_by_codes, find_way
from hostcity.engines.wayfinding.making import make_book
from hostcity.plan.rows import Opening
from hostcity.report.way_data import no_way_text, way_data
from hostcity.report.words import in_chinese
from tests.engines.network.drawings import area, node, stand
from tests.engines.wayfinding.venues import outside_node, two_levels, two_rooms, typed_link


def told(plan, start, end, profile="walking"):
    way = find_way(make_book(plan, PROFILES[profile]), start, end)
    return Guide(plan).steps(way)


def texts(steps):
    return [str(each.text) for each in steps]


def test_through_a_door_and_around_the_corner():
    plan = two_rooms(
        areas=(area("A", 0, 0, 20, 20), area("B", 20, 0, 40, 60)), nodes=(node("a", "A", 3, 10), node("b", "B", 37, 50)),
        stands=(stand("S", "B", 24, 1, 34, 48), stand("T", "B", 36.5, 50.5, 38, 52)), amenities=(),
    )  # fmt: skip
    assert texts(told(plan, "a", "T")) == [
        "From A go 17 m toward door door.",
        "Go through door door into B, turn left and go 35 m.",
        "Turn right and go 13 m.",
        "Straight ahead: stand T.",
    ]


def test_by_lift_to_another_level():
    steps = told(two_levels("lift"), "a", "b", "step-free")
    assert texts(steps) == [
        "From A go 17 m toward lift lift.", "Take lift lift up to level Upper.", "From lift lift go 18 m toward B.", "You are at B.",
    ]  # fmt: skip
    assert [in_chinese(each.text) for each in steps][1] == "由电梯 lift 上行至上层。"
    assert texts(told(two_levels("lift"), "b", "a"))[1] == "Take lift lift down to level Ground."


def test_what_hangs_on_no_sign_is_told_by_where_it_leads():
    door = Opening(code="west-to-east", area="A", other="B", line=((20, 8.5), (20, 11.5)))
    steps = told(two_rooms(openings=(door,), stands=()), "a", "b")
    assert texts(steps)[:2] == ["From A go 10 m toward the door to B.", "Go through the door into B and on for 10 m."]
    assert in_chinese(steps[0].text) == "从 A 出发，朝通往“B”的门走 10 米。"


def test_whoever_sets_off_in_the_open_is_told_what_is_seen_ahead():
    plan = two_rooms(
        areas=(area("A", 0, 0, 20, 60), area("B", 20, 0, 40, 60), area("C", 0, 60, 20, 80)), stands=(stand("S", "A", 0, 25, 16, 27),),
        nodes=(node("a", "A", 18, 5), node("b", "A", 3, 40)), amenities=(), openings=(),
    )  # fmt: skip
    assert texts(told(plan, "a", "b"))[0] == "From A go 20 m toward C."


def test_outside_of_the_drawing_the_way_is_told_by_its_length():
    plan = two_rooms()
    plan = plan.replace(
        areas=(*plan.areas, area("metro", 100, 0, 101, 1, kind="transport")),
        nodes=(*plan.nodes, outside_node("train", "metro", 10, -80)), links=(typed_link("street", "train", "a"),),
    )  # fmt: skip
    plan = plan.replace(
        areas=(*plan.areas[:2], plan.areas[2].__class__(code="metro", kind="transport", level="0", gross_m2=1.0))
    )
    assert texts(told(plan, "train", "A1"))[0] == "Walk 100 m outside to A."
    street = plan.replace(
        nodes=(*plan.nodes, outside_node("bus", "metro", 10, -90)), links=(*plan.links, typed_link("s", "bus", "train"))
    )
    assert texts(told(street, "bus", "A1"))[0] == "Walk 200 m outside to A."


@pytest.mark.parametrize(
    ("profile", "closed", "said"),
    [
        ("walking", ["door"], "There is no way while this is closed: door door between A and B."),
        ("goods", [], "There is no way for this profile: only by door (too narrow), which it cannot use."),
    ],
)
def test_why_there_is_no_way(profile, closed, said):
    plan = two_rooms(openings=(Opening(code="door", area="A", other="B", line=((20, 8.5), (20, 11.5)), clear_m=1.0),))
    book = make_book(plan, PROFILES[profile])
    way = find_way(book, "a", "b", closed_by_codes(book, closed))
    assert str(no_way_text(Guide(plan), way)) == said
    assert way_data(Guide(plan), way)["is_found"] is False
    assert in_chinese(no_way_text(Guide(plan), way)).isascii() is False


def test_a_way_for_programs_has_steps_in_both_languages_and_the_points_of_its_legs():
    plan = two_rooms()
    data = way_data(Guide(plan), find_way(make_book(plan, PROFILES["walking"]), "A1", "wc"))
    assert (data["from"]["place"], data["to"]["name_zh"], data["is_found"]) == ("stands.A1", "卫生间", True)
    assert [leg["passed"] for leg in data["parts"]] == [["door"]]
    assert all(step["en"] and step["zh"] for step in data["steps"])


def test_whoever_is_there_already_is_told_so():
    assert texts(told(two_rooms(), "A1", "A1")) == ["You are at stand A1."]


def test_only_a_stand_is_called_one():
    garden, booth = stand("garden", "A", 4, 4, 8, 8, kind="barrier"), stand("A1", "A", 12, 4, 16, 8)
    guide = Guide(two_rooms(stands=(garden, booth)))
    assert [str(guide.name_of(f"stands.{each}").en if each == "garden" else guide.name_of(f"stands.{each}")) for each in ("garden", "A1")] == [
        "garden", "stand A1",
    ]  # fmt: skip
