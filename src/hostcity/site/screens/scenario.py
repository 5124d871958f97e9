"""What `hostcity scenarios` prints."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.scenarios import Scenario, apply_scenario, in_file
from hostcity.site.screens.as_data import of_problem
from hostcity.site.screens.words import Words


def problems_with(plan: Plan, paths: Iterable[Path]) -> tuple[tuple[Scenario, ...], tuple[Problem, ...]]:
    """Scenarios that can be played on a plan, and every problem of the others, by file."""
    found: list[Scenario] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            found.append(apply_scenario(plan, path)[1])
        except PlanError as error:
            problems += [in_file(path.stem, each) for each in error.problems]
    return tuple(found), tuple(problems)


def show_scenarios(console: Console, found: tuple[Scenario, ...], _: Words) -> None:
    """Name, title, what was drilled and what it teaches of each."""
    if not found:
        console.print(_("There are no scenarios beside this plan."))
    for each in found:
        console.print(Text(f"{each.name}  {_.of(each.title_en, each.title_zh)}", "bold"))
        console.print(f"  {_.of(each.teaches_en, each.teaches_zh)}", soft_wrap=True)
        console.print(Text(f"  {_.of(each.source_en, each.source_zh)}", "dim"), soft_wrap=True)


def of_scenarios(found: tuple[Scenario, ...], problems: tuple[Problem, ...]) -> dict[str, Any]:
    """The same for programs."""
    return {
        "scenarios": [
            {
                "name": each.name, "sha256": each.sha256, "title_en": each.title_en, "title_zh": each.title_zh,
                "teaches_en": each.teaches_en, "teaches_zh": each.teaches_zh,
                "source_en": each.source_en, "source_zh": each.source_zh,
                "changes": list(each.changes), "events": [row.code for row in each.timeline],
            }
            for each in found
        ],
        "problems": [of_problem(each) for each in problems],
    }  # fmt: skip
