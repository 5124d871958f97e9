"""The fewest lanes for a fluid, by trying every schedule. Never optimised."""

from __future__ import annotations

import itertools
import math


def fewest_lane_s(
    work_s: list[float], come_from_s: list[float], done_by_s: list[float], hours_from_s: list[float],
    closed: list[tuple[float, float]], overhang_s: float, most: int,
) -> float | None:  # fmt: skip
    """Least lane-seconds with which all work of batches i to j fits between its times, for every i and j."""
    hours = list(itertools.pairwise(hours_from_s))
    best = None
    for lanes in itertools.product(range(1, most + 1), repeat=len(hours)):
        fits = True
        for first in range(len(work_s)):
            for last in range(first, len(work_s)):
                until_s = max(done_by_s[first : last + 1])
                capacity = 0
                for lane, (begin, end) in zip(lanes, hours, strict=True):
                    since, to = max(begin, come_from_s[first]), min(end, until_s)
                    if to <= since:
                        continue
                    open_s = to - since - sum(max(0.0, min(to, shut_to) - max(since, shut)) for shut, shut_to in closed)
                    overhangs = (to == end) + sum(since < shut < to for shut, _ in closed)  # closing and failing
                    capacity += lane * math.ceil(max(0.0, open_s) + overhang_s * overhangs)
                if math.floor(sum(work_s[first : last + 1])) > capacity:
                    fits = False
        if fits:
            cost = sum(lane * int(end - begin) for lane, (begin, end) in zip(lanes, hours, strict=True))
            best = cost if best is None else min(best, cost)
    return best
