"""Compile the engines, in four processes: `python tools/warm.py`. So that tests find what each of them would else compile."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
DAY = (sys.executable, "-m", "hostcity.site", "rehearse", "examples/tiny", "--json")
SIGNS = (*DAY[:3], "signs", "plan", "examples/tiny", "--faces", "1", "--bound", "0", "--json")
DRAWING = (sys.executable, __file__, "drawing")
ROSTER = (sys.executable, __file__, "roster")
FORECAST = (sys.executable, __file__, "forecast")


def main(words: list[str]) -> int:
    """All at once; with the word ``drawing`` the engines that read drawings, here; with ``roster`` those that roster and schedule, with ``forecast`` those that forecast."""
    if words == ["drawing"]:
        warm_drawing()
        return 0
    if words == ["roster"]:
        warm_roster()
        warm_schedule()
        return 0
    if words == ["forecast"]:
        warm_forecast()
        return 0
    others = [subprocess.Popen(each, cwd=ROOT, stdout=subprocess.DEVNULL) for each in (DRAWING, ROSTER, FORECAST)]
    # Signs are planned for a day, which has to be compiled before.
    codes = [subprocess.run(each, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode for each in (DAY, SIGNS)]
    return max(*codes, *(each.wait() for each in others))


def warm_drawing() -> None:
    """Ways, exits, sight and distances in the smallest venue."""
    from hostcity.engines.egress import check_egress
    from hostcity.engines.network import derive_network, floor_of_level
    from hostcity.engines.walk import field_to, grid_of, isovist_of, sees, visible
    from hostcity.plan.template import empty_plan
    from hostcity.plan.venues import HallSize, comb

    plan = empty_plan().replace(**comb(1, HallSize(width_m=60, depth_m=60, stands=20)).sheets())
    derive_network(plan)
    hall = next(area for area in plan.areas if area.kind == "hall")
    check_egress(plan, hall.code)
    level = floor_of_level(plan, hall.level)
    if level is None:
        raise AssertionError("the hall is drawn")
    middle = level.floor.polygon.representative_point().coords[0]
    sees(level.floor, [middle], [middle])
    visible(level.floor, [middle], [middle], 10.0)
    isovist_of(level.floor, middle, 10.0)
    field_to(grid_of(level.floor, 0.5), [middle])


def warm_roster() -> None:
    """A small roster: eight people in teams of two, two posts, three days, whoever may be anywhere."""
    import numpy as np

    from hostcity.engines.rosters import People, Posts, Problem, Rules, solve

    many, posts, (days, bands) = 8, 2, (3, 2)
    one, day = np.ones(many, np.int64), np.zeros((many, days, bands))
    people = People(
        attends=0.9 * np.ones(many), is_trained=np.ones((many, posts), bool), is_free=day == 0, has=np.ones((many, 1), bool),
        most_shifts=2 * one, target=one, shift_cost=day, post_cost=np.zeros((many, posts)), team=np.arange(many) // 2, is_minor=one < 1,
    )  # fmt: skip
    places = np.ones(posts, np.int64)
    posts_ = Posts(
        needed=np.ones((1, days, bands, posts), np.int64), weight=np.ones((1, posts)), trait=-np.ones((1, posts), np.int64), zone=places,
        is_standby=places < 1,
    )  # fmt: skip
    rules = Rules(starts_s=np.array([28_800, 50_400]), ends_s=np.array([50_400, 72_000]))
    solve(Problem(people=people, posts=posts_, rules=rules), mate=1.0)


def warm_forecast() -> None:
    """The smallest plan of which a team is short: two tasks, one hand."""
    import numpy as np

    from hostcity.engines.schedule import Problem
    from hostcity.engines.schedule.forecast import bracket, price_slips

    plan = Problem(
        duration=np.ones(2), demand=np.ones((2, 1), np.int64), capacity=np.ones(1, np.int64), need_by=np.full(2, 9.0)
    )
    bracket(plan, samples=1)
    price_slips(plan, 0, [1.0], execution="unlimited", samples=1)


def warm_schedule() -> None:
    """Search and justification of schedules of tasks."""
    from hostcity.engines.schedule.planning.islands import warm

    warm()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
