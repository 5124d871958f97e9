"""What to change: the plan's options tried by simulation, within a budget, and ranked by what they do."""

from hostcity.studies.advice.advise import Advice, Suggestion, Tried, advise
from hostcity.studies.advice.asked import Goal, budget_of, goal_and_budget, goal_of

__all__ = ["Advice", "Goal", "Suggestion", "Tried", "advise", "budget_of", "goal_and_budget", "goal_of"]
