"""Same seed, same day: whoever plays it, however often, in whatever pieces."""

import os
import subprocess
import sys

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from tests.engines.day.mazes import maze
from tests.fairs import small_fair

PRINT_HASHES = """
from hostcity.engines.day import rehearse_day
from tests.engines.day.mazes import maze
from tests.fairs import small_fair
print(rehearse_day(small_fair(400), seed=3).results_sha256, rehearse_day(maze(4), seed=3).results_sha256)
"""


def test_the_same_seed_gives_the_same_day():
    first, again = (rehearse_day(small_fair(), seed=5) for _ in range(2))
    assert first.results_sha256 == again.results_sha256


def test_another_run_or_seed_is_another_day():
    days = [rehearse_day(small_fair(), seed=seed, run=run) for seed, run in ((1, 0), (1, 1), (2, 0))]
    assert len({day.results_sha256 for day in days}) == 3
    assert len({day.visitor_arrive_s.tobytes() for day in days}) == 3


def test_the_number_of_threads_changes_nothing():
    printed = set()
    for threads in ("1", "2"):
        environment = os.environ | {"NUMBA_NUM_THREADS": threads}
        done = subprocess.run(
            [sys.executable, "-c", PRINT_HASHES], env=environment, capture_output=True, text=True, check=True
        )
        printed.add(done.stdout)
    here = (rehearse_day(small_fair(400), seed=3).results_sha256, rehearse_day(maze(4), seed=3).results_sha256)
    assert printed == {f"{here[0]} {here[1]}\n"}


@pytest.mark.parametrize("plan", [small_fair(), maze(8)], ids=["fair", "maze"])
def test_played_in_parts_is_played_at_once(plan):
    told = []
    in_parts = rehearse_day(plan, progress=told.append)
    assert in_parts.results_sha256 == rehearse_day(plan).results_sha256
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_the_order_of_streams_changes_nobodys_day():
    plan = small_fair()
    day, turned = rehearse_day(plan), rehearse_day(plan.replace(streams=plan.streams[::-1]))
    assert turned.visitor_arrive_s.tolist() == day.visitor_arrive_s.tolist()
    assert [turned.stream_codes[at] for at in turned.visitor_stream] == [
        day.stream_codes[at] for at in day.visitor_stream
    ]
    for name in ("visitor_group", "visitor_entry_joined_s", "visitor_entry_s", "visitor_left_s", "service_joined_s"):
        np.testing.assert_array_equal(getattr(turned, name), getattr(day, name))


def test_people_are_the_same_when_lanes_change():
    """Common random numbers: what a plan does not touch is drawn alike."""
    plan = small_fair()
    more = tuple(row.__class__(**{**_fields(row), "lanes": row.lanes + 2}) for row in plan.stations)
    day, wider = rehearse_day(plan), rehearse_day(plan.replace(stations=more))
    for name in ("visitor_arrive_s", "visitor_stream", "visitor_group", "visitor_gate", "appointment_person"):
        np.testing.assert_array_equal(getattr(wider, name), getattr(day, name))
    both = ~np.isnan(day.visitor_entry_s) & ~np.isnan(wider.visitor_entry_s)
    assert np.nanmean(wider.visitor_entry_s[both]) < np.nanmean(day.visitor_entry_s[both])


def test_a_stream_that_is_added_leaves_the_others_arrivals_alone():
    plan = small_fair()
    fewer = plan.replace(
        streams=tuple(row for row in plan.streams if row.code != "coach"),
        approaches=tuple(row for row in plan.approaches if row.stream != "coach"),
        mixes=tuple(row for row in plan.mixes if row.stream != "coach"),
    )
    day, alone = rehearse_day(plan), rehearse_day(fewer)
    metro = day.visitor_stream == day.stream_codes.index("metro")
    np.testing.assert_array_equal(day.visitor_arrive_s[metro], alone.visitor_arrive_s)
    np.testing.assert_array_equal(day.visitor_group[metro], alone.visitor_group)


def test_a_rule_that_there_is_not_is_refused():
    with pytest.raises(ValueError, match=r"no rule R9; rules: R0, R1"):
        rehearse_day(small_fair(), without=("R9",))


def _fields(row):
    return {name: getattr(row, name) for name in row.__dataclass_fields__}
