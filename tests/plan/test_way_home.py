"""Everybody can get home from every place that they may want to be at."""

from hostcity.plan.check import problems_of
from hostcity.plan.rows import Link, Node
from tests.fairs import small_fair


def test_a_dead_end_in_a_hall_is_told_even_when_it_is_not_the_halls_first_node():
    plan = small_fair()
    trap = Node(code="H1-trap", level="0", area="H1", x_m=230.0, y_m=60.0, floor_m2=500.0)
    only_in = Link(code="trap", start="H1-b", end="H1-trap", length_m=40.0, width_m=3.0, one_way=True)
    caught = plan.replace(nodes=(*plan.nodes, trap), links=(*plan.links, only_in))
    problems = problems_of(caught)
    assert {problem.code for problem in problems} == {"areas.no_way_home"}
    assert "H1-trap" in problems[0].what
