"""Days of the tiny example with everybody's moves, played once."""

from functools import cache

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.rehearse import prepare
from hostcity.plan import read_plan
from hostcity.studies.microscope.passages import every_move


@cache
def tiny():
    """Plan, day and free walking speeds."""
    plan = read_plan("examples/tiny")
    kept = every_move(plan)
    return plan, rehearse_day(kept, seed=1), prepare(kept, seed=1, moves=1).people.walker["speed"].astype(float)
