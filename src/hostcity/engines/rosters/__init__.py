"""Who serves where and when, with a bound on how much better any other roster could be.

What is imported here is light: kernels and OR-Tools are loaded by who solves.
"""

from hostcity.engines.rosters.check import Violation, check
from hostcity.engines.rosters.contradictions import Contradiction, contradictions
from hostcity.engines.rosters.cover import risk
from hostcity.engines.rosters.explain import CellWhy, Offer, PersonWhy, explain_cell, explain_person
from hostcity.engines.rosters.homes import Homes, find_homes
from hostcity.engines.rosters.planning import Plan, best_plan
from hostcity.engines.rosters.problem import Lock, People, Posts, Problem, RosterError, Weights
from hostcity.engines.rosters.repair import Move, Repair, Telling, repair
from hostcity.engines.rosters.roster import Roster, Score, Step, Terms
from hostcity.engines.rosters.rules import Rules
from hostcity.engines.rosters.score import score
from hostcity.engines.rosters.simulate import Attendance, simulate, size_standby
from hostcity.engines.rosters.solve import solve
from hostcity.engines.rosters.what_if import Effect, what_if

__all__ = [
    "Attendance",
    "CellWhy",
    "Contradiction",
    "Effect",
    "Homes",
    "Lock",
    "Move",
    "Offer",
    "People",
    "PersonWhy",
    "Plan",
    "Posts",
    "Problem",
    "Repair",
    "Roster",
    "RosterError",
    "Rules",
    "Score",
    "Step",
    "Telling",
    "Terms",
    "Violation",
    "Weights",
    "best_plan",
    "check",
    "contradictions",
    "explain_cell",
    "explain_person",
    "find_homes",
    "repair",
    "risk",
    "score",
    "simulate",
    "size_standby",
    "solve",
    "what_if",
]
