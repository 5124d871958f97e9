"""What to change: the plan's options tried by simulation, within a budget, and ranked by what they do."""

from hostcity.studies.advice.advise import advise
from hostcity.studies.advice.asked import Goal, budget_of, goal_and_budget, goal_of
from hostcity.studies.advice.companions import Companion
from hostcity.studies.advice.found import Advice, Suggestion, Tried

__all__ = [
    "Advice", "Companion", "Goal", "Suggestion", "Tried", "advise", "budget_of", "goal_and_budget", "goal_of",
]  # fmt: skip
