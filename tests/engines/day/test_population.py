"""Who comes and what they want is what the plan says, and single draws follow their laws."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from hostcity.engines.day._kernels import draws
from hostcity.engines.day.rehearse import LAWS, prepare
from tests.engines.day.corridors import HOUR_S
from tests.fairs import small_fair

MANY = 40_000


def test_the_normal_quantile_is_that_of_the_standard_library():
    shares = np.concatenate(
        [10.0 ** np.arange(-15.0, -1.0), np.linspace(0.01, 0.99, 99), 1.0 - 10.0 ** np.arange(-12.0, -1.0)]
    )
    for share in shares:
        assert draws.normal_quantile(share) == pytest.approx(NormalDist().inv_cdf(share), rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("law", ["exponential", "lognormal", "gamma"])
@pytest.mark.parametrize("cv", [0.3, 1.0, 1.6])
def test_service_times_have_their_mean_and_spread(law, cv):
    took_s = np.array(
        [draws.service_time(np.uint64(9), np.uint64(key * 977), 3, LAWS[law], 8.0, cv) for key in range(MANY)]
    )
    spread = 1.0 if law == "exponential" else cv
    assert took_s.min() > 0.0
    assert abs(took_s.mean() - 8.0) < 4 * 8.0 * spread / math.sqrt(MANY)
    assert took_s.std() / took_s.mean() == pytest.approx(spread, rel=0.1)


def test_draws_of_one_person_for_different_purposes_and_counters_are_unrelated():
    keys = np.arange(MANY, dtype=np.uint64)
    seen = [
        np.array([draws.uniform(np.uint64(1), key, purpose, counter) for key in keys])
        for purpose, counter in ((draws.ARRIVAL, 0), (draws.ARRIVAL, 1), (draws.GROUP, 0))
    ]
    for first in range(3):
        assert abs(seen[first].mean() - 0.5) < 4 / math.sqrt(12 * MANY)
        for second in range(first):
            assert abs(np.corrcoef(seen[first], seen[second])[0, 1]) < 4 / math.sqrt(MANY)


@pytest.fixture(scope="module")
def crowd():
    plan = small_fair(30_000)
    return plan, prepare(plan, seed=2)


def test_everybody_of_every_stream_comes_within_its_profile(crowd):
    _, day = crowd
    metro = day.chosen.stream == 0
    assert (metro.sum(), (~metro).sum()) == (20_000, 10_000)
    assert (np.diff(day.people.arrive_s) >= 0.0).all()
    coach_s = day.people.arrive_s[~metro]
    assert coach_s.min() >= 8 * HOUR_S
    assert coach_s.max() < 14 * HOUR_S
    by_hour = np.histogram(coach_s, bins=np.arange(8, 15) * HOUR_S)[0]
    expected = 10_000 * np.array([1, 3, 2, 1, 0, 1]) / 8
    assert (np.abs(by_hour - expected) <= 4 * np.sqrt(expected)).all()


def test_people_of_a_metro_come_in_pulses(crowd):
    _, day = crowd
    since_s = day.people.arrive_s[day.chosen.stream == 0] % 180.0
    assert since_s.max() <= 60.0
    assert abs(since_s.mean() - 30.0) < 4 * 60.0 / math.sqrt(12 * 20_000)


def test_groups_and_halls_are_drawn_by_their_weights(crowd):
    _, day = crowd
    shares = np.bincount(day.chosen.group, minlength=3) / 30_000
    assert np.abs(shares - [0.9, 0.05, 0.05]).max() < 4 * math.sqrt(0.09 / 30_000)
    node = day.network.net.dest_node[day.people.stop["dest"]]
    area = day.network.area_of_node[node][day.people.stop["station"] == -2]  # the first stay of each
    first = (area == 4).mean()
    assert area.size == 30_000
    assert abs(first - 2 / 3) < 4 * math.sqrt(2 / 9 / 30_000)


def test_speeds_and_leaving_times_are_those_of_the_group(crowd):
    plan, day = crowd
    wheels = day.chosen.group == 1
    speed = day.people.walker["speed"].astype(float)
    assert abs(speed[wheels].mean() - 0.8) < 4 * 0.26 / math.sqrt(wheels.sum())
    assert abs(speed[~wheels].mean() - 1.34) < 4 * 0.26 / math.sqrt((~wheels).sum())
    assert speed.min() > 0.2
    last = day.people.stop[day.people.first_stop[1:] - 1]
    assert set(last["leave_by"].tolist()) == {65535}  # the way home is never given up
    stays = day.people.stop["station"] == -1
    assert (day.people.stop["leave_by"][stays] * 4.0 + 7 * HOUR_S <= plan.day.closes_at).all()
