"""Series of the charts against their definition."""

import numpy as np

from hostcity.report.series import entries_per_slot, gate_wait_percentiles, left_per_slot
from hostcity.studies.promise import counted
from tests.rehearsals import small_rehearsal


def test_entries_and_departures_add_up():
    rehearsal = small_rehearsal()
    everyone = np.ones(rehearsal.day.visitor_end.size, bool)
    assert entries_per_slot(rehearsal.plan, rehearsal.day).sum() == rehearsal.verdict.entries
    assert left_per_slot(rehearsal.day, everyone).sum() == (~np.isnan(rehearsal.day.visitor_left_s)).sum()


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
