"""What is asked for: a figure that shall become smaller or larger, and what may be used for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hostcity.plan.options import UsesError, uses_of
from hostcity.plan.patterns import matcher
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.sentences import Sentence
from hostcity.studies.advice.moves import resources
from hostcity.studies.run_figures import Name, figure_names, text_of

#: What people say, and the figure that they mean.
SAID = {
    "share of entries over the limit": "promise.share_over_peak_limit",
    "share of entries over 30 min": "promise.share_over_peak_limit",
    "entry time at the peak": "promise.peak_p99_s",
    "entry time": "promise.other_p99_s",
    "turned away": "promise.turned_away",
    "time inside": "max:day.mean_stay_s",
}
LARGER = "max:"


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal:
    """A figure, and whether it shall become larger."""

    name: Name
    larger: bool = False

    def __str__(self) -> str:
        return f"{LARGER if self.larger else ''}{text_of(self.name)}"


def goal_of(plan: Plan, text: str) -> Goal:
    """A goal as it is written: a figure's name, ``max:`` before it when it shall become larger, or a saying of `SAID`.

    Raises PlanError when it names no figure of the plan's days.
    """
    said = SAID.get(" ".join(text.lower().split()), text.strip())
    larger, figure = said.startswith(LARGER), said.removeprefix(LARGER).strip()
    names = {text_of(name): name for name in figure_names(plan)}
    if figure not in names:
        similar = [each for each in names if matcher(f"*{figure.rpartition('.')[2]}")(each)] or [*SAID, *names]
        what = Sentence("there is no figure {figure}.", figure=repr(text))
        mend = Sentence(
            "There are: {known}.", known=", ".join([*similar[:12], *(["..."] if len(similar) > 12 else [])])
        )
        raise PlanError([Problem(code="goal.unknown", what=what, mend=mend)], Sentence("the goal"))
    return Goal(name=names[figure], larger=larger)


def goal_and_budget(plan: Plan, goal: str, budget: str) -> tuple[Goal, dict[str, float]]:
    """Both as they are written. Raises PlanError with every problem of both."""
    wanted: Goal | None = None
    allowed: dict[str, float] | None = None
    problems: list[Problem] = []
    try:
        wanted = goal_of(plan, goal)
    except PlanError as error:
        problems += error.problems
    try:
        allowed = budget_of(budget, resources(plan))
    except PlanError as error:
        problems += error.problems
    if wanted is None or allowed is None:
        raise PlanError(problems, Sentence("goal and budget"))
    return wanted, allowed


def budget_of(text: str, resources: Mapping[str, object]) -> dict[str, float]:
    """A budget as it is written, ``lanes=10, staff=30``; ``resources`` are those that some option uses.

    Raises PlanError with every problem.
    """
    try:
        budget = uses_of(text)
    except UsesError as error:
        problem = Problem(code="budget.form", what=error.args[0], mend=Sentence("Write e.g. lanes=10, staff=30."))
        raise PlanError([problem], Sentence("the budget")) from None
    problems = []
    for name, amount in budget.items():
        if name not in resources:
            what = Sentence("no option uses {name}.", name=repr(name))
            known = Sentence("There are: {known}.", known=", ".join(sorted(resources)) or "–")
            problems.append(Problem(code="budget.unknown", what=what, mend=known))
        elif amount < 0:
            what = Sentence("{name} is {amount}.", name=name, amount=f"{amount:g}")
            problems.append(Problem(code="budget.negative", what=what, mend=Sentence("Give 0 or more.")))
    if problems:
        raise PlanError(problems, Sentence("the budget"))
    return budget
