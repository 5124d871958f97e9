"""Problems small enough to be tried whole."""

from dataclasses import replace

import numpy as np

from hostcity.engines.rosters import Lock, People, Posts, Problem, Rules

HOUR_S = 3600
STARTS_S, ENDS_S = np.array([7, 11, 15]) * HOUR_S, np.array([11, 16, 22]) * HOUR_S
USUAL = Rules(starts_s=STARTS_S, ends_s=ENDS_S)
#: Everything at once: two shifts a day, rest, rows of days, rolling hours, successions, minors.
STRICT = Rules(
    starts_s=STARTS_S, ends_s=ENDS_S, rest_s=10 * HOUR_S, shifts_a_day=2, most_a_day_s=11 * HOUR_S, most_days_running=2,
    window_days=2, most_in_window_s=12 * HOUR_S, forbidden=((1, 0),), minors_a_day_s=8 * HOUR_S,
)  # fmt: skip


def tiny(seed, *, people=3, days=3, posts=2, rules=USUAL, locks=False) -> Problem:
    """A problem by chance; locks are taken from the first shift that somebody may serve."""
    rng = np.random.default_rng(seed)
    shifts = rules.starts_s.size
    needed = rng.integers(0, 3, (3, days, shifts, posts))
    problem = Problem(
        people=People(
            attends=rng.choice([0.7, 0.9, 1.0], people), is_trained=rng.random((people, posts)) < 0.8,
            is_free=rng.random((people, days, shifts)) < 0.8, has=rng.random((people, 2)) < 0.5,
            most_shifts=rng.integers(1, 5, people), target=rng.integers(1, 4, people),
            shift_cost=rng.integers(0, 5, (people, days, shifts)).astype(float),
            post_cost=rng.integers(0, 4, (people, posts)).astype(float), team=rng.integers(-1, 2, people),
            is_minor=rng.random(people) < 0.3,
        ),
        posts=Posts(
            needed=needed, weight=rng.choice([5.0, 20.0, 60.0], (3, posts)),
            trait=np.stack([np.full(posts, -1), rng.integers(-1, 2, posts), rng.integers(-1, 2, posts)]),
            zone=np.zeros(posts, np.int64), is_standby=np.zeros(posts, bool),
        ),
        rules=rules,
    )  # fmt: skip
    return _locked(problem, rng) if locks else problem


def _locked(problem, rng) -> Problem:
    people = problem.people.count
    person = int(rng.integers(people))
    may = problem.is_open & problem.people.is_free[person][:, :, None] & problem.people.is_trained[person]
    late = problem.rules.ends_s > problem.rules.minors_end_s
    may[:, late] &= not problem.people.is_minor[person]
    cells = np.argwhere(may).tolist()
    if not cells:
        return problem
    day, shift, post = cells[int(rng.integers(len(cells)))]
    return replace(problem, locks=(Lock(person, day, shift, post), Lock((person + 1) % people, day, shift, -1)))
