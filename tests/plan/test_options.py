"""Rows of sheet options that cannot be tried, each with its place and mend."""

import pytest

from hostcity.plan import problems_of
from hostcity.plan.options import uses_of
from hostcity.plan.rows import Option
from tests.fairs import small_fair


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ({"changes": "stations.W-security.lanes+=1"}, []),
        ({"changes": "stations.W-security.lanes+=1 links.ramp.width_m*=2", "uses": "lanes=1; staff=5"}, []),
        ({"changes": " "}, ["changes.empty"]),
        ({"changes": "more lanes"}, ["changes.form"]),
        ({"changes": "stations.X.lanes+=1 gates.W.lanes=3"}, ["changes.key", "changes.field"]),
        ({"changes": "stations.W-security.lanes+=x", "uses": "staff"}, ["changes.number", "uses.form"]),
        ({"changes": "stations.W-security.lanes+=1", "most": 0}, ["most.range"]),
    ],
)
def test_what_cannot_be_tried(row, codes):
    plan = small_fair().replace(options=(Option(code="fine", changes="links.ramp.width_m*=2"), Option(code="o", **row)))
    assert [(each.row, each.code) for each in problems_of(plan)] == [(2, f"options.{code}") for code in codes]


def test_resources_are_read_with_semicolons_or_commas():
    assert uses_of("lanes=1; staff = 5") == uses_of("lanes=1,staff=5,") == {"lanes": 1.0, "staff": 5.0}
    assert uses_of("") == {}
