"""What is drawn of an edition's venue, as it is read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hostcity.core.plan_rows.services import change_row, replace_plan
from hostcity.venue.queries import drawn_of, level_map, venue_map
from hostcity.venue.ways.queries import drawing_of
from tests import people
from tests.venue import halls


def queries(call):
    with CaptureQueriesContext(connection) as seen:
        call()
    return len(seen)


@pytest.mark.parametrize("count", [1, 3])
def test_two_queries_whatever_the_number_of_rows(edition, planner, count):
    stands = tuple(halls.stand(f"A-{number}", "A", 7.0 * number) for number in range(count))
    replace_plan(edition=edition, plan=halls.plan(stands=stands), by=planner)
    assert queries(lambda: venue_map(edition)) == 2
    assert len(level_map(edition, "0").stands) == count
    assert queries(lambda: level_map(edition, "1")) == 1, "the plan is the same: it is not read again"


def test_map_and_ways_hold_the_same_rows(drawn):
    areas = {id(area) for each in venue_map(drawn).levels for area in each.areas}
    assert {id(area) for area in drawing_of(drawn).areas} == areas


def test_what_is_kept_is_of_this_plan_and_this_edition(drawn, planner):
    assert [each.code for each in level_map(drawn, "0").stands] == ["A-01", "A-02", "pillar"]
    change_row(edition=drawn, sheet="stands", key="A-02", changes={"area": "B"}, version=1, by=planner)
    assert [each.code for each in level_map(drawn, "0").stands] == ["A-01", "pillar"]
    assert venue_map(people.edition("other")).levels == ()


def test_each_level_has_what_is_on_it_and_connectors_are_on_both():
    ground, upper = drawn_of(halls.rows()).levels
    assert [each.code for each in (*ground.areas, *ground.openings, *ground.amenities)] == ["A", "door", "exit", "wc"]
    assert [each.code for each in (*upper.areas, *upper.stands)] == ["B", "B-01"]
    assert ground.connectors == upper.connectors == halls.CONNECTORS


def test_levels_stand_from_low_to_high_and_the_map_opens_with_the_drawn_one_nearest_to_the_ground():
    turned = drawn_of(halls.rows(levels=halls.LEVELS[::-1]))
    assert [each.level.code for each in turned.levels] == ["0", "1"]
    assert turned.entrance.level.code == "0"
    only_above = drawn_of(halls.rows(areas=halls.AREAS[1:], stands=(), openings=(), connectors=(), amenities=()))
    assert only_above.entrance.level.code == "1"


def test_a_plan_in_the_making_may_name_what_it_does_not_have():
    half = drawn_of(halls.rows(areas=(halls.area("A", "9"),), stands=(halls.stand("X", "nowhere"),)))
    assert half.is_empty
    assert drawn_of(halls.rows(levels=(), areas=(), stands=())).entrance is None


def test_two_connectors_of_one_level_are_on_it_once():
    level = drawn_of(halls.rows(areas=(halls.area("A", "0"), halls.area("B", "0", x=40.0)))).level("0")
    assert level.connectors == halls.CONNECTORS
