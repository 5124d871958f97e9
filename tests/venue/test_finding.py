"""Finding places of the map."""

import pytest
from django.utils import translation

from hostcity.plan.rows import Amenity
from hostcity.venue.finding import MOST_HITS, find_places, place_at, places_on
from hostcity.venue.queries import drawn_of
from tests.venue import halls


@pytest.fixture
def venue():
    return drawn_of(halls.rows())


def found(venue, question, level=""):
    return [each.at for each in find_places(venue, question, level).places]


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("A-02", ["stands.A-02"]),
        ("a-0", ["stands.A-01", "stands.A-02"]),
        ("harbor", ["stands.A-01"]),
        ("BLUE machines", ["stands.A-01"]),
        ("蓝港", ["stands.A-01"]),
        ("精密", ["stands.B-01"]),
        ("Ａ－０２", ["stands.A-02"]),
        ("号馆", ["areas.A", "areas.B"]),
        ("hall", ["areas.A", "areas.B"]),
        ("toilets", ["amenities.wc"]),
        ("restroom", ["amenities.wc"]),
        ("厕所", ["amenities.wc"]),
        ("卫生", ["amenities.wc"]),
        ("西侧", ["amenities.wc"]),
        ("stairs", ["connectors.up"]),
        ("楼梯", ["connectors.up"]),
        ("pillar", []),
        ("stand", []),
        ("nothing of this", []),
        ("  ", []),
    ],
)
def test_stands_exhibitors_areas_and_facilities_are_found_in_both_languages(venue, question, places):
    assert found(venue, question) == places
    with translation.override("zh-hans"):
        assert found(venue, question) == places


def test_what_is_named_so_comes_first_then_what_begins_so_then_what_is_on_this_level():
    stands = (halls.stand("A-1", "A"), halls.stand("A-11", "A"), halls.stand("B-A-1", "B"), halls.stand("A-12", "B"))
    venue = drawn_of(halls.rows(stands=stands))
    assert found(venue, "a-1", "0") == ["stands.A-1", "stands.A-11", "stands.A-12", "stands.B-A-1"]
    assert found(venue, "a-1", "1") == ["stands.A-1", "stands.A-12", "stands.A-11", "stands.B-A-1"]


def test_many_are_counted_and_the_best_shown():
    stands = tuple(halls.stand(f"A-{number:03}", "A") for number in range(MOST_HITS + 5))
    hits = find_places(drawn_of(halls.rows(stands=stands)), "A-")
    assert (hits.count, len(hits.places), hits.places[0].at) == (MOST_HITS + 5, MOST_HITS, "stands.A-000")


def test_a_place_is_told_in_the_language_of_the_reader(venue):
    place = place_at(venue, "stands.A-01")
    assert (place.title, place.kind, place.area, place.level_name) == ("A-01", "Stand", "Hall A", "Ground")
    assert place.notes == ("Blue Harbor Machines", "蓝港机械")
    assert (place.sheet, place.key) == ("stands", "A-01")
    with translation.override("zh-hans"):
        place = place_at(venue, "amenities.wc")
    assert (place.title, place.kind, place.area, place.level_name) == ("西侧卫生间", "卫生间", "A 号馆", "地面层")
    assert (place.notes, place.figures) == ((), ("8 个位置",))


def test_a_connector_is_told_from_the_level_that_is_shown(venue):
    assert place_at(venue, "connectors.up", "0").title == "Stairs → Upper"
    assert place_at(venue, "connectors.up", "1").title == "Stairs → Ground"


@pytest.mark.parametrize("at", ["", "stands", "stands.none", "levels.0", "gates.W", "__class__.x"])
def test_what_is_no_place_of_the_map_is_none(venue, at):
    assert place_at(venue, at) is None


def test_areas_of_a_level_say_how_many_stands_they_have(venue):
    assert [(each.title, each.notes) for each in places_on(venue.level("0"), venue)] == [("Hall A", ("2 stands",))]


def test_several_of_one_name_are_told_apart():
    spots = {"n1": (20.0, 19.0), "w1": (1.0, 10.0), "e1": (39.0, 9.0), "e2": (39.0, 10.0), "far": (20.0, 1.0)}
    made = [
        Amenity(code=code, name_en="Toilets", kind="toilets", area="A", x_m=x, y_m=y) for code, (x, y) in spots.items()
    ]
    found = find_places(drawn_of(halls.rows(amenities=(*made, *halls.AMENITIES))), "toilets").places
    assert {each.at: each.notes for each in found} == {
        "amenities.n1": ("in the north",), "amenities.w1": ("in the west",), "amenities.far": ("in the south",),
        "amenities.e1": ("e1",), "amenities.e2": ("e2",), "amenities.wc": (),
    }  # fmt: skip
