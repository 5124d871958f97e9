"""The fewest lanes that keep the promise, by playing every schedule person after person. Never optimised."""

from __future__ import annotations

import itertools
import math

QUARTER_S = 900.0


def fewest_lane_s(
    people: list[tuple[float, int, float]], stations: int, hours_from_s: list[float], most: int, quarters: int,
    peak_limit_s: float, other_limit_s: float, closed: list[tuple[float, float]],
) -> float | None:  # fmt: skip
    """Least lane-seconds of all schedules that keep the promise. ``people``: joined, station, service; the clock is 0."""
    hours = list(itertools.pairwise(hours_from_s))

    def cost(lanes: tuple[int, ...]) -> float:
        return sum(n * (end - since) for n, (since, end) in zip(lanes, hours * stations, strict=True))

    for lanes in sorted(itertools.product(range(most + 1), repeat=stations * len(hours)), key=cost):
        by_station = [lanes[at * len(hours) : (at + 1) * len(hours)] for at in range(stations)]
        entered = []
        for at in range(stations):
            here = sorted(person for person in people if person[1] == at)
            entered += served(here, by_station[at], hours, closed)
        if is_kept(entered, quarters, peak_limit_s, other_limit_s):
            return cost(lanes)
    return None


def served(people, lanes, hours, closed):  # type: ignore[no-untyped-def]
    """Joined and entry time (inf = never) of each, first come first served; a lane ends what it has begun."""
    begins = sorted({0.0, *(each for hour in hours for each in hour), *(each for shut in closed for each in shut)})
    free = [0.0] * max(lanes, default=0)
    out = []
    now = 0.0  # first come, first served: nobody begins before who came before
    for joined, _, service in people:
        best = None
        for since in (joined, *begins, *free):
            for lane in range(len(free)):
                at = max(joined, now, since, free[lane])
                if open_at(at, lanes, hours, closed) > lane and (best is None or at < best[0]):
                    best = (at, lane)
        if best is None:
            out.append((joined, math.inf))
            now = math.inf
            continue
        now, lane = best
        free[lane] = now + service
        out.append((joined, now + service - joined))
    return out


def open_at(at, lanes, hours, closed):  # type: ignore[no-untyped-def]
    """Lanes open at a time."""
    if any(since <= at < until for since, until in closed):
        return 0
    return next((n for n, (since, until) in zip(lanes, hours, strict=True) if since <= at < until), 0)


def is_kept(entered: list[tuple[float, float]], quarters: int, peak_limit_s: float, other_limit_s: float) -> bool:
    """The promise, word by word."""

    def of(at: float) -> int:
        return min(quarters - 1, int(at // QUARTER_S))

    passed = [0] * quarters
    for joined, took in entered:
        if took < math.inf:
            passed[of(joined + took)] += 1
    hourly = [sum(passed[at : at + 4]) for at in range(quarters - 3)]
    peak = hourly.index(max(hourly))
    in_peak = [took for joined, took in entered if peak <= of(joined) < peak + 4]
    late = [sum(took > peak_limit_s for took in in_peak) * 100 <= len(in_peak)]
    for quarter in (each for each in range(quarters) if not peak <= each < peak + 4):
        here = [took for joined, took in entered if of(joined) == quarter]
        late.append(sum(took > other_limit_s for took in here) * 100 <= len(here))
    return all(late)
