"""Events that contradict one another are refused: the order of rows would decide which of them holds."""

import dataclasses
import itertools

import pytest

from hostcity.plan import apply_overrides, problems_of
from hostcity.plan.rows import Event
from hostcity.report.problems import problem_in_chinese
from tests.fairs import small_fair

HOUR_S = 3600.0


def event(code, action, target, begins, ends, value=None, to=()):
    ends_at = None if ends is None else ends * HOUR_S
    return Event(
        code=code, action=action, target=target, starts_at=begins * HOUR_S, ends_at=ends_at, value=value, to=to
    )


def found(*events):
    return [(each.row, each.code) for each in problems_of(small_fair().replace(timeline=events))]


LANES = [("lanes", "W-security", 9, 11, 1.0), ("lanes", "W-security", 10, 12, 6.0)]


@pytest.mark.parametrize(
    ("events", "codes"),
    [
        (LANES, ["timeline.starts_at.overlap"]),
        ([("lanes", "W-security", 9, None, 1.0), ("lanes", "W-security", 18, 19, 6.0)], ["timeline.starts_at.overlap"]),
        ([("lanes", "W-security", 9, 10, 1.0), ("lanes", "W-security", 10, 12, 6.0)], []),
        ([("lanes", "W-security", 9, 11, 1.0), ("lanes", "W-security", 10, 12, 1.0)], []),  # they agree
        ([*LANES, ("lanes", "W-security", 11.5, 13, 6.0)], ["timeline.starts_at.overlap"]),
        ([("lanes", "W-security", 9, 11, 1.0), ("lanes", "W-badge", 10, 12, 6.0)], []),
        ([("lanes", "W-security", 9, 11, 2.5)], ["timeline.value.integer"]),
        ([("divert", "metro", 9, 10, None, ("metro",))], ["timeline.to.itself"]),
        ([("divert", "metro", 9, 10, None, ("coach",)), ("divert", "coach", 10, 11, None, ("metro",))], []),
        (
            [("divert", "metro", 9, 10, None, ("coach",)), ("divert", "coach", 9.5, None, None, ("metro",))],
            ["timeline.to.closed", "timeline.to.closed"],
        ),
    ],
)
def test_contradictions_are_refused_whatever_the_order(events, codes):
    for order in itertools.permutations(events):
        told = found(*(event(f"e{at}", *each) for at, each in enumerate(order)))
        assert [code for _, code in told] == codes


def test_a_later_change_of_lanes_takes_its_time_out_of_earlier_ones():
    changes = ["08:00-12:00=1", "09:00-10:00=2", "11:00-13:00=3", "09:30-09:45=4", "14:00-15:00=5", "13:30-15:30=6"]
    plan = apply_overrides(small_fair().replace(timeline=()), [f"stations.food.lanes@{each}" for each in changes])
    lanes = sorted((each.starts_at / HOUR_S, each.ends_at / HOUR_S, each.value) for each in plan.timeline)
    assert lanes == [
        (8, 9, 1), (9, 9.5, 2), (9.5, 9.75, 4), (9.75, 10, 2), (10, 11, 1), (11, 13, 3), (13.5, 15.5, 6),
    ]  # fmt: skip
    assert problems_of(plan) == ()


def test_the_other_row_is_named_in_both_languages():
    plan = small_fair().replace(timeline=tuple(event(f"e{at}", *each) for at, each in enumerate(LANES)))
    (problem,) = problems_of(plan)
    assert str(problem.what) == "overlaps row 1 of the same station."
    assert "第 1 行" in problem_in_chinese(problem)


def test_an_arrival_point_must_hold_whoever_comes():
    plan = small_fair()
    nodes = tuple(dataclasses.replace(row, floor_m2=1.0) if row.code == "arrival" else row for row in plan.nodes)
    (problem,) = problems_of(plan.replace(nodes=nodes))
    assert (problem.code, problem.row) == ("streams.node.floor", 1)
    assert str(problem.what) == "metro arrives at arrival, whose standing floor is bounded."
