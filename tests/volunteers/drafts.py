"""Drafts for tests: the roster as it holds, judged, which takes no search."""

from __future__ import annotations

from typing import Any

from hostcity.core.models import Result
from hostcity.core.results import keep_blob
from hostcity.engines.rosters.from_plan import roster_of, roster_problem
from hostcity.plan import Plan
from hostcity.volunteers.jobs import figures_of, judged
from hostcity.volunteers.kept import as_bytes
from hostcity.volunteers.mending.asking import Asked
from hostcity.volunteers.mending.jobs import mended, said_of, summary_of
from hostcity.volunteers.mending.mended import SAID
from hostcity.volunteers.mending.services import keep_mended
from hostcity.volunteers.services.making import keep_draft
from tests.volunteers import force


def keep(edition: Any, snapshot: Any, plan: Plan | None = None) -> Result:
    """The roster of a plan, judged and kept, without a job; of the small force, whatever the edition's plan is."""
    plan = plan or force.plan()
    made = roster_problem(plan)
    found = figures_of(plan, made, judged(made, roster_of(made)))
    return keep_draft(edition=edition, snapshot=snapshot, inputs={"judge": True, "number": 0}, **found)


def keep_mended_day(edition: Any, snapshot: Any, number: int = 0) -> Result:
    """The first day of the small force without V1 and V2, mended and kept, without a job."""
    plan, asked = force.plan(), Asked(day="D1", absent=("V1", "V2"), factors={"P2": 3.0})
    made = roster_problem(plan)
    was = roster_of(made)
    found = mended(made, asked, was)
    said = said_of(plan, made, asked, was, found)
    return keep_mended(
        edition=edition, snapshot=snapshot, inputs={**asked.plain(), "number": number}, summary=summary_of(said, asked, found, repeated=0),
        blobs={SAID: keep_blob(as_bytes(said)).sha256},
    )  # fmt: skip
