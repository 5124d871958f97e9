"""Queues by their definition: one customer after the other."""

from __future__ import annotations

from collections.abc import Sequence


def fifo_waits(joined_s: Sequence[float], serve_s: Sequence[float], lanes: int) -> list[float]:
    """Waits of customers in order of joining on lanes that are always open (Kiefer and Wolfowitz, 1955)."""
    free_s = [0.0] * lanes
    waits = []
    for joined, serve in zip(joined_s, serve_s, strict=True):
        lane = free_s.index(min(free_s))
        begin = max(joined, free_s[lane])
        free_s[lane] = begin + serve
        waits.append(begin - joined)
    return waits


def fifo_begins_with_lane_times(
    joined_s: Sequence[float], serve_s: Sequence[float], lane_times: Sequence[tuple[float, int]]
) -> list[float]:
    """Begins of service when the number of open lanes changes at given times; inf = never served.

    A lane that opens is free from then on; one that closes ends the service that it has begun.
    """
    free_s = [0.0] * max(lanes for _, lanes in lane_times)
    begins = []
    for joined, serve in zip(joined_s, serve_s, strict=True):
        begin, lane = _first_chance(joined, free_s, lane_times)
        if lane >= 0:
            free_s[lane] = begin + serve
        begins.append(begin)
    return begins


def fifo_begins_with_slow_time(
    joined_s: Sequence[float], serve_s: float, lanes: int, slow: tuple[float, float], factor: float
) -> list[float]:
    """Begins of service when services that begin from ``slow[0]`` to before ``slow[1]`` take ``factor`` times as long."""
    free_s = [0.0] * lanes
    begins = []
    for joined in joined_s:
        lane = free_s.index(min(free_s))
        begin = max(joined, free_s[lane])
        free_s[lane] = begin + serve_s * (factor if slow[0] <= begin < slow[1] else 1.0)
        begins.append(begin)
    return begins


def _first_chance(joined: float, free_s: Sequence[float], lane_times: Sequence[tuple[float, int]]) -> tuple[float, int]:
    """When and on which lane a customer can begin: the soonest lane in the first period in which one is free."""
    for period, (since, lanes) in enumerate(lane_times):
        until = lane_times[period + 1][0] if period + 1 < len(lane_times) else float("inf")
        best, best_lane = float("inf"), -1
        for lane in range(lanes):
            is_new = _opened(lane, period, lane_times)
            begin = max(joined, free_s[lane], is_new)
            if begin < best:
                best, best_lane = begin, lane
        if max(best, since) < until and best_lane >= 0 and best >= since:
            return best, best_lane
        if best_lane >= 0 and best < since:
            raise AssertionError("a customer could have begun before")
    return float("inf"), -1


def _opened(lane: int, period: int, lane_times: Sequence[tuple[float, int]]) -> float:
    """When a lane was last opened, seen from a period in which it is open."""
    at = period
    while at > 0 and lane_times[at - 1][1] > lane:
        at -= 1
    return lane_times[at][0]
