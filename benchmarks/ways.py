"""Ways over the demonstration's venue: beside exact routes, what one costs, and what the book costs that they are found in."""

from __future__ import annotations

import gc
import math
import random
import statistics
import time
from dataclasses import replace

import numpy as np

from benchmarks.processes import ROOT
from benchmarks.rows import Bar, Detail, Measured
from hostcity.engines.network import floor_of_level
from hostcity.engines.walk import road_map_of, route_lengths
from hostcity.engines.wayfinding import PROFILES, Book, Guide, Way, find_way, read_book, written
from hostcity.engines.wayfinding.making import make_book
from hostcity.plan.files import read_plan
from hostcity.plan.plan import Plan

PAIRS, SEED = 500, 1
LONGER_SHARE, QUERY_S = 0.005, 0.050


def measure() -> Measured:
    """Pairs of stands and amenities by chance: on one level beside the exact route over its whole floor, between levels for time."""
    plan = read_plan(ROOT / "examples" / "ciie2019")
    profile = PROFILES["walking"]
    make_book(plan, profile)  # compiled
    began_s = time.process_time()
    book = make_book(plan, profile)
    made_s = time.process_time() - began_s
    data = written(book)
    began_s = time.process_time()
    book = read_book(data)
    read_s = time.process_time() - began_s
    began_s = time.process_time()
    find_way(book, book.places[0], book.places[1])  # what is made once, when the first way is asked for
    listed_s = time.process_time() - began_s
    gc.collect()
    gc.freeze()  # Python's collector would go through the whole plan and its floors now and then
    draw = random.Random(SEED)  # noqa: S311 -- pairs by chance
    reached = [
        key
        for number, key in enumerate(book.places)
        if key.startswith(("stands.", "amenities.")) and _is_reached(book, number)
    ]
    pairs = [(draw.choice(reached), draw.choice(reached)) for _ in range(PAIRS)]
    ways, took_s = [], []
    for start, end in pairs:
        began_s = time.process_time()
        ways.append(find_way(book, start, end))
        took_s.append(time.process_time() - began_s)
    both_ways = plan.replace(openings=tuple(replace(each, direction="both") for each in plan.openings))
    worst = _longer(both_ways, make_book(both_ways, profile), _same_level(book, reached, draw))
    guide = Guide(plan)
    began_s = time.process_time()
    steps = [guide.steps(way) for way in ways if isinstance(way, Way)]
    told_s = (time.process_time() - began_s) / len(steps)
    p95_s = statistics.quantiles(took_s, n=20)[-1]
    bars = (
        Bar(f"ways on one level of the demonstration, its doors both ways, {PAIRS} pairs, longer than the exact route by at most", f"{LONGER_SHARE:.1%}",
            f"{worst:.4%}", worst <= LONGER_SHARE),
        Bar(f"one way over the whole venue, {PAIRS} pairs", f"≤ {QUERY_S * 1000:.0f} ms",
            f"median {statistics.median(took_s) * 1000:.1f} ms, p95 {p95_s * 1000:.1f} ms, most {max(took_s) * 1000:.1f} ms",
            max(took_s) <= QUERY_S),
    )  # fmt: skip
    lines = (
        ("making the book of one profile", f"{made_s:.1f} s"), ("its file", f"{len(data) / 1e6:.2f} MB"),
        ("reading it; making it ready", f"{read_s * 1000:.0f} ms; {listed_s * 1000:.0f} ms"),
        ("turns, straight pieces", f"{book.turn_x_m.size:,}, {book.beyond.size:,}"),
        ("places, points at which they are reached", f"{len(book.places):,}, {book.access_x_m.size:,}"),
        ("telling a way in steps", f"{told_s * 1000:.1f} ms"),
        ("steps of a way, median", f"{statistics.median(len(each) for each in steps):.0f}"),
    )  # fmt: skip
    note = "Python's collector is kept from going through what was made before: it would add some 60 ms now and then."
    return Measured(bars, (Detail("Ways over the whole venue", ("what", "measured"), lines, note),))


def _is_reached(book: Book, number: int) -> bool:
    return bool(book.access_of[number + 1] > book.access_of[number])


def _level_of(book: Book, place: str) -> int:
    return int(book.access_level[book.access_of[book.place_of[place]]])


def _same_level(book: Book, reached: list[str], draw: random.Random) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    while len(pairs) < PAIRS:
        start, end = draw.choice(reached), draw.choice(reached)
        if _level_of(book, start) == _level_of(book, end):
            pairs.append((start, end))
    return pairs


def _longer(plan: Plan, book: Book, pairs: list[tuple[str, str]]) -> float:
    """Greatest share by which a way is slower than walking the exact route on the level's whole floor, which knows no one-way door."""
    worst = 0.0
    for number, level in enumerate(plan.levels):
        floor = floor_of_level(plan, level.code, book.profile.clearance_m)
        on_level = [pair for pair in pairs if _level_of(book, pair[0]) == number]
        if floor is None or not on_level:
            continue
        road_map = road_map_of(floor.floor, most_kept=0)
        for start, end in on_level:
            one, other = (_points(book, place) for place in (start, end))
            exact_s = route_lengths(road_map, one, other).min() / book.profile.level_m_per_s
            way = find_way(book, start, end)
            found_s = way.free_s if isinstance(way, Way) else math.inf
            if math.isfinite(exact_s) and exact_s > 0:
                worst = max(worst, found_s / exact_s - 1.0)
    return worst


def _points(book: Book, place: str) -> np.ndarray:
    number = book.place_of[place]
    part = slice(book.access_of[number], book.access_of[number + 1])
    return np.stack([book.access_x_m[part], book.access_y_m[part]], axis=1)
