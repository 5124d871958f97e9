"""Drawn plans, with everything that a plan may have."""

import numpy as np
from hypothesis import strategies as st

from hostcity.engines.schedule import FS, SS, Drivers, Problem

WHOLE = st.integers(0, 9)


@st.composite
def plans(draw, kinds=(0, 1, 2, 3), least_lag=-3, most_changes=4):
    """Up to seven tasks, links to later numbers, up to two teams, which change, and two drivers."""
    tasks = draw(st.integers(1, 7))
    pairs = st.tuples(st.integers(0, tasks - 1), st.integers(0, tasks - 1), st.sampled_from(kinds))
    links = draw(st.lists(pairs.filter(lambda pair: pair[0] < pair[1]), max_size=10)) if tasks > 1 else []
    estimates = np.sort([[draw(WHOLE) for _ in range(3)] for _ in range(tasks)], axis=1).astype(float)
    capacity = np.array(draw(st.lists(st.integers(1, 3), max_size=2)), np.int64)
    change = st.tuples(st.integers(1, 40), st.integers(0, capacity.size - 1), st.integers(0, 4))
    changes = sorted(draw(st.lists(change, max_size=most_changes))) if capacity.size else []
    last = {team: many for _, team, many in changes}
    most = [last.get(team, many) for team, many in enumerate(capacity.tolist())]
    risks = draw(st.integers(0, 2))
    touches = (
        draw(st.sets(st.tuples(st.integers(0, risks - 1), st.integers(0, tasks - 1)), max_size=5)) if risks else ()
    )
    factor = np.sort([[draw(st.integers(1, 8)) / 4 for _ in range(3)] for _ in range(risks)], axis=-1)
    return Problem(
        optimistic=estimates[:, 0], duration=estimates[:, 1], pessimistic=estimates[:, 2],
        link=np.array(links, np.int64).reshape(-1, 3), lag=np.array([draw(st.integers(least_lag, 5)) for _ in links], float),
        release=np.array([draw(WHOLE) for _ in range(tasks)], float),
        need_by=np.array([draw(st.integers(20, 40) | st.just(np.inf)) for _ in range(tasks)], float),
        demand=np.array([[draw(st.integers(0, many)) for many in most] for _ in range(tasks)], np.int64).reshape(tasks, -1),
        capacity=capacity, capacity_change=np.array([(team, many) for _, team, many in changes], np.int64).reshape(-1, 2),
        capacity_time=np.array([time for time, _, _ in changes], float),
        drivers=Drivers(
            probability=np.array([draw(st.integers(0, 4)) / 4 for _ in range(risks)]), factor=factor.reshape(-1, 3),
            touches=np.array(sorted(touches), np.int64).reshape(-1, 2),
        ),
    )  # fmt: skip


def forward(**named):
    """Plans without leads or links to ends."""
    return plans(kinds=(FS, SS), least_lag=0, **named)
