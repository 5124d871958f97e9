"""Exits by the API."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from pydantic import Field

from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer, Body
from hostcity.core.jobs.api import JobShown
from hostcity.core.jobs.api import shown as shown_job
from hostcity.core.plan_rows.queries import plan_of
from hostcity.plan.evacuations import EXIT_LIMITS
from hostcity.venue import policy
from hostcity.venue.exits.queries import drawing_sha256, last_check
from hostcity.venue.exits.services import check_exits

operations = Operations("exits")


def _limit(name: str, description: str) -> Any:
    limit = EXIT_LIMITS[name]
    return Field(limit.usual, ge=limit.low, le=limit.high, description=description)


class ExitsAsked(Body):
    """What is asked of exits."""

    distance_m: float = _limit("distance_m", "Farthest way to an exit, on foot. [m]")
    persons_per_m2: float = _limit("persons_per_m2", "Persons per m2 of an area for whom its exits must do.")
    persons_per_m: float = _limit("persons_per_m", "Persons per meter of clear exit.")


class ExitsFound(Answer):
    """What the last check of exits found."""

    number: int = Field(description="Number of the ledger at which the plan was so.")
    is_stale: bool = Field(description="Whether the drawing has changed since.")
    limits: dict[str, float] = Field(description="Distance on foot [m], persons per m2 and per meter of clear exit.")
    areas: list[dict[str, Any]] = Field(
        description="Each hall with its load, widths, distances and exits; which demand is not met."
    )


@operations.get("/venue/exits", policy.SEE_MAP, ExitsFound)
def show_venue_exits(request: Any) -> Any:
    """Show what the last check of exits found.

    404 before the first one.
    """
    check = last_check(request.edition)
    if check is None or not check.answer:
        raise Http404("exits")
    answer = check.answer
    is_stale = drawing_sha256(plan_of(request.edition)) != answer["drawing"]
    return {name: answer[name] for name in ("number", "limits", "areas")} | {"is_stale": is_stale}


@operations.post("/venue/exits", policy.CHECK_EXITS, JobShown, status=202)
def check_venue_exits(request: Any, body: ExitsAsked) -> Any:
    """Have the exits of every hall checked.

    By the drawing of the plan as it stands: follow the job.
    """
    return shown_job(check_exits(edition=request.edition, limits=body.model_dump(), by=request.person))
