"""Figures per place, beside plain counting over the result's arrays."""

import math

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.results import HOME, LOS_FROM_PER_M2, STILL_INSIDE, STILL_OUTSIDE
from hostcity.plan import apply_overrides
from hostcity.studies.figures import figures_of
from tests.fairs import small_fair
from tests.naive.promise import p99


@pytest.fixture(scope="module", params=["calm", "crowded"])
def played(request):
    changes = {
        "calm": [],
        "crowded": ["stations.W-security.lanes=1", "stations.food.service_mean_s=400", "appointments.talk.persons=300",
                    "links.plaza.width_m=1", "links.door1.width_m=0.6"],
    }[request.param]  # fmt: skip
    plan = apply_overrides(small_fair(1500), changes)
    day = rehearse_day(plan)
    return plan, day, figures_of(plan, day)


def rank(values: list[float], share: float) -> float:
    ascending = sorted(values)
    return next(value for number, value in enumerate(ascending, 1) if number >= share * len(ascending) - 1e-9)


def test_stations(played):
    plan, day, figures = played
    for at, (row, figure) in enumerate(zip(plan.stations, figures.stations, strict=True)):
        here = [number for number, station in enumerate(day.service_station.tolist()) if station == at]
        waits = [float(day.service_wait_s[number]) for number in here]
        assert (figure.code, figure.service, figure.served) == (row.code, row.service, len(waits))
        assert waits
        assert [figure.wait_p50_s, figure.wait_p95_s, figure.wait_p99_s] == [
            rank(waits, each) for each in (0.5, 0.95, 0.99)
        ]
        assert figure.share_over_600_s == sum(wait > 600 for wait in waits) / len(waits)
        assert figure.share_over_1800_s == sum(wait > 1800 for wait in waits) / len(waits)
        slots: dict[int, list[float]] = {}
        for number in here:
            slots.setdefault(int((day.service_joined_s[number] - day.clock_start_s) // 300), []).append(
                float(day.service_wait_s[number])
            )
        worst = max(p99(each) for each in slots.values())
        assert figure.worst_p99_s == worst
        assert figure.worst_at_s == day.clock_start_s + 300 * min(
            slot for slot, each in slots.items() if p99(each) == worst
        )
        assert figure.queue_peak == day.station_queue[at].max()
        assert figure.unserved == day.station_unserved[at]


def test_areas(played):
    plan, day, figures = played
    for at, (row, figure) in enumerate(zip(plan.areas, figures.areas, strict=True)):
        assert (figure.code, figure.kind, figure.capacity) == (row.code, row.kind, row.capacity_persons)
        assert figure.peak_persons >= day.area_persons[at].max()
        assert (
            figure.peak_per_m2 == figure.peak_persons / row.gross_m2 if row.gross_m2 else math.isnan(figure.peak_per_m2)
        )
        assert day.clock_start_s <= figure.peak_at_s <= day.clock_end_s


def test_streams(played):
    plan, day, figures = played
    for at, (row, figure) in enumerate(zip(plan.streams, figures.streams, strict=True)):
        arrive = [float(each) for each, of in zip(day.visitor_arrive_s, day.visitor_stream, strict=True) if of == at]
        assert (figure.code, figure.persons) == (row.code, row.persons)
        assert figure.arrived[-1] == row.persons
        for slot, arrived in enumerate(figure.arrived):
            assert arrived == sum(each < day.clock_start_s + 300 * (slot + 1) for each in arrive)


def test_links(played):
    plan, day, figures = played
    for at, (row, figure) in enumerate(zip(plan.links, figures.links, strict=True)):
        assert (figure.code, figure.kind) == (row.code, row.kind)
        assert figure.peak_per_m2 >= day.link_density_per_m2[:, at].max() - 1e-6
        assert figure.level_of_service == "ABCDEF"[sum(figure.peak_per_m2 >= each for each in LOS_FROM_PER_M2)]
        assert figure.passed == day.link_flow[at].sum()
        time_s = day.link_los_person_s[at].sum()
        assert figure.share_at_e_or_f == (day.link_los_person_s[at, 4:].sum() / time_s if time_s else 0.0)


def test_appointments(played):
    plan, day, figures = played
    for at, (row, figure) in enumerate(zip(plan.appointments, figures.appointments, strict=True)):
        late = [float(each) for each, of in zip(day.appointment_late_s, day.appointment_of, strict=True) if of == at]
        assert figure.invited == len(late) > 0
        assert figure.missed == sum(math.isnan(each) or each > row.missed_after_s for each in late)
        assert figure.late == sum(row.late_after_s < each <= row.missed_after_s for each in late)


def test_the_whole_day(played):
    _, day, figures = played
    home = [float(each) for each, end in zip(day.visitor_left_s, day.visitor_end, strict=True) if end == HOME]
    assert figures.last_out_s == max(home)
    assert figures.still_inside == sum(end == STILL_INSIDE for end in day.visitor_end)
    assert figures.still_outside == sum(end == STILL_OUTSIDE for end in day.visitor_end)
    stays = [
        left - (joined + took)
        for left, joined, took in zip(day.visitor_left_s, day.visitor_entry_joined_s, day.visitor_entry_s, strict=True)
        if not (math.isnan(left) or math.isnan(joined) or math.isnan(took))
    ]
    assert figures.mean_stay_s == pytest.approx(sum(stays) / len(stays), rel=1e-12)


def test_nobody_is_the_last_one_out_while_somebody_is_there():
    plan = apply_overrides(small_fair(1500), ["stations.trains.headway_s=1800", "stations.trains.batch_persons=20"])
    figures = figures_of(plan, rehearse_day(plan))
    assert figures.still_inside + figures.still_outside > 100
    assert math.isnan(figures.last_out_s)


def test_who_was_held_outside_is_counted_with_time_and_place():
    plan = apply_overrides(small_fair(1500), ["links.lane.width_m=0.3", "streams.coach.headway_s=3600"])
    day = rehearse_day(plan)
    held = figures_of(plan, day).held
    assert held.most_persons == day.held_outside.max() > 0
    assert held.at_s == day.clock_start_s + 60 * (day.held_outside.tolist().index(held.most_persons) + 1)
    assert held.node_persons == day.held_at_peak[day.node_codes.index(held.node)] == day.held_at_peak.max()
    assert held.area == next(row.area for row in plan.nodes if row.code == held.node)


def test_who_does_not_count_as_an_entry_is_told_apart():
    plan = apply_overrides(small_fair(1500), ["groups.staff.counts_as_entry=no", "stations.W-security.lanes=1"])
    day = rehearse_day(plan)
    left = figures_of(plan, day).uncounted
    staff = [at for at, group in enumerate(day.visitor_group) if day.group_codes[group] == "staff"]
    assert (left.persons, left.groups) == (len(staff), ("staff",))
    quarters: dict[int, list[float]] = {}
    for at in staff:
        quarter = int((day.visitor_entry_joined_s[at] - day.visitor_held_s[at] - day.clock_start_s) // 900)
        quarters.setdefault(quarter, []).append(float(day.visitor_entry_s[at] + day.visitor_held_s[at]))
    assert left.worst_p99_s == max(p99(each) for each in quarters.values()) > 0


def test_nobody_comes():
    plan = apply_overrides(small_fair(), ["streams.*.persons=0"])
    figures = figures_of(plan, rehearse_day(plan))
    assert all(
        station.served == 0 and math.isnan(station.wait_p99_s) and math.isnan(station.worst_at_s)
        for station in figures.stations
    )
    assert all(area.peak_persons == 0 for area in figures.areas)
    assert all(
        link.level_of_service == "A" and link.passed == 0 and link.share_at_e_or_f == 0 for link in figures.links
    )
    assert [stream.arrived[-1] for stream in figures.streams] == [0, 0]
    assert (figures.appointments[0].invited, figures.appointments[0].missed) == (20, 20)  # nobody kept it
    assert math.isnan(figures.last_out_s)
    assert math.isnan(figures.mean_stay_s)
    assert np.isfinite([area.peak_at_s for area in figures.areas]).all()
