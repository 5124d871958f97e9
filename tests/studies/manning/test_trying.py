"""Rosters tried on the same days."""

import numpy as np
import pytest

from hostcity.engines.day.rehearse import rehearse_day
from hostcity.engines.day.timeline import lanes_open
from hostcity.plan import PlanError
from hostcity.studies.counted import WAITED, Asked, counted
from hostcity.studies.manning import EVERYBODY, try_rosters, with_no_shows
from hostcity.studies.runs.inline import InlinePool
from tests.manned import HOUR_S, manned, people, shifts

ALL = (("badge-1", "A", 4), ("badge-2", "A", 1), ("badge-1", "B", 6), ("pool", "A", 1))  # people for every lane
GOOD, BAD = shifts(*ALL), shifts(("badge-2", "A", 1), ("badge-1", "B", 4))
RUSH = manned(*ALL, persons=1500, attends=1.0)


@pytest.fixture(scope="module")
def trial():
    return try_rosters(RUSH, {"good": GOOD, "bad": BAD}, no_shows=(None, 0.3), runs=3, pool=InlinePool())


def test_lanes_of_the_day_are_those_that_the_roster_keeps_open():
    plan = manned(("badge-2", "A", 1))
    day = rehearse_day(plan, seed=1)
    badge = day.station_codes.index("W-badge")
    minute = int((10 * HOUR_S - day.clock_start_s) // 60)
    assert day.station_lanes[badge, minute] == 1 == lanes_open(plan, plan.stations[1], 10 * HOUR_S)
    assert rehearse_day(plan.replace(shifts=()), seed=1).station_lanes[badge, minute] == 3


def test_waited_is_what_the_queue_stood():
    day = rehearse_day(RUSH, seed=1)
    start, end = day.clock_start_s, day.clock_end_s
    (each, whole) = counted(
        RUSH, day, (Asked(WAITED, "stations", "W-badge", start, end), Asked(WAITED, "", "", start, end))
    )
    badge = day.station_codes.index("W-badge")
    assert each.tolist() == [day.station_queue[badge].sum() * 60.0, 0.0]
    assert whole[0] == day.station_queue.sum() * 60.0


def test_a_roster_that_mans_every_lane_is_as_everybody(trial):
    everybody, good, *_ = trial.variants
    assert (everybody.name, good.name, everybody.lacking, good.lacking) == (EVERYBODY, "good", 0.0, 0.0)
    assert good.means == everybody.means


def test_a_worse_roster_costs_visitors_time(trial):
    difference = next(each for each in trial.differences if (each.code, each.figure) == ("bad", "waited_s"))
    assert difference.b > difference.a
    dearest = trial.dearest("bad", None)[0]
    assert (dearest.post, dearest.band, dearest.lacking, dearest.station) == ("badge-1", "A", 4.0, "W-badge")
    assert dearest.waited_s > 0


def test_costs_of_a_station_add_up_to_what_it_waited_more(trial):
    asked_s = sum(each.waited_s for each in trial.dearest("bad", None))
    whole_s = trial.variants[2].means[0] - trial.variants[0].means[0]
    assert asked_s == pytest.approx(whole_s, rel=0.2)  # the rest is at other stations


def test_more_no_shows_lack_more_heads(trial):
    names = [(each.name, each.no_shows) for each in trial.variants]
    assert names == [("everybody", None), ("good", None), ("bad", None), ("good", 0.3), ("bad", 0.3)]
    assert trial.variants[3].lacking > trial.variants[1].lacking


def test_the_same_seed_gives_the_same_trial():
    again = [try_rosters(RUSH, {"good": GOOD, "bad": BAD}, runs=2, seed=4, pool=InlinePool()) for _ in range(2)]
    assert again[0] == again[1]
    assert np.array_equal(again[0].values, again[1].values)


@pytest.mark.parametrize("share", [0.05, 0.1, 0.3])
def test_no_shows_are_as_many_as_asked_and_the_reliable_stay_away_least(share):
    plan = RUSH.replace(volunteers=(*people(5, attends=0.8), *people(5, attends=0.98)))
    attends = [each.attends for each in with_no_shows(plan, share).volunteers]
    assert np.mean(attends) == pytest.approx(1 - share)
    assert attends[0] < attends[-1]


def test_a_plan_of_which_nothing_depends_on_people_is_refused():
    with pytest.raises(PlanError, match="No station depends on the roster"):
        try_rosters(RUSH.replace(posts=()), {"good": GOOD}, runs=1, pool=InlinePool())
