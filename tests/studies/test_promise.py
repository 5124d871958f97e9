"""The verdict on the promise is that of its definition."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.entrance import approach, pass_gates
from hostcity.engines.day.results import TURNED_AWAY
from hostcity.plan import apply_overrides
from hostcity.studies.promise import gate_waits, judge, p99, quarter_p99_s, verdict_of, verdict_of_gates
from tests.fairs import small_fair
from tests.naive import promise as naive

PLAN = small_fair()
START, END = PLAN.day.clock_starts_at, PLAN.day.clock_ends_at
SEED_OF_GAPS = 0  # a day on which nobody steps on the heels of another
STAFF = 2  # the group that does not count


def same(verdict, expected: dict) -> None:
    got = dataclasses.asdict(verdict)
    assert got.keys() == expected.keys()
    for name, value in expected.items():
        assert got[name] == value or (math.isnan(got[name]) and math.isnan(value)), name


times = st.one_of(
    st.floats(START, END),
    st.integers(0, 52).map(lambda quarter: START + 900.0 * quarter),  # on the border of two quarters
    st.sampled_from([START, END, START - 1.0, END + 1.0, math.nan]),
)
entry_times = st.one_of(st.floats(0.0, 50_000.0), st.sampled_from([0.0, 600.0, 600.1, 1800.0, 1800.1, math.nan]))
persons = st.tuples(times, entry_times, st.integers(0, 2))


def nobody_got_in_who_did_not_join(people: list[tuple[float, float, int]]) -> list[tuple[float, float, int]]:
    return [(joined, math.nan if math.isnan(joined) else took, group) for joined, took, group in people]


@given(st.lists(persons, max_size=40).map(nobody_got_in_who_did_not_join), st.integers(1, 150))
@example([], 1)
@example([(START, 0.0, 0)], 1)
@example([(START, 0.0, STAFF)], 1)
@example([(END, 0.0, 0)], 1)
@example([(END, 5_000.0, 0)], 3)
@example([(START + 60.0, math.nan, 0)], 1)
@example([(math.nan, math.nan, 0)], 1)
@example([(START + 900.0 * quarter, 10.0, 0) for quarter in range(52)], 1)  # every hour a peak: the first is
@example([(START + 900.0 * 4, 1800.0, 0), (START, 600.0, 0)], 100)
@example([(START + 900.0 * 4, 1800.1, 0), (START, 600.1, 0)], 100)
def test_as_its_definition(people, times_each):
    people = people * times_each if len(people) <= 3 else people
    joined, took, group = ([person[at] for person in people] for at in range(3))
    verdict = judge(PLAN, np.array(joined, float), np.array(took, float), np.array(group, np.int16))
    same(verdict, naive.judge(PLAN, joined, took, group))


@given(st.lists(st.floats(0, 1e6), max_size=500))
def test_the_99th_percentile(values):
    assert p99(np.array(values, float)) == naive.p99(values)


@pytest.mark.parametrize(("late", "kept"), [(1, True), (2, False)])
def test_one_in_a_hundred_may_wait_longer(late, kept):
    people = 100
    took = np.array([60.0] * (people - late) + [1801.0] * late)
    joined = np.full(people, 9.5 * 3600)
    assert judge(PLAN, joined, took, np.zeros(people, np.int16)).kept is kept


def test_an_hour_is_the_shortest_clock():
    short = dataclasses.replace(PLAN.day, clock_starts_at=9 * 3600.0, clock_ends_at=10 * 3600.0)
    plan = PLAN.replace(edition=(short,))
    joined, took = [9 * 3600.0, 9.9 * 3600.0], [100.0, 5_000.0]
    verdict = judge(plan, np.array(joined), np.array(took), np.zeros(2, np.int16))
    same(verdict, naive.judge(plan, joined, took, [0, 0]))
    assert verdict.peak_entries == 2


@pytest.fixture(scope="module", params=["calm", "crowded", "closed early"])
def day_of(request):
    changes = {
        "calm": [], "crowded": ["stations.W-security.lanes=1", "stations.W-security.service_mean_s=12"],
        "closed early": ["edition.tiny.last_entry_at=10:00", "stations.W-security.lanes=1"],
    }[request.param]  # fmt: skip
    plan = apply_overrides(small_fair(2000), changes)
    return plan, rehearse_day(plan)


def test_a_played_day(day_of):
    plan, day = day_of
    expected = naive.judge(
        plan, day.visitor_entry_joined_s.tolist(), day.visitor_entry_s.tolist(), day.visitor_group.tolist()
    )
    counts = [group.counts_as_entry for group in plan.groups]
    expected["turned_away"] = sum(
        counts[group] and end == TURNED_AWAY
        for group, end in zip(day.visitor_group.tolist(), day.visitor_end.tolist(), strict=True)
    )
    same(verdict_of(plan, day), expected)


def test_gates_of_a_played_day(day_of):
    plan, day = day_of
    (gate,) = gate_waits(plan, day)
    verdict = verdict_of(plan, day)
    assert gate.entries == verdict.entries
    queued = ~np.isnan(day.visitor_entry_joined_s) & (day.visitor_group != STAFF)
    took = np.nan_to_num(day.visitor_entry_s[queued], nan=np.inf)
    by_quarter = quarter_p99_s(plan, day.visitor_entry_joined_s[queued], took)
    assert gate.worst_p99_s == by_quarter.max()
    assert gate.worst_starts_s == START + 900.0 * int(by_quarter.argmax())
    assert gate.worst_p99_s >= verdict.other_p99_s


def test_gates_are_told_the_worst_first():
    plan, day = small_fair(), rehearse_day(small_fair())
    twice = dataclasses.replace(day, gate_codes=("W", "E"))
    assert [each.gate for each in gate_waits(plan, twice)] == ["W", "E"]
    assert gate_waits(plan, twice)[1].worst_p99_s == 0.0


@pytest.mark.parametrize("persons", [0, 1])
def test_hardly_anybody_comes(persons):
    plan = apply_overrides(small_fair(), [f"streams.metro.persons={persons}", "streams.coach.persons=0"])
    verdict = verdict_of(plan, rehearse_day(plan))
    assert verdict.kept
    assert verdict.entries <= persons


# The gates by themselves, beside the whole day


def compared(plan, seed=1):
    """Entry times of both, by person."""
    day, coming = rehearse_day(plan, seed=seed), approach(plan, seed=seed)
    gates = pass_gates(plan, coming)
    assert (day.visitor_group == gates.group).all()
    assert (day.visitor_gate == gates.gate).all()
    return day, gates


def wide(persons: int):
    """A fair where nobody is held up on the way to the gate or behind it, so that both models are the same one.

    Wide links and floors without bounds, no perimeter rule, and those who go home do not slow down those who come.
    """
    return apply_overrides(
        small_fair(persons),
        ["links.walk.width_m=400", "links.lane.width_m=400", "links.gate.width_m=400", "links.in.width_m=400",
         "nodes.security.floor_m2=", "nodes.badge.floor_m2=", "nodes.west.floor_m2=", "model.day.perimeter_share=1",
         "model.day.counter_flow_loss=0"],
    )  # fmt: skip


@pytest.mark.parametrize("lanes", [1, 3, 8])
def test_the_gates_by_themselves_are_those_of_the_day_where_nobody_is_held_up(lanes):
    plan = apply_overrides(wide(250), [f"stations.W-security.lanes={lanes}", "model.day.step_s=0.5"])
    day, gates = compared(plan, seed=SEED_OF_GAPS)
    for stream in (0, 1):  # a floor lets 20 people a second onto a link: no two of these come closer than that
        assert np.diff(day.visitor_arrive_s[day.visitor_stream == stream]).min() > 0.05
    np.testing.assert_allclose(day.visitor_entry_joined_s, gates.joined_s, rtol=0, atol=1e-6)
    np.testing.assert_allclose(day.visitor_entry_s, gates.entry_s, rtol=0, atol=1e-6)


def test_those_who_go_home_slow_down_those_who_come():
    """What the gates by themselves leave out: on a day with both ways on one link, entry begins seconds later."""
    plan = apply_overrides(wide(400), ["model.day.counter_flow_loss=0.1"])
    day, gates = compared(plan)
    later_s = day.visitor_entry_joined_s - gates.joined_s
    assert later_s.min() > -1e-6
    assert 0.1 < later_s.max() < 10.0


def test_late_comers_are_turned_away_by_both():
    plan = apply_overrides(small_fair(), ["edition.tiny.last_entry_at=10:00"])
    day, gates = compared(plan)
    away = day.visitor_end == TURNED_AWAY
    assert away.sum() > 20
    assert np.isnan(gates.entry_s[away]).all()
    assert not np.isnan(gates.entry_s[~away]).any()
    assert verdict_of(plan, day).turned_away == verdict_of_gates(plan, gates).turned_away > 0
    assert verdict_of_gates(plan, gates).kept
