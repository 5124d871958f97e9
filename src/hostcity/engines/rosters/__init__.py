"""Who serves where and when, with a bound on how much better any other roster could be.

What is imported here is light: kernels and OR-Tools are loaded by who solves.
"""

from hostcity.engines.rosters.check import Violation, check
from hostcity.engines.rosters.contradictions import Contradiction, contradictions
from hostcity.engines.rosters.cover import risk
from hostcity.engines.rosters.homes import Homes, find_homes
from hostcity.engines.rosters.problem import Lock, People, Posts, Problem, RosterError, Weights
from hostcity.engines.rosters.roster import Roster, Score, Step, Terms
from hostcity.engines.rosters.rules import Rules
from hostcity.engines.rosters.score import score
from hostcity.engines.rosters.solve import solve

__all__ = [
    "Contradiction", "Homes", "Lock", "People", "Posts", "Problem", "Roster", "RosterError", "Rules", "Score", "Step", "Terms",
    "Violation", "Weights", "check", "contradictions", "find_homes", "risk", "score", "solve",
]  # fmt: skip
