"""What is wrong with a plan, in Chinese: the same places, sentences and codes as in English."""

from __future__ import annotations

from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.sentences import in_sentences
from hostcity.report.words import in_chinese


def problem_in_chinese(problem: Problem) -> str:
    """Where, what, how to mend, and the code."""
    place = "，".join(in_chinese(part) for part in problem.places)
    return f"{place}：{_said(problem)}" if place else _said(problem)


def problems_in_chinese(error: PlanError) -> str:
    """Everything that is wrong, one problem a line."""
    return "\n".join([in_chinese(error.heading), *(f"  {problem_in_chinese(each)}" for each in error.problems)])


def _said(problem: Problem) -> str:
    said = in_sentences(in_chinese(problem.what), in_chinese(problem.mend), chinese=True)
    return f"{said} [{problem.code}]"
