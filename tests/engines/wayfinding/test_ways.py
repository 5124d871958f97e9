"""Ways are as short as the exact ones, and use nothing that is closed, out, one-way against them, or not for them."""

import dataclasses
import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.engines.wayfinding import PROFILES, Leg, NoWay, Ride, Way, closed_by_codes, find_nearest, find_way
from hostcity.engines.wayfinding.making import make_book
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError
from hostcity.plan.rows import Area, Opening
from tests.engines.network.drawings import area, stand
from tests.engines.wayfinding.venues import outside_node, random_levels, random_rooms, two_levels, two_rooms, typed_link
from tests.naive import wayfinding as naive

WALKING = PROFILES["walking"]


def book_of(plan: Plan, profile: str = "walking"):
    return make_book(plan, PROFILES[profile])


def found(plan, start, end, profile="walking", closed=()):
    book = book_of(plan, profile)
    return find_way(book, start, end, closed_by_codes(book, closed))


def compared(seed: int, make=random_rooms) -> int:
    """Ways between places of random rooms, some doors closed, beside exact routes on the floor without these doors."""
    plan, draw = make(seed), np.random.default_rng(seed + 1)
    book = book_of(plan, ("walking", "step-free", "pram")[seed % 3])
    codes = [each.code for each in (*plan.openings, *plan.connectors)]
    closed = [code for code in codes if draw.random() < 0.25]
    venue, shut = naive.Venue(plan, book, closed), closed_by_codes(book, closed)
    reached = [key for number, key in enumerate(book.places) if book.access_of[number + 1] > book.access_of[number]]
    for _ in range(12):
        start, end = draw.choice(reached, 2)
        way, exact_s = find_way(book, start, end, shut), venue.seconds(start, end)
        if isinstance(way, NoWay):
            assert math.isinf(exact_s)
        else:
            assert way.free_s == pytest.approx(exact_s, rel=1e-6, abs=1e-6)
            assert not {each.code for each in way.portals} & set(closed)
            for leg in (each for each in way.parts if isinstance(each, Leg)):
                along = math.fsum(math.dist(a, b) for a, b in itertools.pairwise(leg.points_m))
                assert along == pytest.approx(leg.length_m)
    return len(closed)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=15, deadline=None)
def test_ways_with_closed_doors_are_exact(seed):
    compared(seed)


@given(seed=st.integers(0, 10**5))
@settings(max_examples=10, deadline=None)
def test_ways_over_two_levels_are_exact(seed):
    compared(seed, random_levels)


@pytest.mark.slow
def test_ways_over_two_levels_are_exact_in_100_venues():
    assert sum(compared(seed, random_levels) for seed in range(100)) > 100


@pytest.mark.slow
def test_ways_with_closed_doors_are_exact_in_200_venues():
    assert sum(compared(seed) for seed in range(200)) > 100


@given(seed=st.integers(0, 10**6))
@settings(max_examples=10, deadline=None)
def test_nobody_goes_through_a_one_way_door_against_it(seed):
    plan = random_rooms(seed, one_way=True)
    book, doors = book_of(plan), {each.code: each for each in plan.openings}
    nodes = [each.code for each in plan.nodes]
    for start in nodes:
        for end in nodes:
            way = find_way(book, start, end)
            for leg in way.parts if isinstance(way, Way) else ():
                for passed in leg.passed:
                    direction = doors[passed.portal.code].direction
                    assert direction == "both" or passed.is_forward == (direction == "out")


def test_a_way_through_a_door_of_theory():
    way = found(two_rooms(stands=()), "a", "b")
    assert way.length_m == pytest.approx(20.0)
    assert (way.free_s, [each.code for each in way.portals]) == (pytest.approx(20.0 / 1.34), ["door"])
    (leg,) = way.parts
    assert (leg.passed[0].out_of, leg.passed[0].into, leg.passed[0].after_m) == ("A", "B", pytest.approx(10.0))


def test_a_stand_is_reached_at_the_middle_of_a_free_side():
    way = found(two_rooms(), "A1", "a")
    # From the middle of its side to the east or to the north, 0.31 m before it, to (10, 10).
    assert way.length_m == pytest.approx(math.hypot(10 - 8.31, 4.0), abs=0.01)


def test_a_closed_door_leaves_no_way_and_says_which():
    way = found(two_rooms(), "A1", "wc", closed=["door"])
    assert (way.is_found, way.closed, way.needed) == (False, ("door",), ())


def test_another_door_is_taken_when_one_is_closed():
    plan = two_rooms(stands=())
    plan = plan.replace(openings=(*plan.openings, Opening(code="far", area="A", other="B", line=((20, 17), (20, 19)))))
    assert [each.code for each in found(plan, "a", "b").portals] == ["door"]
    way = found(plan, "a", "b", closed=["door"])
    assert [each.code for each in way.portals] == ["far"]
    # Around both jambs of a door of 2 m with 0.25 m of clearance.
    assert way.length_m == pytest.approx(2 * math.hypot(9.73, 7.25) + 0.54, abs=0.05)


@pytest.mark.parametrize(
    ("profile", "taken"), [("walking", "escalator"), ("step-free", "lift"), ("pram", "lift"), ("goods", "lift")]
)
def test_each_profile_takes_what_it_can_use(profile, taken):
    way = found(two_levels("stairs", "escalator", "lift"), "a", "b", profile)
    assert [each.code for each in way.portals] == [taken]


def test_a_lift_that_is_out_is_not_taken():
    plan = two_levels("stairs", "lift", "ramp")
    assert [each.code for each in found(plan, "a", "b", "step-free").portals] == ["lift"]
    assert [each.code for each in found(plan, "a", "b", "step-free", closed=["lift"]).portals] == ["ramp"]
    way = found(plan, "a", "b", "step-free", closed=["lift", "ramp"])
    assert (way.is_found, way.closed) == (False, ("lift",))


def test_where_only_stairs_lead_it_says_so():
    way = found(two_levels("stairs"), "a", "b", "step-free")
    assert (way.is_found, [each.code for each in way.needed]) == (False, ["stairs"])


def test_an_escalator_is_taken_only_the_way_it_runs():
    plan = two_levels("stairs", "escalator")
    up = dataclasses.replace(plan.connectors[1], one_way=True)
    plan = plan.replace(connectors=(plan.connectors[0], up))
    assert [each.code for each in found(plan, "a", "b").portals] == ["escalator"]
    assert [each.code for each in found(plan, "b", "a").portals] == ["stairs"]


def test_two_levels_are_as_quick_as_exact_legs_and_the_ride():
    plan = two_levels("stairs", "lift", stands=(stand("S", "A", 6, 4, 9, 15), stand("T", "B", 20, 3, 22, 12)))
    for profile in ("walking", "step-free"):
        book = book_of(plan, profile)
        venue = naive.Venue(plan, book)
        for start, end in (("a", "b"), ("b", "a"), ("S", "T"), ("T", "a")):
            way = find_way(book, start, end)
            assert way.free_s == pytest.approx(
                venue.seconds(*(f"{_sheet(each)}.{each}" for each in (start, end))), rel=1e-9
            )
            kinds = [type(each) for each in way.parts]
            assert kinds == [Leg, Ride, Leg]


def _sheet(code):
    return "nodes" if code.islower() else "stands"


def test_typed_links_lead_over_ground_that_is_not_drawn():
    plan = two_rooms()
    plan = plan.replace(
        areas=(*plan.areas, Area(code="metro", kind="transport", level="0", gross_m2=100.0)),
        nodes=(*plan.nodes, outside_node("train", "metro", 10, -80)),
        links=(typed_link("street", "train", "a"),),
    )
    way = found(plan, "train", "B1")
    assert [each.code for each in way.portals] == ["street", "door"]
    assert way.parts[0].length_m == 100.0
    assert found(plan, "train", "B1", closed=["street"]).closed == ("street",)
    assert [each.code for each in found(plan, "B1", "metro").portals] == ["door", "street"]


def test_an_edge_of_the_network_is_closed_by_a_barrier_from_wall_to_wall():
    """Two aisles around a long stand; the typed link runs through one of them."""
    plan = two_rooms(
        areas=(area("A", 0, 0, 40, 20),), openings=(), amenities=(), stands=(stand("long", "A", 12, 4, 28, 18),)
    )
    nodes = tuple(dataclasses.replace(each, area="A", y_m=2.0) for each in plan.nodes)
    plan = plan.replace(nodes=nodes, links=(typed_link("aisle", "a", "b"),))
    assert found(plan, "a", "b").length_m == pytest.approx(20.0)
    way = found(plan, "a", "b", closed=["aisle"])
    assert way.length_m > 45.0  # through the aisle to the north of the stand


def test_a_door_too_narrow_for_goods_is_told():
    plan = two_rooms(openings=(Opening(code="door", area="A", other="B", line=((20, 8.5), (20, 11.5)), clear_m=1.1),))
    way = found(plan, "a", "b", "goods")
    assert (way.is_found, [(each.code, each.refused) for each in way.needed]) == (False, [("door", "narrow")])


@pytest.mark.parametrize("width_m", [0.80, 0.81, 0.82, 0.83, 0.84])
def test_a_door_as_wide_as_a_wheelchair_needs_is_gone_through_unless_it_is_closed(width_m):
    """Whatever the lattice of the floor makes of it."""
    plan = two_rooms(openings=(Opening(code="door", area="A", other="B", line=((20, 8.5), (20, 8.5 + width_m))),))
    assert [each.code for each in found(plan, "a", "b", "step-free").portals] == ["door"]
    assert not found(plan, "a", "b", "step-free", closed=["door"]).is_found


def test_a_door_with_steps_is_not_step_free():
    plan = two_rooms(
        openings=(Opening(code="door", area="A", other="B", line=((20, 8.5), (20, 11.5)), step_free=False),)
    )
    assert found(plan, "a", "b").is_found
    assert [each.refused for each in found(plan, "a", "b", "pram").needed] == ["steps"]


def test_unknown_places_are_told_all_at_once_with_the_nearest_names():
    with pytest.raises(PlanError) as refused:
        found(two_rooms(), "A2", "nowhere at all")
    assert [each.code for each in refused.value.problems] == ["way.place.unknown"] * 2
    assert "A1" in str(refused.value)


def test_a_place_within_walls_is_told():
    plan = two_rooms(stands=(stand("big", "A", 0, 0, 20, 8), stand("in", "A", 8, 2, 9, 3)))
    with pytest.raises(PlanError) as refused:
        found(plan, "in", "b")
    assert [each.code for each in refused.value.problems] == ["way.place.walled_in"]


def test_what_is_no_edge_cannot_be_closed():
    with pytest.raises(PlanError) as refused:
        found(two_rooms(), "a", "b", closed=["doors", "zzz"])
    assert [each.code for each in refused.value.problems] == ["way.closed"] * 2
    assert "door" in str(refused.value)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=10, deadline=None)
def test_the_nearest_of_some_places_is_that_to_which_the_way_is_quickest(seed):
    book = book_of(random_rooms(seed))
    nodes = [f"nodes.n{column}{row}" for column in range(3) for row in range(2)]
    ways = {end: way.free_s for end in nodes[1:] if isinstance(way := find_way(book, nodes[0], end), Way)}
    nearest = find_nearest(book, nodes[0], [*nodes[1:], "nodes.elsewhere"])
    assert nearest.is_found == bool(ways)
    if ways:
        assert nearest.free_s == pytest.approx(min(ways.values()), abs=1e-9)
        assert ways[nearest.end] == pytest.approx(nearest.free_s, abs=1e-9)
