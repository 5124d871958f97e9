"""Mending a day of the roster by the API."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404
from ninja import Path

from hostcity.core.api.operations import Operations
from hostcity.core.jobs.api import JobShown
from hostcity.core.jobs.api import shown as shown_job
from hostcity.core.models import Result
from hostcity.volunteers import policy
from hostcity.volunteers.mending import services
from hostcity.volunteers.mending.mended import (
    ABSENT,
    has_moved_on,
    is_made_so,
    mended_day,
    mended_days,
    said_of,
    still_lacking,
    who_is_told,
)
from hostcity.volunteers.mending.schemas import MendAsked, MendedDays, MendedShown
from hostcity.volunteers.schemas import Published

operations = Operations("volunteers")
Number = Annotated[int, Path(ge=1, le=2**62, description="Number of the mended day.")]


def _found(request: Any, result: int) -> Result:
    found = mended_day(request.edition, result)
    if found is None:
        raise Http404("mended")
    return found


def _brief(found: Result) -> dict[str, Any]:
    summary = found.summary
    return {
        "id": found.pk, "created_at": found.created_at, "day": found.inputs["day"], "band": found.inputs["band"],
        "short": dict(zip(("before", "without", "after"), summary["short"], strict=True)),
        **{name: summary[name] for name in ("told", "absent", "idle", "repeated", "taken_off")},
    }  # fmt: skip


@operations.get("/volunteers/mended", policy.MEND_ROSTER, MendedDays)
def list_mended_days(request: Any) -> Any:
    """List mended days.

    The latest first.
    """
    return {"rows": [_brief(each) for each in mended_days(request.edition)]}


@operations.post("/volunteers/mended", policy.MEND_ROSTER, JobShown, status=202)
def mend_day(request: Any, body: MendAsked) -> Any:
    """Have a day of the roster mended.

    Some do not come, posts are closed, or need more people. Follow the job: its answer has the number of the result; nothing of the
    roster is changed by it.
    """
    return shown_job(services.mend_day(edition=request.edition, by=request.person, **body.model_dump()))


@operations.get("/volunteers/mended/{result}", policy.MEND_ROSTER, MendedShown)
def show_mended_day(request: Any, result: Number) -> Any:
    """Show a mended day.

    Who is told what, whose shifts are taken off, and where people are missing all the same.
    """
    found = _found(request, result)
    said = said_of(found)
    return _brief(found) | {
        "is_roster": is_made_so(request.edition, found), "has_moved_on": has_moved_on(request.edition, found), "people": who_is_told(said),
        "absent_seats": [each for each in said["changes"] if each["kind"] == ABSENT], "lacking": still_lacking(said),
    }  # fmt: skip


@operations.post("/volunteers/mended/{result}/publish", policy.PUBLISH_ROSTER, Published, status=200)
def make_mended_day_so(request: Any, result: Number) -> Any:
    """Make the roster what a mended day says.

    Refused when the roster has been changed since it was mended. Everybody whose shifts are others is told; the act can be undone.
    """
    act = services.make_it_so(edition=request.edition, result=_found(request, result), by=request.person)
    return {"number": act.number if act else None}
