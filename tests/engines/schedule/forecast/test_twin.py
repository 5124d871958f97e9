"""Every sample beside its definition, exactly."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.engines.schedule.forecast.arrays import arrays_of
from hostcity.engines.schedule.forecast.forecast import prepare
from hostcity.engines.schedule.forecast.playing import play
from tests.engines.schedule.forecast.plans import forward, plans
from tests.naive import forecast as naive
from tests.naive import schedule

SAMPLES = np.array([0, 1, 7, 5000])


def ticked(problem, ticks):
    """Links, lags and releases as the twin takes them."""
    lags, release = (np.floor(each * ticks + 0.5).astype(int).tolist() for each in (problem.lag, problem.release))
    return problem.link.tolist(), lags, release


def ticked_changes(problem, ticks):
    """Changes of capacities as the twin takes them: time, team, capacity."""
    times = np.floor(problem.capacity_time * ticks + 0.5).astype(int).tolist()
    return [(time, *change) for time, change in zip(times, problem.capacity_change.tolist(), strict=True)]


@settings(deadline=None)
@given(plans(), st.integers(0, 99))
def test_without_limits_each_sample_is_a_critical_path(problem, seed):
    arrays = arrays_of(problem, seed=seed)
    out = play(arrays, SAMPLES, seed=seed, teams=False, ends=True)
    links, lags, release = ticked(problem, arrays.ticks)
    times = np.zeros(len(problem.duration), int)
    for at, sample in enumerate(SAMPLES.tolist()):
        duration = naive.durations(problem, arrays.ticks, seed, sample)
        start = schedule.early_starts(duration, links, lags, release)
        ends = np.add(start, duration)
        assert out.ends[arrays.place, at].tolist() == ends.tolist()
        assert out.finish[at] == ends.max()
        times += naive.critical(links, lags, start, duration)
        late = (ends - problem.need_by * arrays.ticks)[np.isfinite(problem.need_by)]
        assert out.late[at] == max([-(2**31) + 1, *late])
    assert out.critical[arrays.place].tolist() == times.tolist()
    is_kept = out.ends[arrays.place] <= problem.need_by[:, None] * arrays.ticks
    assert (out.kept[arrays.place] == is_kept.sum(axis=1))[np.isfinite(problem.need_by)].all()


@settings(deadline=None)
@given(plans(), st.integers(0, 99))
def test_whoever_can_begins_the_most_urgent_first(problem, seed):
    arrays = arrays_of(problem, seed=seed)
    out = play(arrays, SAMPLES, seed=seed, teams=True, ends=True)
    network, teams = ticked(problem, arrays.ticks), (problem.demand.tolist(), problem.capacity.tolist())
    changes = ticked_changes(problem, arrays.ticks)
    times = np.zeros(len(problem.duration), int)
    for at, sample in enumerate(SAMPLES.tolist()):
        duration = naive.durations(problem, arrays.ticks, seed, sample)
        start = naive.dispatched(*network, duration, *teams, arrays.teams.rank[arrays.place].tolist(), changes)
        assert out.ends[arrays.place, at].tolist() == np.add(start, duration).tolist()
        times += naive.critical_dispatched(*network, start, duration, teams[0], naive.scarce_teams(*teams, changes))
    assert out.critical[arrays.place].tolist() == times.tolist()


@settings(deadline=None)
@given(forward(), st.integers(0, 99))
def test_teams_that_are_never_short_change_nothing(problem, seed):
    """One task more, after all others, takes what makes the teams count as scarce: they never are."""
    tasks = len(problem.duration)
    last = [(task, tasks, 0) for task in range(tasks)]
    wide = problem.demand.sum(axis=0)
    more = replace(
        problem,
        **{name: np.append(getattr(problem, name), 1.0) for name in ("duration", "optimistic", "pessimistic", "release")},
        need_by=np.append(problem.need_by, np.inf),
        link=np.concatenate([problem.link, last]), lag=np.append(problem.lag, np.zeros(tasks)),
        demand=np.vstack([problem.demand, np.minimum(wide, 1)]), capacity=wide,
        capacity_change=np.zeros((0, 2), np.int64), capacity_time=np.zeros(0),
    )  # fmt: skip
    arrays = arrays_of(more, seed=seed)
    assert arrays.teams.capacity.size == np.count_nonzero(wide)
    by_links, by_teams = (play(arrays, SAMPLES, seed=seed, teams=each, ends=True) for each in (False, True))
    assert by_teams.ends.tolist() == by_links.ends.tolist()


@settings(deadline=None)
@given(plans(), st.integers(0, 99))
def test_in_the_plans_order_no_team_is_ever_exceeded(problem, seed):
    arrays = prepare(problem, "order", seed=seed)
    most = problem.most_capacity
    out = play(arrays, SAMPLES, seed=seed, teams=False, ends=True)
    for at, sample in enumerate(SAMPLES.tolist()):
        end = out.ends[arrays.place, at]
        start = end - naive.durations(problem, arrays.ticks, seed, sample)
        for instant in start:
            used = problem.demand[(start <= instant) & (end > instant)].sum(axis=0)
            assert (used <= most).all()
