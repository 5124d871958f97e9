"""Pictures of drawings: well-formed, every fault marked where it is, nothing drawn that was not given."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from hostcity.plan import problems_of
from hostcity.plan.picture import HEAD, MARGIN, WIDTH, Shape, Sheet, picture_of, sheet_of
from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence
from tests.plan.test_drawing import STAND, box, drawn, other

SVG = "{http://www.w3.org/2000/svg}"
HALL = Sheet({"0": "Ground", "1": "First"}, (Shape("area", "0", ((0, 0), (100, 0), (100, 50), (0, 50)), "H1"),))


def fault(**fields) -> Problem:
    return Problem(code="a.b.c", what=Sentence("is wrong."), mend=Sentence("Mend it."), **fields)


def tree(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 -- our own


def parts(svg: str, name: str, class_: str = "") -> list[ET.Element]:
    return [each for each in tree(svg).iter(SVG + name) if not class_ or each.get("class") == class_]


def test_a_fault_is_marked_where_it_is():
    svg = picture_of(HALL, [fault(level="0", at=(50.0, 25.0)), fault(level="0", at=(100.0, 0.0))])
    scale = (WIDTH - 2 * MARGIN) / 100
    marks = [(float(each.get("cx")), float(each.get("cy"))) for each in parts(svg, "circle", "mark")]
    assert marks == [(MARGIN + 50 * scale, HEAD + 25 * scale), (MARGIN + 100 * scale, HEAD + 50 * scale)]
    assert [each.text for each in parts(svg, "text", "number")] == ["1", "2"]
    assert [each.text for each in parts(svg, "text") if "wrong" in (each.text or "")] == [
        "1  is wrong. Mend it. [a.b.c]", "2  is wrong. Mend it. [a.b.c]",
    ]  # fmt: skip


def test_only_levels_with_faults_are_shown_and_all_when_there_are_none():
    def shown(*problems):
        return [each.text for each in parts(picture_of(HALL, problems), "text", "level")]

    assert shown() == ["Ground", "First"]
    assert shown(fault(level="1")) == ["First"]
    assert shown(fault(sheet="edition")) == ["Ground", "First"]


def test_faults_at_one_place_stand_side_by_side():
    marks = parts(picture_of(HALL, [fault(level="0", at=(50.0, 25.0))] * 3), "circle", "mark")
    assert len({each.get("cx") for each in marks}) == 3


def test_a_plan_with_faults():
    plan = drawn(stands=(STAND, other(STAND, code="<1A02>", outline=box(210, 50, 216, 53)), other(STAND, code="1A03")))
    problems = problems_of(plan)
    svg = picture_of(sheet_of(plan), problems)
    assert len(parts(svg, "circle", "mark")) == len(problems) == 2
    assert len(parts(svg, "polygon", "stand")) == 3
    assert len(parts(svg, "polyline", "opening")) == 1


def test_a_long_sentence_is_broken_into_lines():
    problem = Problem(code="a.b.c", what=Sentence("is very wrong, " * 40), mend=Sentence("展位" * 200))
    lines = [
        each.text
        for each in parts(picture_of(HALL, [problem]), "text")
        if "wrong" in (each.text or "") or "展" in (each.text or "")
    ]
    assert len(lines) > 6
    assert max(sum(1 if mark.isascii() else 2 for mark in line) for line in lines) <= 144
    assert "".join("".join(lines).split()) == "".join(f"1  {problem}".split())


COORDINATES = st.floats(-1e6, 1e6)
POINTS = st.tuples(COORDINATES, COORDINATES)
SHAPES = st.builds(
    Shape, st.sampled_from(("area", "stand", "opening", "place")), st.sampled_from(("0", "1", "2")),
    st.lists(POINTS, min_size=1, max_size=5).map(tuple), st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=9),
)  # fmt: skip


@given(st.lists(SHAPES, max_size=6).map(tuple), st.lists(st.none() | POINTS, max_size=4))
def test_any_picture_is_well_formed_and_keeps_to_the_page(shapes, places):
    svg = picture_of(Sheet({"0": "0", "1": "1"}, shapes), [fault(level="0", at=place) for place in places])
    height = float(tree(svg).get("height"))
    assert len(parts(svg, "circle", "mark")) == len(places)
    for each in parts(svg, "circle", "place"):
        assert -1 <= float(each.get("cx")) <= WIDTH + 1
        assert -1 <= float(each.get("cy")) <= height + 1
