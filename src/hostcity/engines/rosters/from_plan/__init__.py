"""From the sheets of a plan's force to a roster problem, and from a roster back to rows of sheet shifts.

>>> from hostcity.plan import Plan
>>> try:
...     roster_problem(Plan(edition=()))
... except ValueError as error:
...     print(error.problems[0])
sheet service_days: has no rows. A roster needs days, bands, posts, needs and volunteers; `hostcity template` shows the sheets. [service_days.none]
"""

from hostcity.engines.rosters.from_plan.axes import LEAST, Force, Line
from hostcity.engines.rosters.from_plan.making import roster_problem
from hostcity.engines.rosters.from_plan.shifts import roster_of, shifts_of
from hostcity.engines.rosters.from_plan.told import contradictions_told, violations_told

__all__ = [
    "LEAST",
    "Force",
    "Line",
    "contradictions_told",
    "roster_of",
    "roster_problem",
    "shifts_of",
    "violations_told",
]
