"""Series of the charts against their definition."""

import numpy as np

from hostcity.report.series import entries_per_step, gate_wait_percentiles, left_per_step
from hostcity.studies.promise import counted
from tests.rehearsals import small_rehearsal


def test_entries_and_departures_add_up():
    rehearsal = small_rehearsal()
    everyone = np.ones(rehearsal.day.visitor_end.size, bool)
    assert entries_per_step(rehearsal.plan, rehearsal.day).sum() == rehearsal.verdict.entries
    assert left_per_step(rehearsal.day, everyone).sum() == (~np.isnan(rehearsal.day.visitor_left_s)).sum()


def test_counts_by_the_minute_are_those_of_five_minutes():
    rehearsal = small_rehearsal()
    plan, day = rehearsal.plan, rehearsal.day
    by_minute, by_slot = entries_per_step(plan, day, 60.0), entries_per_step(plan, day)
    assert by_minute.size == day.area_persons.shape[1]
    assert by_minute.reshape(-1, 5).sum(axis=1).tolist() == by_slot.tolist()
    noon = int((12 * 3600 - day.clock_start_s) // 60)
    came = day.visitor_entry_joined_s + day.visitor_entry_s
    assert by_minute[:noon].sum() == (counted(plan, day.visitor_group) & (came < 12 * 3600)).sum() > 0


def test_gate_waits_are_nearest_ranks_by_the_slot_of_joining():
    rehearsal = small_rehearsal()
    plan, day = rehearsal.plan, rehearsal.day
    got = gate_wait_percentiles(plan, day)
    who = counted(plan, day.visitor_group)
    some = 0
    for slot in range(got.shape[2]):
        starts_s = day.clock_start_s + 300 * slot
        joined = who & (day.visitor_entry_joined_s >= starts_s) & (day.visitor_entry_joined_s < starts_s + 300)
        waits = np.sort(np.nan_to_num(day.visitor_entry_s[joined], nan=np.inf))
        for at, share in enumerate((0.5, 0.95, 0.99)):
            if waits.size:
                assert got[0, at, slot] == waits[int(np.ceil(share * waits.size)) - 1]
                some += 1
            else:
                assert np.isnan(got[0, at, slot])
    assert some > 30
