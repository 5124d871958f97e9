"""Volunteers of an expo by chance, always the same for a seed. Shares and sizes are assumed; what is public is said in the README."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from hostcity.engines.rosters import People, Posts, Problem, Rules

DAYS, SHIFTS = 6, 4
STARTS_S = np.array([27_000, 36_000, 46_800, 57_600])  # 07:30, 10:00, 13:00, 16:00
LENGTH_S = 21_600
CATEGORIES = (0.38, 0.13, 0.12, 0.06, 0.05, 0.05, 0.09, 0.08, 0.04)  # guidance, registration, liaison ... medical
GUIDANCE, LIAISON, MEDICAL = 0, 2, 8
LANGUAGES = (0.03, 0.02, 0.02, 0.02, 0.02, 0.015, 0.01, 0.01)  # share of people, times 1.6
LEADS, ENGLISH, FIRST_LANGUAGE = 0, 1, 2
OPEN = ((1, 1, 1, 1), (1, 0, 1, 0), (1, 0, 1, 1), (1, 1, 1, 0))
BY_DAY = np.array([1.25, 1.15, 1.05, 1.0, 1.0, 0.8])  # opening days are heavier
BY_SHIFT = np.array([1.1, 0.6, 1.0, 0.6])
TIGHT, STANDBY = 0.8, 0.035  # demand of what people can serve; standby of demand


STEP = 0.94  # attendance that shortage is told for
Array = np.ndarray


class Crowd(NamedTuple):
    """Who volunteers."""

    team: Array
    trained: Array  # [N, categories]
    best_in: Array  # [N] category
    has: Array
    free: Array
    most: Array
    attends: Array
    shift_cost: Array
    zone: Array  # [N] liked; -1 = any


class Places(NamedTuple):
    """Posts and standby pools."""

    category: Array
    zone: Array
    standby: Array
    language: Array  # -1 = none is asked for
    is_open: Array  # [S, P]
    size: Array
    critical: Array


def expo(people: int, posts: int, seed: int = 1) -> Problem:
    """A problem of so many people and posts, and one standby pool for each zone."""
    rng = np.random.default_rng(seed)
    zones = max(2, posts // 30)
    crowd = _crowd(rng, people, zones)
    places = _places(rng, posts, zones)
    target = np.minimum(4, crowd.most)
    post_cost = np.where(crowd.trained, 3.0, 99.0)
    post_cost[np.arange(people), crowd.best_in] = 0.0
    elsewhere = (crowd.zone[:, None] >= 0) & (crowd.zone[:, None] != places.zone[None, :])
    post_cost = post_cost[:, places.category] + elsewhere
    post_cost[:, places.standby] = 2.0
    return Problem(
        people=People(
            attends=crowd.attends, is_trained=crowd.trained[:, places.category] | places.standby, is_free=crowd.free,
            has=crowd.has, most_shifts=crowd.most, target=target, shift_cost=crowd.shift_cost, post_cost=post_cost,
            team=crowd.team, is_minor=np.zeros(people, bool),
        ),
        posts=_posts(places, _heads(crowd, target, places)),
        rules=Rules(starts_s=STARTS_S, ends_s=STARTS_S + LENGTH_S), step=STEP,
    )  # fmt: skip


def _crowd(rng: np.random.Generator, people: int, zones: int) -> Crowd:
    """Teams of 5 to 12 inside universities, trainings, free time, wishes."""
    universities, everybody, kinds = max(4, min(40, people // 60)), np.arange(people), len(CATEGORIES)
    shares = rng.dirichlet(np.full(universities, 3.0))
    team = _teams(rng, people)
    teams = int(team[-1]) + 1
    university = rng.choice(universities, teams, p=shares)[team]
    travel_min = rng.choice([25, 40, 55, 70, 90, 110], universities, p=[0.15, 0.25, 0.25, 0.2, 0.1, 0.05])[university]
    of_team = rng.choice(kinds, teams, p=CATEGORIES)[team]
    best_in = np.where(rng.random(people) < 0.85, of_team, rng.choice(kinds, people, p=CATEGORIES))
    trained = np.zeros((people, kinds), bool)
    trained[everybody, best_in] = True
    second = rng.choice(kinds, people, p=CATEGORIES)
    has_second = (rng.random(people) < 0.35) & (second != MEDICAL)
    trained[everybody[has_second], second[has_second]] = True
    trained[rng.random(people) < 0.6, GUIDANCE] = True
    english, leads = rng.random(people) < 0.42, rng.random(people) < 0.25
    languages = [rng.random(people) < share * 1.6 for share in LANGUAGES]
    free = np.ones((people, DAYS, SHIFTS), bool)
    free &= ~(rng.random((teams, DAYS)) < 0.12)[team][:, :, None]  # an exam of all the team
    free &= ~(rng.random((people, DAYS)) < 0.13)[:, :, None]
    half = rng.random(people)
    free[half < 0.13, :, 2:] = False
    free[(half >= 0.13) & (half < 0.26), :, :2] = False
    free[travel_min >= 90, :, 0] = False  # no bus so early
    most = rng.choice([3, 4, 5, 6], people, p=[0.15, 0.4, 0.35, 0.1])
    attends = rng.choice([0.82, 0.9, 0.95, 0.98], people, p=[0.08, 0.17, 0.45, 0.3])
    likes, dislikes = rng.integers(0, SHIFTS, people), rng.integers(0, SHIFTS, people)
    wish = np.ones((people, SHIFTS))
    wish[everybody, likes] = 0.0
    wish[everybody[likes != dislikes], dislikes[likes != dislikes]] = 4.0
    wish[:, [0, 3]] += np.maximum(0, (travel_min - 45) / 15.0)[:, None]
    shift_cost = wish[:, None, :] + 3.0 * (rng.random((people, DAYS)) < 0.05)[:, :, None]
    zone = np.where(rng.random(people) < 0.3, rng.integers(0, zones, people), -1)
    has = np.stack([leads, english, *languages], axis=1)
    return Crowd(team, trained, best_in, has, free, most, attends, shift_cost, zone)


def _teams(rng: np.random.Generator, people: int) -> Array:
    sizes: list[int] = []
    while sum(sizes) < people:
        size = int(rng.integers(5, 13)) if rng.random() < 0.85 else 1
        sizes.append(min(size, people - sum(sizes)))
    return np.repeat(np.arange(len(sizes)), sizes)


def _places(rng: np.random.Generator, posts: int, zones: int) -> Places:
    count, kinds = posts + zones, len(CATEGORIES)
    category = np.concatenate([rng.choice(kinds, posts, p=CATEGORIES), np.zeros(zones, int)])
    some = min(kinds, posts)
    category[:some] = np.arange(some)
    zone = np.concatenate([rng.integers(0, zones, posts), np.arange(zones)])
    standby = np.arange(count) >= posts
    asks = (rng.random(count) < 0.22) & ~standby
    language = np.where(asks, rng.choice(len(LANGUAGES), count, p=np.array([3, 2, 2, 2, 2, 1.5, 1, 1]) / 14.5), -1)
    pattern = [*(int(rng.choice(4, p=[0.2, 0.4, 0.25, 0.15])) for _ in range(posts)), *[2] * zones]
    size = rng.choice([2, 3, 4, 6, 8, 12], count, p=[0.15, 0.25, 0.25, 0.2, 0.1, 0.05])
    critical = (category == MEDICAL) | (rng.random(count) < 0.1)
    return Places(category, zone, standby, language, np.array(OPEN)[pattern].T, size, critical)


def _heads(crowd: Crowd, target: Array, places: Places) -> Array:
    """Heads needed: ``[D, S, P]``, scaled to what people can serve."""
    heads = places.size * BY_DAY[:, None, None] * (BY_SHIFT[:, None] * places.is_open)[None]
    heads[:, :, places.standby] = 0.0
    can = np.minimum(np.minimum(crowd.most, crowd.free.any(axis=2).sum(axis=1)), target + 0.5).sum()
    heads *= TIGHT * 0.96 * can / heads.sum()
    needed = np.maximum(np.round(heads), 2 * (places.is_open * ~places.standby)[None]).astype(np.int64)
    for pool in np.flatnonzero(places.standby):
        mine = needed[:, :, (places.zone == places.zone[pool]) & ~places.standby].sum(axis=2)
        needed[:, :, pool] = np.ceil(STANDBY * mine) * places.is_open[:, pool]
    return needed


def _posts(places: Places, heads: Array) -> Posts:
    """Lines: heads, a leader where three serve, English, the language of some posts."""
    count, standby, critical = places.standby.size, places.standby, places.critical
    english = np.minimum(np.where(places.category == LIAISON, 2, 1), heads) * ~standby
    weight = np.stack([
        np.where(standby, 25.0, np.where(critical, 120.0, 60.0)), np.where(standby, 0.0, np.where(critical, 60.0, 40.0)),
        np.where(standby, 0.0, 30.0), np.where(places.language >= 0, 25.0, 0.0),
    ])  # fmt: skip
    spoken = np.where(places.language >= 0, FIRST_LANGUAGE + places.language, -1)
    trait = np.stack([np.full(count, -1), np.full(count, LEADS), np.full(count, ENGLISH), spoken])
    needed = np.stack([heads, (heads >= 3) & ~standby, english, (heads > 0) & (places.language >= 0)]).astype(np.int64)
    return Posts(needed=needed, weight=weight, trait=trait, zone=places.zone, is_standby=standby)
