"""What is wrong with a drawing: one bad drawing for every rule, and good ones that come near."""

import dataclasses
import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import MultiPoint, Point, Polygon

from hostcity.plan import problems_of
from hostcity.plan.check.drawing import MOST_OVERLAPS
from hostcity.plan.plan import Plan
from hostcity.plan.polygons import area_m2, crossing_of, hull_of, is_clockwise, is_inside, overlap_of, point_inside
from hostcity.plan.problems import MOST_OF_A_KIND
from hostcity.plan.rows import Amenity, Connector, Face, FaceLine, Grounds, Opening, Stand
from tests.fairs import small_fair

H1, H2 = (138.0, 46.0, 212.0, 96.0), (138.0, -96.0, 212.0, -46.0)  # as the small fair draws its halls


def box(west, south, east, north):
    return ((west, south), (east, south), (east, north), (west, north))


GROUNDS = Grounds(code="venue", latitude=31.19, longitude=121.3)
STAND = Stand(code="1A01", area="H1", outline=box(150, 50, 156, 53), exhibitor_en="Pumps", exhibitor_zh="泵业")
CORE = Stand(code="core", area="H1", kind="barrier", outline=box(180, 60, 190, 70))
OPENING = Opening(code="door-1", area="H1", line=((140, 46), (145, 46)), is_exit=True)
LIFT = Connector(
    code="lift", kind="lift", start="H1", start_x_m=150, start_y_m=60, end="H2", end_x_m=150, end_y_m=-60, width_m=1.2,
    cabin_persons=20, cycle_s=60,
)  # fmt: skip
AED = Amenity(code="aed-1", kind="aed", area="H1", x_m=139, y_m=47)
FACE = Face(code="F1", area="H1", x_m=150, y_m=70, bearing_deg=90)
LINE = FaceLine(code="L1", face="F1", name_en="Hall 2", name_zh="2 号馆", arrow="left", area="H2")


def drawn(**sheets) -> Plan:
    """The small fair with something drawn; given rows take the place of the good ones."""
    good = {
        "grounds": (GROUNDS,),
        "stands": (STAND,),
        "openings": (OPENING,),
        "connectors": (LIFT,),
        "amenities": (AED,),
    }
    return small_fair().replace(**{**good, **sheets})


def other(row, **fields):
    return dataclasses.replace(row, **fields)


def codes(plan: Plan) -> list[str]:
    return [each.code for each in problems_of(plan)]


def hall(outline, **fields) -> Plan:
    plan = small_fair()
    return plan.replace(
        areas=tuple(other(row, outline=outline, **fields) if row.code == "H1" else row for row in plan.areas)
    )


RULES = [
    (drawn(), []),
    (drawn(grounds=(GROUNDS, other(GROUNDS, code="two"))), ["grounds.rows"]),
    (drawn(grounds=(other(GROUNDS, latitude=91.0),)), ["grounds.latitude.range"]),
    # Rings
    (drawn(stands=(other(STAND, outline=((150, 50), (151, 50))),)), ["stands.outline.corners"]),
    (drawn(stands=(other(STAND, outline=((150, 50), (156, 53), (156, 50), (150, 53))),)), ["stands.outline.crosses"]),
    (
        drawn(stands=(other(STAND, outline=((150, 50), (156, 50), (156, 50.02), (150, 50.02))),)),
        ["stands.outline.sliver"],
    ),
    (drawn(stands=(other(STAND, outline=((150, 50), (150, 50), (156, 50), (156, 53))),)), ["stands.outline.crosses"]),
    (drawn(stands=(other(STAND, outline=((150, 50), (156, 50), (152, 50))),)), ["stands.outline.crosses"]),
    (hall(((138, 46), (212, 96), (212, 46), (138, 96))), ["areas.outline.crosses"]),
    (hall(box(138_000, 46_000, 212_000, 96_000)), ["areas.outline.unit"]),
    # Stands
    (drawn(stands=(other(STAND, area="H9"),)), ["stands.area.unknown"]),
    (drawn(stands=(other(STAND, kind="castle"),)), ["stands.kind.choice"]),
    (drawn(stands=(other(STAND, area="H2"),)), ["stands.outline.outside"]),
    (drawn(stands=(other(STAND, outline=box(210, 50, 212.02, 53)),)), ["stands.outline.outside"]),
    (drawn(stands=(other(STAND, outline=box(210, 50, 212, 53)),)), []),
    (drawn(stands=(STAND, other(STAND, code="1A02", outline=box(155, 52, 160, 55)))), ["stands.outline.overlap"]),
    (drawn(stands=(STAND, other(STAND, code="1A02"))), ["stands.outline.overlap"]),
    (drawn(stands=(STAND, other(STAND, code="1A02", outline=box(153, 50, 159, 53)))), ["stands.outline.overlap"]),
    (drawn(stands=(STAND, other(STAND, code="1A02", outline=box(151, 51, 152, 52)))), ["stands.outline.overlap"]),
    (drawn(stands=(STAND, other(STAND, code="1A02", outline=box(156, 50, 159, 53)))), []),
    # Openings
    (drawn(openings=(other(OPENING, line=((140, 46),)),)), ["openings.line.corners"]),
    (drawn(openings=(other(OPENING, line=((140, 46), (140, 46))),)), ["openings.line.corners"]),
    (drawn(openings=(other(OPENING, line=((140, 50), (145, 50))),)), ["openings.line.wall"]),
    (drawn(openings=(other(OPENING, other="plaza"),)), ["openings.line.wall"]),
    (drawn(openings=(other(OPENING, other="H1"),)), ["openings.other.itself"]),
    (drawn(openings=(other(OPENING, clear_m=5.1),)), ["openings.clear_m.wider"]),
    (drawn(openings=(other(OPENING, clear_m=5.0),)), []),
    (drawn(stands=(STAND, CORE), openings=(other(OPENING, line=((182, 60), (184, 60))),)), []),  # in the wall of a core
    (
        drawn(stands=(STAND, other(CORE, kind="stage")), openings=(other(OPENING, line=((182, 60), (184, 60))),)),
        ["openings.line.wall"],
    ),
    # Connectors
    (drawn(connectors=(other(LIFT, end="plaza", end_x_m=100, end_y_m=20),)), ["connectors.end.level"]),
    (drawn(connectors=(other(LIFT, end_y_m=0),)), ["connectors.end_x_m.outside"]),
    (drawn(connectors=(other(LIFT, start_x_m=0),)), ["connectors.start_x_m.outside"]),
    (drawn(connectors=(other(LIFT, cycle_s=None),)), ["connectors.cycle_s.needed"]),
    (drawn(connectors=(other(LIFT, kind="stairs", cycle_s=None),)), ["connectors.cabin_persons.not_used"]),
    (
        drawn(connectors=(), openings=(OPENING, Opening(code="door-2", area="H2", line=((140, -46), (145, -46))))),
        ["levels.code.connector", "levels.code.connector"],
    ),
    (drawn(connectors=()), []),  # one level is drawn
    # Amenities
    (drawn(amenities=(other(AED, x_m=100),)), ["amenities.x_m.outside"]),
    (drawn(amenities=(other(AED, station="bar"),)), ["amenities.station.unknown"]),
    # Signs
    (drawn(faces=(FACE,), face_lines=(LINE,)), []),
    (drawn(faces=(FACE,)), []),
    (drawn(faces=(other(FACE, x_m=100),), face_lines=(LINE,)), ["faces.x_m.outside"]),
    (drawn(faces=(FACE,), face_lines=tuple(other(LINE, code=f"L{at}") for at in range(41))), ["faces.code.exceeded"]),
    (drawn(faces=(FACE,), face_lines=(other(LINE, face="F2"),)), ["face_lines.face.unknown"]),
    (drawn(faces=(FACE,), face_lines=(other(LINE, area=""),)), ["face_lines.area.one_place"]),
    (drawn(faces=(FACE,), face_lines=(other(LINE, amenity="aed"),)), ["face_lines.area.one_place"]),
    (drawn(faces=(FACE,), face_lines=(other(LINE, name_en="", name_zh=""),)), ["face_lines.name_zh.none"]),
]


@pytest.mark.parametrize(("plan", "expected"), RULES)
def test_a_rule_of_drawings(plan, expected):
    assert codes(plan) == expected


def test_an_answer_says_where_in_the_drawing():
    (problem,) = problems_of(drawn(stands=(STAND, other(STAND, code="1A02", outline=box(155, 52, 160, 55)))))
    assert str(problem.what) == "of 1A02 overlaps 1A01 at (156.00, 53.00)."


def test_many_stands_in_one_place_are_told_in_seconds():
    stands = tuple(other(STAND, code=f"s{number}") for number in range(8_000))
    began = time.process_time()
    found = problems_of(drawn(stands=stands))
    assert time.process_time() - began < 5.0
    assert len(found) == MOST_OF_A_KIND + 1
    assert str(found[-1].what).startswith(f"{MOST_OVERLAPS - MOST_OF_A_KIND:,} more")


def test_seven_thousand_stands_are_looked_at_in_seconds():
    stands = tuple(
        Stand(code=f"s{row}-{column}", area="H1", outline=box(*corner, corner[0] + 0.5, corner[1] + 0.5))
        for row in range(70) for column in range(100) for corner in [(139 + column * 0.7, 47 + row * 0.7)]
    )  # fmt: skip
    began = time.process_time()
    assert codes(drawn(stands=stands)) == []
    assert time.process_time() - began < 5.0


# Rules on rings, beside shapely

CORNERS = st.tuples(st.integers(0, 6).map(float), st.integers(0, 6).map(float))
RINGS = st.lists(CORNERS, min_size=3, max_size=6, unique=True).map(tuple)


@given(RINGS)
def test_a_ring_crosses_itself_where_shapely_calls_it_invalid(ring):
    assert (crossing_of(ring) is None) == Polygon(ring).is_valid


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=26, max_size=40, unique=True), st.booleans()
)
def test_a_ring_of_many_corners_too(corners, is_turning):
    """By chance all cross themselves; in the order of their angles about a place hardly any does."""
    if is_turning:
        corners.sort(key=lambda corner: (math.atan2(corner[1] - 30.25, corner[0] - 30.5), corner))
    ring = tuple((float(x), float(y)) for x, y in corners)
    assert (crossing_of(ring) is None) == Polygon(ring).is_valid


def test_a_ring_of_many_corners_says_where_it_crosses():
    ring = [(math.cos(part / 10), math.sin(part / 10)) for part in range(60)]
    assert crossing_of(ring) is None
    ring[20], ring[21] = ring[21], ring[20]
    place = crossing_of(ring)
    assert place is not None
    assert min(math.dist(place, corner) for corner in ring) < 0.1
    assert min(math.dist(place, ring[number]) for number in range(18, 24)) < 0.1


@given(RINGS)
def test_a_place_inside_a_ring_is_inside(ring):
    polygon = Polygon(ring)
    if polygon.is_valid:
        assert polygon.contains(Point(point_inside(ring)))


@given(st.lists(CORNERS, min_size=1, max_size=12))
def test_the_hull_is_that_of_shapely(points):
    hull = hull_of(points)
    if len(hull) > 2:
        assert set(hull) == set(MultiPoint(points).convex_hull.exterior.coords)
        assert not is_clockwise(hull)
    else:
        assert MultiPoint(points).convex_hull.area == 0


@given(RINGS, CORNERS)
def test_area_and_inside(ring, point):
    polygon = Polygon(ring)
    if polygon.is_valid:
        assert area_m2(ring) == polygon.area
        assert is_inside(point, ring) == polygon.buffer(1e-9).intersects(Point(point))


@given(RINGS, RINGS)
def test_what_overlaps_shares_an_area(one, two):
    first, second = Polygon(one), Polygon(two)
    if first.is_valid and second.is_valid and overlap_of(one, two):
        assert first.intersection(second).area > 0


def test_the_hash_of_a_large_sheet_is_that_of_its_rows_whatever_is_kept():
    many = tuple(other(STAND, code=f"S{number}") for number in range(1_200))
    plan, again = drawn(stands=many), drawn(stands=tuple(other(each) for each in many))
    assert plan.sha256 == plan.sha256 == again.sha256
    changed = plan.replace(stands=(*many[:-1], other(many[-1], height_m=3.0)))
    assert changed.sha256 != plan.sha256
    assert changed.replace(stands=many).sha256 == plan.sha256
