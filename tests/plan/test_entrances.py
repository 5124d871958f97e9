"""Nobody inside may need a place on the floor where people queue for security."""

import dataclasses

from hostcity.plan.check import problems_of
from tests.fairs import small_fair


def moved(plan, code, node):
    stations = tuple(dataclasses.replace(row, node=node) if row.code == code else row for row in plan.stations)
    return plan.replace(stations=stations)


def test_toilets_food_and_trains_on_the_floor_of_security_are_refused():
    for code in ("toilets", "food", "trains"):
        (problem,) = problems_of(moved(small_fair(), code, "security"))
        assert problem.code == "stations.node.entrance"
        assert problem.column == "node"
        assert problem.what.startswith(f"{code} shares the floor on which people queue for W-security")


def test_they_may_be_there_when_the_floor_has_no_bound_or_security_is_never_held():
    plan = moved(small_fair(), "toilets", "security")
    unbounded = tuple(dataclasses.replace(row, floor_m2=None) if row.code == "security" else row for row in plan.nodes)
    never = tuple(dataclasses.replace(row, perimeter_share=1.0) for row in plan.model)
    assert problems_of(plan.replace(nodes=unbounded)) == ()
    assert problems_of(plan.replace(model=never)) == ()


def test_security_in_an_area_that_people_visit_is_refused():
    plan = small_fair()
    nodes = tuple(dataclasses.replace(row, area="H1") if row.code == "security" else row for row in plan.nodes)
    assert "nodes.area.entrance" in {problem.code for problem in problems_of(plan.replace(nodes=nodes))}
