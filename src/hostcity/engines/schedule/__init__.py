"""When tasks that wait for one another can be done, and which of them the end hangs on.

>>> import numpy as np
>>> from hostcity.engines.schedule import FS, Problem, cpm
>>> build, wire, open_ = 0, 1, 2
>>> path = cpm(Problem(duration=np.array([5.0, 2.0, 0.0]), link=np.array([[build, open_, FS], [wire, open_, FS]])))
>>> path.finish, path.total_float.tolist()
(5.0, [0.0, 3.0, 0.0])
"""

from hostcity.engines.schedule.blocks import Blocked, blocks
from hostcity.engines.schedule.check import Fault, check
from hostcity.engines.schedule.cpm import CriticalPath, cpm
from hostcity.engines.schedule.problem import FF, FS, SF, SS, Drivers, Problem, ScheduleError

__all__ = [
    "FF",
    "FS",
    "SF",
    "SS",
    "Blocked",
    "CriticalPath",
    "Drivers",
    "Fault",
    "Problem",
    "ScheduleError",
    "blocks",
    "check",
    "cpm",
]
