"""Facilities by the API."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Query
from pydantic import Field

from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer, Body
from hostcity.core.jobs.api import JobShown
from hostcity.core.jobs.api import shown as shown_job
from hostcity.core.models import Result
from hostcity.core.plan_rows.queries import plan_of
from hostcity.venue import policy
from hostcity.venue.facilities.queries import SHEETS, measure_of
from hostcity.venue.facilities.services import measure_facilities

operations = Operations("facilities")
Limits = Annotated[dict[str, Annotated[float, Field(gt=0, lt=1e6)]], Field(max_length=50)]


class MeasureAsked(Body):
    """What is to be measured."""

    result: int = Field(
        ge=1, le=2**62, description="Number of the day's result: where people are, how long they queue."
    )
    walks: Limits = Field({}, description="Farthest walk by kind of amenity. [m] Usual ones for the rest.")
    waits: Limits = Field({}, description="Longest queue by kind of amenity. [min] Usual ones for the rest.")
    step_free: bool = Field(False, description="Without stairs and escalators.")


class FacilitiesFound(Answer):
    """What was found, as the command's `--json`."""

    id: int = Field(description="Number of the result.")
    is_stale: bool = Field(description="Whether the drawing has changed since.")
    inputs: dict[str, Any] = Field(description="The day's result, the limits, hashes of the day and of the drawing.")
    persons_h: float = Field(description="Spent in areas that are drawn.")
    often: list[dict[str, Any]] = Field(description="What is too far or too slow, the most uses a day first.")
    seldom: list[dict[str, Any]] = Field(
        description="Kinds that few use and all must reach, the most person-hours first."
    )
    served: list[dict[str, Any]] = Field(description="How far everybody is from the nearest of each kind.")
    next: list[dict[str, Any]] = Field(description="Where one more would spare most long walks.")
    left_out: list[str] = Field(description="Areas in which people were, that are not drawn.")
    unreached: list[str] = Field(description="Amenities that no floor is near to.")


@operations.get("/venue/facilities", policy.SEE_MAP, FacilitiesFound)
def show_venue_facilities(
    request: Any, measured: Annotated[int, Query(ge=0, le=2**62, description="Number of the result; 0 = the last.")] = 0
) -> Any:
    """Show where visitors walk or queue too long.

    404 before it was measured.
    """
    found = measure_of(request.edition, str(measured) if measured else "")
    if found is None:
        raise Http404("facilities")
    is_stale = found.inputs["drawing"] != plan_of(request.edition).sha256_of(SHEETS)
    return {"id": found.pk, "is_stale": is_stale, "inputs": found.inputs} | found.summary


@operations.post("/venue/facilities", policy.MEASURE_FACILITIES, JobShown, status=202)
def measure_venue_facilities(request: Any, body: MeasureAsked) -> Any:
    """Have it measured where visitors walk or queue too long.

    By the drawing of the plan as it stands, and by where people were on a rehearsed day: follow the job, whose answer has the
    number of the result.
    """
    day = get_object_or_404(Result.objects.filter(edition=request.edition, kind="day"), pk=body.result)
    job = measure_facilities(
        edition=request.edition, day=day, walks=body.walks, waits=body.waits, is_step_free=body.step_free, by=request.person,
    )  # fmt: skip
    return shown_job(job)
