"""Reading drawings that were brought in."""

from __future__ import annotations

from typing import Any

from django_scopes import scope

from hostcity.core.models import Act, Edition, Job
from hostcity.core.plan_rows.changes import IMPORT
from hostcity.venue.drawings.services import MAP, RETURN, SUBJECT


def kept_map(edition: Edition) -> dict[str, Any]:
    """What layers were said to be last, and where drawings lie; nothing = nobody has said it yet. Layers of earlier maps are
    known as well. One query."""
    with scope(edition=edition):
        bodies = Act.objects.filter(verb=MAP).order_by("-number").values_list("body", flat=True)[:20]
        maps = [body["map"] for body in bodies]
    if not maps:
        return {}
    layers: dict[str, str] = {}
    for each in reversed(maps):
        layers |= each["layers"]
    return maps[0] | {"layers": layers}


def decisions_on(edition: Edition, job: Job) -> list[Act]:
    """What was decided on a proof: approvals with what undid them, and notes with which it was sent back. One query."""
    with scope(edition=edition):
        acts = Act.objects.filter(subject_key=str(job.public_id), subject_kind__in=(SUBJECT, IMPORT))
        return list(acts.filter(verb__in=(IMPORT, RETURN)).order_by("number"))
