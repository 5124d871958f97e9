"""A network from a drawing: what can be measured by hand comes out as it was drawn."""

import math

import pytest

from hostcity.engines.network import derive_network
from hostcity.plan import PlanError
from hostcity.plan.provenance import mark_of
from hostcity.plan.rows import Connector, Level, Link, Opening, Source
from hostcity.plan.venues import HallSize, comb
from tests.engines.network.drawings import area, node, rooms, stand


def links_of(plan):
    return {link.code: link for link in derive_network(plan).plan.links}


def other(row, **fields):
    from dataclasses import replace

    return replace(row, **fields)


def test_a_door_is_as_wide_as_it_is_drawn_and_gives_its_name():
    (link,) = links_of(rooms()).values()
    assert (link.code, {link.start, link.end}, link.length_m) == ("door", {"a", "b"}, 20.0)
    assert abs(link.door_m - 3.0) <= 0.25
    assert link.door_m < link.width_m < 20.0
    assert not link.one_way


def test_the_clear_width_counts_where_it_is_given():
    plan = rooms()
    (link,) = links_of(plan.replace(openings=(other(plan.openings[0], clear_m=1.5),))).values()
    assert abs(link.door_m - 1.5) <= 0.25


@pytest.mark.parametrize(("direction", "ends"), [("out", ("a", "b")), ("in", ("b", "a"))])
def test_a_door_for_one_direction_makes_a_one_way_link(direction, ends):
    plan = rooms()
    (link,) = links_of(plan.replace(openings=(other(plan.openings[0], direction=direction),))).values()
    assert (link.start, link.end, link.one_way) == (*ends, True)


def test_a_wall_without_a_door_lets_nobody_through():
    assert links_of(rooms(openings=())) == {}


def test_two_doors_are_one_link_as_narrow_as_both():
    doors = (
        Opening(code="south", area="A", other="B", line=((20, 3), (20, 5))),
        Opening(code="north", area="B", other="A", line=((20, 15), (20, 17))),
    )
    (link,) = links_of(rooms(openings=doors)).values()
    assert abs(link.door_m - 4.0) <= 0.5


def test_stands_make_ways_longer_and_narrower():
    plan = rooms(stands=(stand("s", "A", 12, 6, 14, 20),))
    (link,) = links_of(plan).values()
    bend = math.hypot(2.25, 4.25) + 2.5 + math.hypot(30 - 14.25, 4.25)
    assert link.length_m == pytest.approx(bend, abs=3.0)
    assert link.length_m > 20.0
    assert abs(link.door_m - 3.0) <= 0.25  # the door is still the narrowest
    (link,) = links_of(plan.replace(stands=(stand("s", "A", 12, 1.5, 14, 20),))).values()
    assert abs(link.door_m - 1.5) <= 0.25


def test_a_typed_link_between_the_same_nodes_keeps_its_code():
    typed = Link(code="typed", start="b", end="a", length_m=99, width_m=1)
    (link,) = links_of(rooms(links=(typed,))).values()
    assert (link.code, link.start, link.end, link.length_m) == ("typed", "b", "a", 20.0)


def test_typed_links_stay_where_nothing_is_drawn():
    plan = rooms()
    street = Opening(code="street-a", area="A", line=((0, 8), (0, 12)))
    far = Opening(code="street-b", area="B", line=((40, 8), (40, 12)))
    plan = plan.replace(
        areas=(*plan.areas, other(plan.areas[0], code="city", outline=())),
        nodes=(*plan.nodes, node("metro", "city", -300, 0)),
        openings=(street, far),  # no door between the rooms
        links=(
            Link(code="from-metro", start="metro", end="a", length_m=310, width_m=8),
            Link(code="around", start="a", end="b", length_m=90, width_m=4),
        ),
    )
    found = derive_network(plan)
    assert (found.kept, found.links) == (("from-metro", "around"), ())
    without = derive_network(plan.replace(openings=()))
    assert without.kept == ("from-metro",)


def test_an_area_inside_of_another_has_no_wall():
    plan = rooms(
        areas=(area("ring", 0, 0, 60, 60), area("plaza", 20, 20, 40, 40)),
        nodes=(node("r", "ring", 5, 30), node("p", "plaza", 30, 30)), openings=(),
    )  # fmt: skip
    (link,) = links_of(plan).values()
    assert (link.length_m, link.door_m) == (25.0, None)


def lift(**more):
    fields = {"kind": "lift", "cabin_persons": 24, "cycle_s": 60.0, "width_m": 1.2} | more
    return Connector(
        code="up", start="A", start_x_m=10, start_y_m=12, end="above", end_x_m=10, end_y_m=12, **fields,
    )  # fmt: skip


def two_levels(connector):
    plan = rooms()
    return plan.replace(
        levels=(*plan.levels, Level(code="8", elevation_m=8.0)),
        areas=(*plan.areas, area("above", 0, 0, 20, 20, level="8")),
        nodes=(*plan.nodes, node("c", "above", 10, 10, level="8")),
        connectors=(connector,),
    )


def test_a_lift_takes_its_cabin_in_each_cycle():
    plan = two_levels(lift())
    up = links_of(plan)["up"]
    kind = next(each for each in plan.link_kinds if each.code == "lift")
    persons_per_s = up.width_m * kind.flow_share * plan.model[0].flow_per_m_per_s
    assert persons_per_s == pytest.approx(24 / 60, rel=0.01)
    assert up.length_m / (1.34 * kind.speed_up) == pytest.approx(45.0, rel=0.01)
    assert (up.kind, up.start, up.end) == ("lift", "a", "c")


@pytest.mark.parametrize(("kind", "length_m"), [("stairs", 16.0), ("escalator", 16.0), ("ramp", 96.3)])
def test_stairs_are_as_long_as_their_slope(kind, length_m):
    up = links_of(two_levels(lift(kind=kind, cabin_persons=None, cycle_s=None, one_way=True)))["up"]
    assert (up.length_m, up.width_m, up.one_way, up.kind) == (length_m, 1.2, True, kind)


def test_a_node_that_stands_in_a_stand_is_told_with_the_nearest_place():
    with pytest.raises(PlanError) as error:
        derive_network(rooms(stands=(stand("s", "A", 9, 9, 14, 14),)))
    (problem,) = error.value.problems
    assert (problem.code, problem.sheet, problem.row) == ("nodes.x_m.floor", "nodes", 1)
    assert "(9.00, 10.00)" in str(problem.mend) or "(10.00, 9.00)" in str(problem.mend)


def test_a_plan_without_a_drawing_is_refused():
    plan = rooms()
    with pytest.raises(PlanError) as error:
        derive_network(plan.replace(areas=tuple(other(each, outline=()) for each in plan.areas)))
    assert [each.code for each in error.value.problems] == ["areas.outline.none"]


def test_areas_without_nodes_get_some():
    found = derive_network(rooms(nodes=(), areas=(area("A", 0, 0, 20, 20), area("B", 20, 0, 100, 20))))
    assert found.nodes == ("A-n1", "B-n1", "B-n2")
    assert {link.code for link in found.plan.links} == {"door", "B-n1>B-n2"}
    floors = [each.floor_m2 for each in found.plan.nodes]
    assert sum(floors) == pytest.approx(2000, rel=0.02)


def test_deriving_again_changes_nothing():
    once = derive_network(rooms(stands=(stand("s", "A", 12, 6, 14, 20),))).plan
    assert derive_network(once).plan == once


def test_figures_are_marked_as_derived_and_those_of_typed_links_as_they_were():
    plan = rooms(sources=(Source(code="walk", name="A walk"),))
    plan = plan.replace(
        areas=(*plan.areas, other(plan.areas[0], code="city", outline=())), nodes=(*plan.nodes, node("metro", "city", -300, 0)),
        links=(Link(code="from-metro", start="metro", end="a", length_m=310, width_m=8),),
    )  # fmt: skip
    made = derive_network(plan).plan
    assert mark_of(made, "links", "door", "width_m") == "derived"
    assert mark_of(made, "links", "from-metro", "width_m") == "assumed"


def test_a_comb_of_halls_is_walked_through_its_doors():
    drawing = comb(2, HallSize(width_m=60, depth_m=80, stands=40))
    found = derive_network(rooms(nodes=()).replace(**drawing.sheets()))
    doors = [link for link in found.plan.links if link.code.startswith("N1-door")]
    assert [link.code for link in doors] == ["N1-door1", "N1-door1:spine-n2>N1-n1"]
    assert sum(link.door_m for link in doors) == pytest.approx(30.0, rel=0.06)  # three doors of 10 m
    assert len({link.code for link in found.plan.links}) == len(found.plan.links)
    reached, more = set(), {found.plan.nodes[0].code}
    while more:
        reached |= more
        more = {
            end for link in found.plan.links for end in (link.start, link.end) if {link.start, link.end} & more
        } - reached
    assert reached == {each.code for each in found.plan.nodes}
