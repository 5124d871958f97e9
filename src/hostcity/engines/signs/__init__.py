"""Which signs to hang, with a bound on how much better any other plan could be."""

from hostcity.engines.signs.bound import Bound, bound_signs
from hostcity.engines.signs.planning import SignPlan, guided_by, plan_signs
from hostcity.engines.signs.problem import SignProblem
from hostcity.engines.signs.rules import busiest_corners, most_floor

__all__ = [
    "Bound",
    "SignPlan",
    "SignProblem",
    "bound_signs",
    "busiest_corners",
    "guided_by",
    "most_floor",
    "plan_signs",
]
