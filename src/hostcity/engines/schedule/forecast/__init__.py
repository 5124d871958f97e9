"""How likely a plan of tasks is ready in time, by which rule of getting teams, and what that hangs on.

>>> import numpy as np
>>> from hostcity.engines.schedule import FS, Problem
>>> from hostcity.engines.schedule.forecast import forecast
>>> build, wire, open_ = 0, 1, 2
>>> plan = Problem(
...     duration=np.array([5.0, 4.0, 0.0]), optimistic=np.array([4.0, 2.0, 0.0]), pessimistic=np.array([9.0, 8.0, 0.0]),
...     link=np.array([[build, open_, FS], [wire, open_, FS]]), need_by=np.array([np.inf, np.inf, 7.0]))
>>> told = forecast(plan, execution="unlimited")
>>> told.execution, round(told.probability, 1), told.criticality.round(1).tolist()
('unlimited', 0.8, [0.8, 0.2, 1.0])
"""

from hostcity.engines.schedule.forecast.drivers import Influence, Ranking, drivers
from hostcity.engines.schedule.forecast.effects import Change, Effects, changed, effects
from hostcity.engines.schedule.forecast.effort import Effort, Option, best_effort
from hostcity.engines.schedule.forecast.forecast import bracket, forecast, planned_starts, urgency
from hostcity.engines.schedule.forecast.result import Bracket, Execution, Forecast, Goal
from hostcity.engines.schedule.forecast.what_if import WhatIf, price_slips, what_if

__all__ = [
    "Bracket",
    "Change",
    "Effects",
    "Effort",
    "Execution",
    "Forecast",
    "Goal",
    "Influence",
    "Option",
    "Ranking",
    "WhatIf",
    "best_effort",
    "bracket",
    "changed",
    "drivers",
    "effects",
    "forecast",
    "planned_starts",
    "price_slips",
    "urgency",
    "what_if",
]
