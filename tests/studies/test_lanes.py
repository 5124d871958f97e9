"""The fewest lanes: the fluid bound beside trying everything, and a schedule from which no lane can go."""

import dataclasses
import itertools
import math
import re

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.entrance import approach, pass_gates
from hostcity.plan import apply_overrides, problems_of
from hostcity.plan.rows import Event, Gate, LaneTime
from hostcity.studies.fluid import fewest_lanes
from hostcity.studies.lane_breaks import NoScheduleError
from hostcity.studies.lane_search import (
    Queues,
    fluid_start,
    search_lanes,
    security_stations,
    sharing_checks,
    with_lanes,
)
from hostcity.studies.lanes import LanePlan, find_lanes, overrides_of, repair_lanes
from hostcity.studies.promise import counted, quarter_p99_s, verdict_of, verdict_of_gates
from tests.fairs import small_fair
from tests.naive import fluid as naive

BUSY = ["stations.*-badge.lanes=9", "stations.*-security.service_mean_s=36"]
CROWDED = [
    "streams.*.persons*=3",
    "stations.toilets.lanes=6",
    "stations.W-badge.lanes=12",
    "stations.W-security.service_mean_s=14.4",
]


@st.composite
def batches(draw):
    hours = [0.0]
    for _ in range(draw(st.integers(1, 3))):
        hours.append(hours[-1] + draw(st.sampled_from([600.0, 1800.0, 3600.0])))
    count = draw(st.integers(0, 4))
    come = sorted(draw(st.lists(st.sampled_from([0.0, 450.0, 900.0, 1800.0, 2700.0]), min_size=count, max_size=count)))
    done = [each + draw(st.sampled_from([300.0, 900.0, 2400.0])) for each in come]
    work = [draw(st.floats(0.0, 6_000.0)) for _ in come]
    shut = draw(st.lists(st.sampled_from([(0.0, 300.0), (600.0, 1500.0), (1800.0, 1900.0)]), max_size=2, unique=True))
    return work, come, done, hours, shut, draw(st.sampled_from([0.0, 25.5])), draw(st.integers(1, 5))


@settings(max_examples=60, deadline=None)
@given(batches())
@example(
    (
        [0.0, 0.0, 1101.0, 300.0],
        [0.0] * 4,
        [300.0, 300.0, 2400.0, 300.0],
        [0.0, 3600.0],
        [(600.0, 1500.0), (1800.0, 1900.0)],
        25.5,
        2,
    )
)
def test_the_fluid_bound_is_the_best_of_all_schedules(given_batches):
    work, come, done, hours, shut, overhang_s, most = given_batches
    found = fewest_lanes(np.array(work), np.array(come), np.array(done), np.array(hours), tuple(shut), overhang_s, most)
    expected = naive.fewest_lane_s(work, come, done, hours, shut, overhang_s, most)
    if expected is None:
        assert found is None
    else:
        assert found.bound_lane_s == expected
        assert float(np.dot(found.lanes, np.diff(hours))) == expected
        assert min(found.lanes) >= 1
        assert max(found.lanes) <= most


PLANS = {
    "as it is": [],
    "busy": BUSY,
    "hours that do not begin at the full hour": [*BUSY, "edition.tiny.gates_open_at=07:50:30", "edition.tiny.closes_at=16:45", "edition.tiny.last_entry_at=16:00"],
    "a strict promise": [*BUSY, "edition.tiny.peak_wait_limit_s=360", "edition.tiny.other_wait_limit_s=360"],
    "equipment for nine": [*BUSY, "stations.W-security.lanes_most=9"],
}  # fmt: skip
EVENTS = (
    Event(code="a", action="fail", target="W-security", starts_at=9.25 * 3600, ends_at=9.25 * 3600 + 300),
    Event(code="b", action="lanes", target="W-security", starts_at=9 * 3600.0, ends_at=10 * 3600.0, value=1.0),
    Event(code="c", action="service", target="W-security", starts_at=10 * 3600.0, ends_at=11 * 3600.0, value=1.5),
    Event(code="d", action="service", target="W-security", starts_at=11 * 3600.0, ends_at=12 * 3600.0, value=0.5),
    Event(code="e", action="lanes", target="W-security", starts_at=13 * 3600.0, value=2.0),
)
WINDOW = LaneTime(code="w", station="W-security", starts_at=8 * 3600.0, ends_at=9 * 3600.0, lanes=1)


@pytest.fixture(scope="module", params=[*PLANS, "with events"])
def searched(request):
    plan = apply_overrides(small_fair(2000), PLANS.get(request.param, BUSY))
    if request.param == "with events":
        plan = plan.replace(timeline=plan.timeline + EVENTS, lanes=(WINDOW,))
    assert problems_of(plan) == ()
    return plan, find_lanes(plan, searched=1, fresh=0)


def test_the_day_played_with_the_overrides_keeps_the_promise(searched):
    plan, found = searched
    changed = apply_overrides(plan, found.overrides)
    assert problems_of(changed) == ()
    verdict = verdict_of(changed, rehearse_day(changed))
    assert verdict.kept
    assert verdict == found.verdict


def test_the_bound_is_a_bound(searched):
    _, found = searched
    assert found.bound_lane_hours > 0
    assert found.bound_lane_hours <= found.lane_hours + 1e-9


def test_no_lane_can_leave_any_hour(searched):
    plan, found = searched
    if found.limit_share < 1.0:
        pytest.fail("choose a plan for which the gates by themselves are enough")
    (station,) = found.stations
    coming = approach(plan)

    def keeps(lanes) -> bool:
        changed = apply_overrides(plan, overrides_of(type(station)(
            station=station.station, gate=station.gate, hours_from_s=station.hours_from_s, lanes=tuple(lanes),
            planned=station.planned,
        )))  # fmt: skip
        return verdict_of_gates(changed, pass_gates(changed, coming)).kept

    assert keeps(station.lanes)
    for hour, lanes in enumerate(station.lanes):
        if lanes > 1:
            fewer = [*station.lanes]
            fewer[hour] -= 1
            assert not keeps(fewer), (hour, fewer)


def test_the_schedule_covers_the_day(searched):
    plan, found = searched
    (station,) = found.stations
    assert station.hours_from_s[0] == plan.day.gates_open_at
    assert station.hours_from_s[-1] == plan.day.closes_at
    assert len(station.lanes) == len(station.planned) == len(station.hours_from_s) - 1
    assert all(at % 3600 == 0 for at in station.hours_from_s[1:-1])
    assert station.lane_hours == pytest.approx(
        sum(n * (b - a) for n, a, b in zip(station.lanes, station.hours_from_s, station.hours_from_s[1:], strict=False))
        / 3600
    )
    most = plan.stations[0].lanes_most
    assert max(station.lanes) <= (most or 500)


def test_hours_of_equal_lanes_stand_together(searched):
    _, found = searched
    windows = [re.fullmatch(r"stations\.W-security\.lanes@(.+)-(.+)=(\d+)", text) for text in found.overrides]
    assert all(windows)
    assert all(a[2] == b[1] and a[3] != b[3] for a, b in itertools.pairwise(windows))


def test_planned_is_what_the_plan_has_open():
    plan = small_fair().replace(lanes=(WINDOW,), timeline=EVENTS[1:])
    (station,) = find_lanes(plan).stations
    assert station.planned == (1, 1, 3, 3, 3, 2, 2, 2, 2)


@pytest.mark.parametrize(
    ("changes", "reason", "place"),
    [
        ([*BUSY, "stations.W-badge.lanes=1"], "badge", "W-badge"),
        ([*BUSY, "edition.tiny.gates_open_at=08:50"], "opening", "W-security"),
        ([*BUSY, "stations.W-security.lanes=2", "stations.W-security.lanes_most=2"], "lanes", "W-security"),
    ],
    ids=["the badge check is too slow", "the gates open too late", "too little equipment"],
)  # fmt: skip
def test_no_number_of_lanes_is_enough(changes, reason, place):
    with pytest.raises(NoScheduleError) as error:
        find_lanes(apply_overrides(small_fair(2000), changes))
    (problem,) = error.value.problems
    assert (problem.code, problem.sheet, problem.row, problem.column) == ("lanes.none", "stations", 0, "lanes")
    assert problem.what.startswith("All security lanes, open all day, don't keep the promise. ")
    first = error.value.first
    assert (first.gate, first.reason, first.place) == ("W", reason, place)
    assert first.took_s > first.limit_s
    assert not error.value.verdict.kept


def test_a_failure_through_the_morning_cannot_be_mended_by_lanes():
    plan = apply_overrides(small_fair(2000), BUSY)
    failure = Event(code="f", action="fail", target="W-security", starts_at=9 * 3600.0, ends_at=12 * 3600.0)
    with pytest.raises(NoScheduleError) as error:
        find_lanes(plan.replace(timeline=(failure,)))
    assert (error.value.first.reason, error.value.first.place) == ("failure", "W-security")
    assert error.value.first.starts_s == 9 * 3600.0


def test_a_broken_schedule_is_mended_on_the_whole_day():
    plan = apply_overrides(small_fair(2000), BUSY)
    lanes, days = repair_lanes(plan, {0: (1,) * 9})
    assert 1 < days <= 13
    changed = with_lanes(plan, lanes)
    assert verdict_of(changed, rehearse_day(changed)).kept
    assert sum(lanes[0]) < 9 * 20


def test_nobody_comes_to_a_gate():
    found = find_lanes(apply_overrides(small_fair(), ["streams.*.persons=0"]))
    assert found.stations[0].lanes == (1,) * 9
    assert found.verdict.kept


def test_two_stations_of_two_gates():
    plan = small_fair(2000)
    twin = [
        type(row)(
            **{
                **{name: getattr(row, name) for name in row.__dataclass_fields__},
                "code": row.code.replace("W", "E"),
                "gate": "E",
            }
        )
        for row in plan.stations[:2]
    ]
    approaches = (*plan.approaches, type(plan.approaches[0])(code="coach-E", stream="coach", gate="E", weight=3.0))
    plan = plan.replace(gates=(*plan.gates, Gate(code="E")), stations=(*plan.stations, *twin), approaches=approaches)
    plan = apply_overrides(plan, BUSY)
    assert problems_of(plan) == ()
    found = find_lanes(plan, searched=1, fresh=0)
    assert [station.station for station in found.stations] == ["W-security", "E-security"]
    assert found.verdict.kept
    assert isinstance(found, LanePlan)


@pytest.mark.slow
def test_two_stations_that_share_a_badge_check_are_searched_together():
    """Searched each as if it had the check to itself, they find too few lanes."""
    plan = small_fair(2000)
    stations = [dataclasses.replace(plan.stations[0], code=code, lanes=30) for code in ("W-security", "W2-security")]
    plan = plan.replace(stations=(stations[0], *plan.stations[1:], stations[1]))
    busy_check = ["stations.W-badge.lanes=2", "stations.W-badge.service_mean_s=10.4"]
    limits = ["edition.tiny.other_wait_limit_s=1200", "edition.tiny.peak_wait_limit_s=1200"]
    plan = apply_overrides(plan, ["stations.*-security.service_mean_s=36", *busy_check, *limits])
    assert problems_of(plan) == ()
    coming = approach(plan)
    together = Queues(plan, (coming,), tuple(security_stations(plan)))
    assert sharing_checks(plan, [coming]) == [together.stations]
    limit_s = np.full(52, 1200.0)
    alone = {}
    for station in together.stations:
        queue = Queues(plan, (_without(coming, station),), (station,))
        alone |= search_lanes(queue, limit_s, fluid_start(queue, limit_s))
    assert together.times_s(alone).max() > 1200.0
    found = find_lanes(plan, searched=1, fresh=0)
    assert (found.verdict.kept, found.runs, found.repairs) == (True, 1, 0)
    lanes = {at: row.lanes for at, row in zip(together.stations, found.stations, strict=True)}
    assert together.times_s(lanes).max() <= 1200.0
    played = pass_gates(with_lanes(plan, lanes), coming)
    asked = counted(plan, played.group) & ~np.isnan(played.joined_s)
    for at, row in zip(together.stations, together.times_s(lanes), strict=True):
        here = asked & (coming.security == at)
        assert row.tolist() == quarter_p99_s(plan, played.joined_s[here], played.entry_s[here]).tolist()


def _without(coming, station):
    """Only those who come through one station."""
    return dataclasses.replace(coming, badge=np.where(coming.security == station, coming.badge, -1).astype(np.int16))


def test_a_fair_that_is_too_full_inside_is_not_mended_by_lanes():
    """Security stops admitting when it is too full inside; the run finds out, and says so."""
    with pytest.raises(NoScheduleError) as error:
        find_lanes(apply_overrides(small_fair(2000), CROWDED), searched=1, fresh=0)
    assert (error.value.first.gate, error.value.first.reason) == ("W", "inside")


def test_progress_ascends_to_the_end():
    told: list[float] = []
    find_lanes(small_fair(), progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert not any(math.isnan(each) for each in told)


def test_the_same_seed_finds_the_same():
    plan = apply_overrides(small_fair(2000), BUSY)
    assert find_lanes(plan, seed=3) == find_lanes(plan, seed=3)


def test_lanes_serve_runs_that_the_search_has_not_seen():
    found = find_lanes(apply_overrides(small_fair(2000), BUSY))
    assert (found.verdict.kept, found.fresh_kept, found.fresh_runs) == (True, 3, 3)
