"""When all can end at the earliest: by links, by the work of a team, each proved without a search."""

from __future__ import annotations

import numpy as np

from hostcity.engines.schedule.planning.network import Whole, earliest, tails


def bound_of(whole: Whole) -> tuple[int, str]:
    """No schedule ends earlier; and why: ``links``, or ``teams``.

    Notes
    -----
    Whoever of a team begins after ``head`` and is followed by ``tail`` shares what lies between; all heads and tails are tried. O(N² R) at most.
    """
    head, tail = earliest(whole), tails(whole)
    by_links = int((head + tail).max(initial=0))
    behind = tail - whole.duration
    by_teams = 0
    for of, there_are in enumerate(whole.capacity.tolist()):
        work = whole.demand[:, of] * whole.duration
        tasks = np.flatnonzero(work > 0)
        tasks = tasks[np.argsort(-behind[tasks], kind="stable")]
        for least in np.unique(head[tasks]).tolist():
            mine = tasks[head[tasks] >= least]
            needs = -(-np.cumsum(work[mine]) // there_are)
            by_teams = max(by_teams, int((least + needs + behind[mine]).max()))
    return (by_links, "links") if by_links >= by_teams else (by_teams, "teams")
