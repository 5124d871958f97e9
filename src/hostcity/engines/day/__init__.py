"""The day engine: a whole expo day, person by person, in seconds.

`rehearse_day` plays a `hostcity.plan.Plan` and gives a frozen `DayResult`:

>>> from hostcity.engines.day import rehearse_day
>>> from hostcity.plan import read_plan
>>> day = rehearse_day(read_plan("examples/tiny"), seed=1)
>>> day.is_valid, len(day.visitor_arrive_s)
(True, 2000)
>>> day.gate_codes
('W',)
"""

from hostcity.engines.day.rehearse import RULES, rehearse_day
from hostcity.engines.day.results import DayResult, Overload

__all__ = ["RULES", "DayResult", "Overload", "rehearse_day"]
