"""Print the tables: `python -m benchmarks.signs [seconds of each bound, 110]`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from benchmarks.rows import Bar, bars_table
from benchmarks.signs.hall import Hall, study_hall
from benchmarks.signs.venue import of_the_venue
from hostcity.engines.signs import Bound, SignPlan, bound_signs, busiest_corners, most_floor, plan_signs

Found = TypeVar("Found")
NAMES = 6
#: Faces, and the largest gap to a bound that is asked. [%]
ASKED = ((30, 4.5), (80, 3.2), (160, 2.5))
#: Small enough to be proved: faces, names, destinations.
SMALL = ((10, 3, 4), (8, 2, 3), (12, 3, 4), (6, 2, 6), (10, 2, 5))
POINTS = 7.0  # above the busiest corners
QUIET = 1.3  # load of a machine on which nothing else runs


def main(words: list[str]) -> int:
    """Plans of the hall, then the small ones."""
    seconds = float(words[0]) if words else 110.0
    hall = study_hall()
    plan_signs(hall.problem, faces=2, names=2, kicks=1)  # compiled
    rows = [row for faces, gap in ASKED for row in _of_hall(hall, faces, gap, seconds)]
    rows.append(_half_of(hall))
    walked = study_hall(recovers=True)
    rows += [_walked(walked, faces, seconds) for faces, _ in ASKED]
    rows += [_small(*each, seconds) for each in SMALL]
    rows += of_the_venue(seconds)
    print(bars_table(rows))
    if (load := os.getloadavg()[0]) > QUIET:
        print(
            f"Measured beside other work (load {load:.1f} at the end): times are upper limits, and so are gaps that time bounds."
        )
    return 0


def _of_hall(hall: Hall, faces: int, asked: float, seconds: float) -> list[Bar]:
    problem = hall.problem
    plan, plan_s = _timed(lambda: plan_signs(problem, faces=faces, names=NAMES))
    bound, bound_s = _timed(lambda: bound_signs(problem, plan, faces=faces, names=NAMES, seconds=seconds))
    corners = busiest_corners(problem, hall.passing, faces=faces, names=NAMES)
    floor = most_floor(problem, hall.passing, _seen(hall), faces=faces, names=NAMES)
    above = 100 * (plan.share - corners.share)
    what = f"{faces} faces of {NAMES} names, {problem.persons:,.0f} trips"
    return [
        Bar(f"{what}: plan, processor time", "≤ 10 s", f"{plan_s:.1f} s", plan_s <= 10),
        Bar(
            f"{what}: gap to the bound", f"≤ {asked} % in 120 s",
            f"{100 * bound.gap:.2f} % in {bound_s:.0f} s: guided {_percent(plan)}, bound {_bounded(bound, plan)} (relaxation {100 * bound.relaxed / plan.persons:.2f} %)",
            100 * bound.gap <= asked and bound_s <= 120,
        ),
        Bar(
            f"{what}: above the busiest corners", f"≥ {POINTS:g} points",
            f"{above:.1f} points: {_percent(corners)} there, {_percent(floor)} where signs cover the most floor, {100 * plan.unsigned / plan.persons:.2f} % without any",
            above >= POINTS,
        ),
    ]  # fmt: skip


def _walked(hall: Hall, faces: int, seconds: float) -> Bar:
    """Wrong turns are walked back from: plan and bound."""
    problem = hall.problem
    plan, plan_s = _timed(lambda: plan_signs(problem, faces=faces, names=NAMES))
    bound, bound_s = _timed(lambda: bound_signs(problem, plan, faces=faces, names=NAMES, seconds=seconds))
    corners = busiest_corners(problem, hall.passing, faces=faces, names=NAMES)
    least_m = (-bound.score - plan.shortest_m) / plan.persons
    return Bar(
        f"{faces} faces of {NAMES} names, wrong turns walked back from", "bound in 120 s, gap published",
        f"{plan.detour_m:.1f} m walked in vain a trip ({corners.detour_m:.1f} by the busiest corners), no plan less than {least_m:.1f}: "
        f"{100 * bound.gap:.1f} % of what signs could spare are open; plan in {plan_s:.1f} s, bound in {bound_s:.0f} s",
        bound_s <= 120,
    )  # fmt: skip


def _half_of(hall: Hall) -> Bar:
    problem = hall.problem
    corners = busiest_corners(problem, hall.passing, faces=160, names=NAMES)
    plan = plan_signs(problem, faces=80, names=NAMES)
    return Bar(
        "as many guided with half the faces", "80 guide no fewer than 160 at the busiest corners",
        f"{_percent(plan)} beside {_percent(corners)}", plan.score >= corners.score,
    )  # fmt: skip


def _small(faces: int, names: int, destinations: int, seconds: float) -> Bar:
    problem = study_hall(most_names=destinations).problem
    plan = plan_signs(problem, faces=faces, names=names)
    bound, took_s = _timed(lambda: bound_signs(problem, plan, faces=faces, names=names, seconds=seconds))
    word = "optimal" if bound.is_optimal else "bound"
    return Bar(
        f"{faces} faces of {names} names, {destinations} destinations", "within 1 % of the proven optimum",
        f"{100 * bound.gap:.3f} % below the bound ({word}), {took_s:.0f} s", bound.gap <= 0.01,
    )  # fmt: skip


def _seen(hall: Hall) -> np.ndarray:
    """From which crossings each face is seen: along its aisle, up to 30 m."""
    x, y = hall.ways.x_m, hall.ways.y_m
    far = np.hypot(x[:, None] - x, y[:, None] - y)
    return (((x[:, None] == x) | (y[:, None] == y)) & (far <= 30.0))[hall.ways.head]


def _timed(act: Callable[[], Found]) -> tuple[Found, float]:
    began = time.process_time()
    return act(), time.process_time() - began


def _percent(plan: SignPlan) -> str:
    return f"{100 * plan.share:.2f} %"


def _bounded(bound: Bound, plan: SignPlan) -> str:
    return f"{100 * bound.score / plan.persons:.2f} %"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
