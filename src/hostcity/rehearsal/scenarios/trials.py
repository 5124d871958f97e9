"""What the worker does with a scenario's file: reads it, and carries it out on the plan as it stands."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.utils.translation import gettext_noop

from hostcity.core.jobs.at_work import AtWork
from hostcity.core.plan_rows.bodies import body_of
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.results import read_blob
from hostcity.plan.rows import Event
from hostcity.plan.scenarios import Scenario, try_scenario

JOB = "rehearsal.scenario"


def run(arguments: dict[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Read the file and carry it out. Raises ``PlanError`` with every problem."""
    at_work.progress(0.1, gettext_noop("Reading the file"))
    raw = read_blob(arguments["sha256"])
    _plan, scenario = try_scenario(plan_of(at_work.edition), arguments["scenario"], raw)
    return told(scenario)


def told(scenario: Scenario) -> dict[str, Any]:
    """What a scenario says of itself, and what it changes, as data."""
    texts = ("title_en", "title_zh", "teaches_en", "teaches_zh", "source_en", "source_zh")
    return {name: getattr(scenario, name) for name in texts} | {
        "sha256": scenario.sha256,
        "total": len(scenario.changes) + len(scenario.timeline),
        "changes": list(scenario.changes),
        "events": [_told_row(row) for row in scenario.timeline],
    }


def _told_row(row: Event) -> dict[str, Any]:
    """The cells of a row that say something."""
    usual = {each.name: each.default for each in dataclasses.fields(row)}
    return {name: value for name, value in body_of("timeline", row).items() if value != usual[name]}
