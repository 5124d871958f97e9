"""What is closed or narrowed when."""

import pytest

from hostcity.plan import problems_of
from hostcity.plan.closings import closings_of, left_at, share_left
from hostcity.plan.rows import Connector, Event, Level, Opening
from tests.fairs import small_fair

HOUR_S = 3600.0


def event(code, action, target, starts=10, ends=None, **more):
    ends_at = None if ends is None else ends * HOUR_S
    return Event(code=code, action=action, target=target, starts_at=starts * HOUR_S, ends_at=ends_at, **more)


def test_shares_that_are_left():
    assert [share_left(event("e", action, "x", value=value)) for action, value in (
        ("width", 0.4), ("width", None), ("width", 0.0), ("close", None), ("shut", None), ("close", 0.5),
    )] == [0.4, 1.0, 0.0, 0.0, 0.0, 0.0]  # fmt: skip


def test_the_least_of_all_that_hold_is_left():
    narrow, shut = event("n", "width", "door", 9, 12, value=0.5), event("s", "shut", "door", 10, 11)
    other = event("o", "lanes", "W-security", value=2)
    found = closings_of((shut, other, narrow, event("c", "close", "ramp")))
    assert {code: [each.code for each in events] for code, events in found.items()} == {
        "door": ["n", "s"],
        "ramp": ["c"],
    }
    assert [left_at(found["door"], at * HOUR_S) for at in (8.9, 9, 10, 10.9, 11, 12)] == [1, 0.5, 0, 0, 0.5, 1]
    assert left_at((), 0.0) == 1.0
    assert left_at(found["ramp"], 48 * HOUR_S) == 0.0, "to the end of the day"


@pytest.fixture
def drawn():
    """The small fair with a door and a lift that no link is called after."""
    plan = small_fair()
    area = plan.areas[0]
    levels = (*plan.levels, Level(code="up", name_en="Up", name_zh="上", elevation_m=5.0))
    door = Opening(code="south-door", area=area.code, line=((0.0, 0.0), (2.0, 0.0)))
    lift = Connector(
        code="south-lift", kind="lift", start=area.code, start_x_m=0.0, start_y_m=0.0, end=area.code, end_x_m=0.0,
        end_y_m=0.0, width_m=1.0, cabin_persons=8, cycle_s=60.0,
    )  # fmt: skip
    return plan.replace(levels=levels, openings=(door,), connectors=(lift,))


def problems(plan, *events):
    return [
        (each.code, str(each.what), str(each.mend))
        for each in problems_of(plan.replace(timeline=events))
        if each.sheet == "timeline"
    ]


def test_openings_and_connectors_can_be_shut(drawn):
    assert problems(drawn, event("a", "shut", "south-door", 10, 11), event("b", "shut", "south-lift")) == []
    assert problems(drawn, event("a", "shut", "south-dor")) == [
        ("timeline.target.unknown", "names south-dor, which is neither an opening nor a connector.",
         "Did you mean south-door?"),
    ]  # fmt: skip
    assert problems(drawn, event("a", "shut", "qqq"))[0][2] == (
        "Give the code of a row of sheet openings or connectors; close shuts a link."
    )
    assert problems(drawn, event("a", "shut", "south-door", 11, 10))[0][0] == "timeline.ends_at.order"
    assert problems(drawn, event("a", "close", "south-door"))[0][0] == "timeline.target.unknown"


def test_a_plan_in_which_nothing_is_shut_keeps_its_hash():
    assert small_fair().sha256 == "e0bf8c86d280ac0df2b30b8437fe4f1b8e1471c2404210ff0855333da9b5b103"
