"""Trying changes of a draft by the API."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404
from ninja import Path

from hostcity.core.api.operations import Operations
from hostcity.core.jobs.api import JobShown
from hostcity.core.jobs.api import shown as shown_job
from hostcity.core.models import Result
from hostcity.volunteers import policy
from hostcity.volunteers.drafts import draft_result
from hostcity.volunteers.whatif import services
from hostcity.volunteers.whatif.asking import Asked
from hostcity.volunteers.whatif.schemas import ChangesGiven, WhatIf
from hostcity.volunteers.whatif.trying import RuleTold, TermTold, try_changes

operations = Operations("what-if")
Number = Annotated[int, Path(ge=1, le=2**62, description="Number of the draft.")]


def _found(request: Any, result: int) -> Result:
    found = draft_result(request.edition, result)
    if found is None:
        raise Http404("roster")
    return found


def _asked(body: ChangesGiven) -> Asked:
    return Asked(
        moves=[(each.volunteer, each.day, each.band, each.post) for each in body.moves],
        absent=[(each.volunteer, each.day) for each in body.absent],
        closed=[(each.day, each.band, each.post) for each in body.closed],
        needs=[(each.day, each.band, each.post, each.heads) for each in body.needs],
    )


def _term(told: TermTold) -> dict[str, Any]:
    return {"name": told.name, "was": told.was, "now": told.now, "change": told.change}


def _rule(told: RuleTold) -> dict[str, Any]:
    return {"rule": told.rule, "said": str(told.words), "volunteer": told.volunteer, "day": told.day, "band": told.band}


@operations.post("/volunteers/rosters/{result}/what-if", policy.SEE_ROSTER, WhatIf, status=200)
def try_roster_changes(request: Any, result: Number, body: ChangesGiven) -> Any:
    """Try changes of a draft.

    Nothing is written. Who is moved leaves the other shifts of that day where one a day is all there may be; who serves where it is
    closed, or is away, is taken off.
    """
    told = try_changes(_found(request, result), _asked(body))
    return {
        "objective": _term(told.objective), "terms": [_term(each) for each in told.terms], "violations": list(told.violations),
        "broken": [_rule(each) for each in told.broken], "mended": [_rule(each) for each in told.mended], "cells": told.cells,
        "seats": told.seats,
    }  # fmt: skip


@operations.post("/volunteers/rosters/{result}/what-if/keep", policy.CHANGE_ROSTER, JobShown, status=202)
def keep_roster_changes(request: Any, result: Number, body: ChangesGiven) -> Any:
    """Lock the seats of changes, and have the next draft made with them.

    Closed cells and needs are changed in the plan. Refused where a seat is locked otherwise. Follow the job.
    """
    found = _found(request, result)
    return shown_job(
        services.keep_changes(edition=request.edition, result=found, asked=_asked(body), by=request.person)
    )
