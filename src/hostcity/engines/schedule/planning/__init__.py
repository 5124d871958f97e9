"""Schedules of tasks under teams of limited size: made, mended after a disruption, and checked.

>>> import numpy as np
>>> from hostcity.engines.schedule import FS, Problem
>>> from hostcity.engines.schedule.planning import schedule, verify
>>> stands, carpets, opening = 0, 1, 2  # two crews of fitters, and each task but the opening takes one or both
>>> problem = Problem(
...     duration=np.array([4.0, 3.0, 0.0]), link=np.array([[0, 2, FS], [1, 2, FS]]), demand=np.array([[2], [1], [0]]), capacity=np.array([2])
... )
>>> plan = schedule(problem, schedules=1000)
>>> plan.finish, plan.bound, plan.proof, verify(problem, plan.start)
(7.0, 6.0, 'bound', ())

What is imported here is light: kernels and OR-Tools are loaded by who searches.
"""

from hostcity.engines.schedule.planning.repair import Notice, Repair, repair
from hostcity.engines.schedule.planning.schedule import Schedule, schedule
from hostcity.engines.schedule.planning.verify import verify

__all__ = ["Notice", "Repair", "Schedule", "repair", "schedule", "verify"]
