"""Which signs to hang, with a bound on how much better any other plan could be."""

from hostcity.engines.signs.bound import Bound, bound_signs
from hostcity.engines.signs.planning import SignPlan, plan_of, plan_signs, score_of
from hostcity.engines.signs.problem import Detours, SignProblem
from hostcity.engines.signs.rules import busiest_corners, most_floor

__all__ = [
    "Bound", "Detours", "SignPlan", "SignProblem", "bound_signs", "busiest_corners", "most_floor", "plan_of", "plan_signs",
    "score_of",
]  # fmt: skip
