"""Drafts for tests: the roster as it holds, judged, which takes no search."""

from __future__ import annotations

from typing import Any

from hostcity.core.models import Result
from hostcity.engines.rosters.from_plan import roster_of, roster_problem
from hostcity.plan import Plan
from hostcity.volunteers.jobs import figures_of, judged
from hostcity.volunteers.services.making import keep_draft
from tests.volunteers import force


def keep(edition: Any, snapshot: Any, plan: Plan | None = None) -> Result:
    """The roster of a plan, judged and kept, without a job; of the small force, whatever the edition's plan is."""
    plan = plan or force.plan()
    made = roster_problem(plan)
    found = figures_of(plan, made, judged(made, roster_of(made)))
    return keep_draft(edition=edition, snapshot=snapshot, inputs={"judge": True, "number": 0}, **found)
