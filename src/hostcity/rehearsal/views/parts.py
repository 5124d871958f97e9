"""What several pages need: an object or 404, problems of a plan for a form, a refusal at its field."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import Http404
from django.urls import reverse

from hostcity.core.errors import Refused
from hostcity.core.jobs.errors import for_reader, of_plan_error
from hostcity.core.models import Edition
from hostcity.core.sayings import said
from hostcity.plan import PlanError
from hostcity.rehearsal.models import OfPlan, Rehearsal
from hostcity.rehearsal.queries import rehearsal_in_full


def rehearsal_or_404(request: Any, key: Any) -> Rehearsal:
    """The rehearsal of the address."""
    return found(rehearsal_in_full, request, key)


def found(look_up: Any, request: Any, key: Any) -> Any:
    """The object of the address, or 404."""
    try:
        return look_up(request.edition, request.user, key)
    except ObjectDoesNotExist as error:
        raise Http404(str(key)) from error


def asked_again(request: Any, look_up: Any) -> Any:
    """What ``again`` in the address names, whose questions are to be asked again; None without, or 404."""
    key = request.GET.get("again", "")
    try:
        return look_up(request.edition, request.user, UUID(key)) if key else None
    except (ValueError, ObjectDoesNotExist) as error:
        raise Http404(key) from error


def initial_of(before: OfPlan) -> dict[str, Any]:
    """What was asked then, for the fields that all forms of what is played share."""
    return {
        "seed": before.seed,
        "scenarios": [each["name"] for each in before.scenarios],
        "overrides": before.overrides,
    }


def problems_for(error: PlanError) -> list[dict[str, Any]]:
    """Every problem of a plan, in the language of the reader."""
    return list(for_reader(of_plan_error(error))["problems"])


def show_refusal(form: Form, error: Refused) -> None:
    """Put a refusal where the reader mends it."""
    form.add_error(error.field if error.field in form.fields else None, said(error))


def changes_path(edition: Edition, number: int) -> str:
    """The page of the plan's changes since a number of the ledger."""
    return f"{reverse('plan-changes', kwargs={'edition': edition.code})}?since={number}"
