"""A level as the text of an SVG."""

import dataclasses
import gzip
from xml.etree import ElementTree

import pytest

from hostcity.plan.rows import Amenity
from hostcity.venue.finding import words_of
from hostcity.venue.labels import labels_of
from hostcity.venue.queries import drawn_of
from hostcity.venue.svg import (
    BLOCKS,
    GROUNDS,
    Words,
    box_around,
    box_of_level,
    ends_on,
    level_svg,
    middle_of,
    outline_of,
)
from hostcity.venue.symbols import symbol
from hostcity.venue.words import KIND_NAMES
from tests.venue import halls

KINDS = {kind: kind.capitalize() for kind in KIND_NAMES}
IN_ENGLISH = Words(is_chinese=False, kinds=KINDS, levels={"A": "Ground", "B": "Upper"})
IN_CHINESE = Words(is_chinese=True, kinds=KINDS, levels={"A": "地面层", "B": "上层"})
SPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def ground():
    return drawn_of(halls.rows()).levels[0]


def test_exactly_this_text():
    level = drawn_of(halls.rows(stands=(halls.stand("A-01", "A", -0.25),), connectors=())).levels[0]
    assert level_svg(level, IN_ENGLISH) == (
        '<svg xmlns="http://www.w3.org/2000/svg" class="level" viewBox="-1.46 -21.21 42.67 22.41" '
        'font-family="sans-serif"><title>Ground</title>'
        f'<defs><symbol id="symbol-toilets" viewBox="0 0 16 16">{symbol("toilets")}</symbol></defs>'
        '<g class="ground hall" fill="#f7f5ef" stroke="#77838f" stroke-width=".4">'
        '<path id="areas.A" d="M0 0l40 0 0 -20 -40 0z"/></g>'
        '<g class="block stand" fill="#d9e6f5" stroke="#55616d" stroke-width=".15">'
        '<g><path id="stands.A-01" d="M-.25 -5l6 0 0 -3 -6 0z"/></g></g>'
        '<path class="opening door" fill="none" stroke="#ffffff" stroke-width="1" d="M18 0l4 0"/>'
        '<path class="opening exit" fill="none" stroke="#00655a" stroke-width="1" d="M40 -8l0 -2"/>'
        '<g class="numbers" text-anchor="middle" dominant-baseline="central" fill="#17202a">'
        '<text x="2.75" y="-6.5" font-size="1.41">A-01</text></g>'
        '<g class="marks"><g transform="translate(2 -18)"><use id="amenities.wc" href="#symbol-toilets" x="-.3" y="-.3" '
        'width=".6" height=".6" role="img" aria-label="Toilets west"><title>Toilets west</title></use></g></g>'
        '<g class="names" font-size=".73" text-anchor="middle" dominant-baseline="central" fill="#17202a" '
        'stroke="#ffffff" stroke-width=".15" stroke-linejoin="round" paint-order="stroke" font-weight="600">'
        '<text x="20" y="-10">Hall A</text></g></svg>\n'
    )


def test_every_kind_has_a_symbol_and_every_text_is_xml(ground):
    amenities = tuple(
        Amenity(code=f'<{kind}>"', name_en="<&>", name_zh="", kind=kind, area="A", x_m=1.0, y_m=1.0)
        for kind in ("seats", "toilets", "water", "catering", "charging", "nursing_room", "prayer_room", "aed", "first_aid",
                     "information", "cloakroom")
    )  # fmt: skip
    level = drawn_of(halls.rows(amenities=amenities)).levels[0]
    read = ElementTree.fromstring(level_svg(level, IN_ENGLISH))  # noqa: S314 -- our own picture -- made here
    uses = read.findall(f".//{SPACE}use")
    assert [each.get("aria-label") for each in uses] == ["Stairs → Upper", *["<&>"] * 11]
    assert {each.get("href") for each in uses} == {f"#{each.get('id')}" for each in read.iter(f"{SPACE}symbol")}


def test_names_are_those_of_the_language(ground):
    assert ">A 号馆</text>" in level_svg(ground, IN_CHINESE)
    assert 'aria-label="Stairs → 上层"' in level_svg(ground, IN_CHINESE)
    nameless = drawn_of(halls.rows(areas=(halls.area("A", "0", name_zh=""),))).levels[0]
    assert ">Hall A</text>" in level_svg(nameless, IN_CHINESE), "else the name of the other language"


def test_each_ground_and_block_has_a_color_of_its_own():
    walls = {"column", "wall"}  # alike, as in every drawing
    colors = [color for kind, color in (*GROUNDS.items(), *BLOCKS.items()) if kind not in walls]
    assert len(set(colors)) == len(colors)


def test_no_name_covers_another():
    """A ring's name stands on the ring; of two in one place one is moved up or down, or left to the page's script."""
    around = ((-30.0, -30.0), (70.0, -30.0), (70.0, 50.0), (-30.0, 50.0))
    ring = dataclasses.replace(halls.area("R", "0", kind="concourse"), outline=around)
    level = drawn_of(halls.rows(areas=(ring, halls.area("A", "0")))).levels[0]
    names = ElementTree.fromstring(level_svg(level, IN_ENGLISH)).findall(f".//{SPACE}g[@class='names']/{SPACE}text")  # noqa: S314 -- our own picture
    hall, (x, y) = ((float(each.get("x")), -float(each.get("y"))) for each in names)
    assert hall == (20, 10)
    assert not (0 <= x <= 40 and 0 <= y <= 20)
    square = ((0, 0), (1, 0), (1, 1), (0, 1))
    shown = [(each.at, each.is_shown) for each in labels_of([("name", square, (0.5, 0.5))] * 6, 1.0)]
    assert shown == [*(((0.5, 0.5 + step), True) for step in (0, 1.3, -1.3, 2.6, -2.6)), ((0.5, 0.5), False)]


def test_stands_are_numbered_only_where_they_can_be_read(ground):
    assert ">A-02</text>" in level_svg(ground, IN_ENGLISH)
    assert ">A-02</text>" not in level_svg(ground, IN_ENGLISH, around=(-300.0, -300.0, 300.0, 300.0))
    assert ">pillar</text>" not in level_svg(ground, IN_ENGLISH)


def test_a_place_is_marked_and_in_the_middle(ground):
    ring = outline_of(ground, "stands.A-02")
    text = level_svg(ground, IN_ENGLISH, around=box_around(ring), marked="stands.A-02")
    assert 'viewBox="-37.25 -41.5 105 70"' in text
    assert '<path class="marked" fill="none" stroke="#b0241c" stroke-width=".37" d="M12.25 -5l6 0 0 -3 -6 0z"/>' in text
    assert '<circle class="marked"' in level_svg(ground, IN_ENGLISH, marked="amenities.wc")
    assert "marked" not in level_svg(ground, IN_ENGLISH, marked="amenities.none")
    assert outline_of(ground, "levels.0") == outline_of(ground, "nothing") == ()


def test_steps_of_a_path_add_up_to_its_corners():
    ring = ((0.004, 0.004), (0.338, 0.004), (0.672, 0.338), (1.006, 0.672))
    level = drawn_of(halls.rows(stands=(halls.stand("A-01", "A", outline=ring),))).levels[0]
    read = ElementTree.fromstring(level_svg(level, IN_ENGLISH))  # noqa: S314 -- our own picture -- made here
    path = next(each for each in read.iter() if each.get("id") == "stands.A-01")
    numbers = [float(each) for each in path.get("d").strip("Mz").replace("l", " ").split()]
    steps = list(zip(numbers[::2], numbers[1::2], strict=True))
    ends = [round(sum(each) * 100) for each in zip(*steps, strict=True)]
    assert ends == [101, -67]


def test_middle_box_and_ends(ground):
    assert middle_of(((0.0, 0.0), (4.0, 0.0), (4.0, 2.0), (0.0, 2.0))) == (2.0, 1.0)
    assert middle_of(((0.0, 0.0), (4.0, 0.0))) == (2.0, 0.0)
    assert box_of_level(drawn_of(halls.rows(areas=())).levels[0]) == (0.0, 0.0, 100.0, 60.0)
    assert ends_on(halls.CONNECTORS[0], ground) == [(35.0, 15.0)]


def test_the_demonstration_is_small_on_the_way():
    """A level of 3,800 stands in at most 150 kB, as it is sent."""
    from hostcity.plan import read_plan

    plan = read_plan("examples/ciie2019")
    venue = drawn_of({sheet: getattr(plan, sheet) for sheet in halls.rows()})
    sent = {each.level.code: len(gzip.compress(level_svg(each, words_of(venue)).encode())) for each in venue.levels}
    assert len(venue.level("0").stands) > 3_400
    assert max(sent.values()) < 150_000
