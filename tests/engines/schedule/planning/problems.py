"""Small problems, drawn."""

import numpy as np
from hypothesis import strategies as st

from hostcity.engines.schedule import Problem

SMALL = st.integers(0, 5)


@st.composite
def problems(draw, most_tasks=8, most_teams=3, wide=1):
    """Links of every kind go to later numbers; every task can be done by the teams that there are. ``wide``: capacities are so many times as large."""
    tasks, teams = draw(st.integers(1, most_tasks)), draw(st.integers(0, most_teams))
    capacity = np.array([draw(st.integers(1, 4)) for _ in range(teams)], np.int64)
    demand = [[draw(st.integers(0, int(there_are))) for there_are in capacity] for _ in range(tasks)]
    pairs = st.tuples(st.integers(0, tasks - 1), st.integers(0, tasks - 1), st.integers(0, 3))
    links = draw(st.lists(pairs.filter(lambda pair: pair[0] < pair[1]), max_size=8)) if tasks > 1 else []
    return Problem(
        duration=np.array([draw(SMALL) for _ in range(tasks)], float),
        link=np.array(links, np.int64).reshape(-1, 3),
        lag=np.array([draw(st.integers(-3, 4)) for _ in links], float),
        release=np.array([draw(SMALL) for _ in range(tasks)], float),
        demand=wide * np.array(demand, np.int64).reshape(tasks, teams),
        capacity=wide * capacity,
    )
