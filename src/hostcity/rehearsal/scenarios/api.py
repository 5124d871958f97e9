"""Scenarios by the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from ninja import File, Query
from ninja.files import UploadedFile
from pydantic import Field

from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer, Listed, Paging, page_of
from hostcity.core.jobs.api import JobShown
from hostcity.core.jobs.api import shown as shown_job
from hostcity.core.models import Job
from hostcity.core.results import read_blob
from hostcity.plan.scenarios import SUFFIX
from hostcity.rehearsal import policy
from hostcity.rehearsal.models import KeptScenario
from hostcity.rehearsal.scenarios import queries, services
from hostcity.rehearsal.scenarios.trials import JOB

operations = Operations("scenarios")
UPLOAD = {"kind": "multipart/form-data", "most_bytes": services.MOST_BYTES + 64 * 1024}


class ScenarioShown(Answer):
    """A scenario that the edition keeps."""

    id: UUID
    name: str = Field(description="By which it is chosen when a rehearsal is started.")
    sha256: str = Field(description="Of the file's bytes.")
    title_en: str
    title_zh: str
    teaches_en: str
    teaches_zh: str
    source_en: str = Field(description="What was drilled really, where and when, and what is chosen here.")
    source_zh: str
    by: str = Field(description="Code of the person who kept it.")
    created_at: datetime
    removed_at: datetime | None


class ScenariosPage(Listed):
    """A page of scenarios."""

    rows: list[ScenarioShown]


def shown(row: KeptScenario) -> dict[str, Any]:
    """A scenario as the API shows it."""
    said = {name: getattr(row, name) for name in ("name", *services.TEXTS, "created_at", "removed_at")}
    return said | {"id": row.public_id, "sha256": row.blob_id, "by": row.by.code}


def _scenario(request: Any, scenario: UUID) -> KeptScenario:
    return queries.scenario_in_full(request.edition, request.person, scenario)


@operations.get("/scenarios", policy.SEE_REHEARSALS, ScenariosPage)
def list_scenarios(request: Any, paging: Query[Paging]) -> Any:
    """List the scenarios that the edition keeps.

    By name.
    """
    return page_of(queries.scenarios(request.edition, request.person), paging, order=("name", "pk"), shown=shown)


@operations.post("/scenarios/trials", policy.KEEP_SCENARIO, JobShown, status=202, **UPLOAD)
def try_scenario(request: Any, file: File[UploadedFile]) -> Any:
    """Try a scenario's file.

    A dry run by the worker on the plan as it stands: follow the job. Its answer says what the scenario would change, or
    its error every problem. Nothing is kept before `keep_scenario`.
    """
    data = file.read(services.MOST_BYTES + 1)
    job = services.try_file(edition=request.edition, name=file.name or "", data=data, by=request.person)
    return shown_job(job)


@operations.post("/scenarios/trials/{job}/keep", policy.KEEP_SCENARIO, ScenarioShown)
def keep_scenario(request: Any, job: UUID) -> Any:
    """Keep a scenario that was tried.

    In place of one of the same name.
    """
    tried = get_object_or_404(Job.objects.filter(edition=request.edition, kind=JOB), public_id=job)
    return shown(services.keep_scenario(edition=request.edition, job=tried, by=request.person))


@operations.get("/scenarios/{scenario}", policy.SEE_REHEARSALS, ScenarioShown)
def show_scenario(request: Any, scenario: UUID) -> Any:
    """Show a scenario.

    Also one that was removed: something may have been played with it.
    """
    return shown(_scenario(request, scenario))


@operations.get("/scenarios/{scenario}/file", policy.SEE_REHEARSALS, None, gives="application/toml")
def download_scenario(request: Any, scenario: UUID) -> HttpResponse:
    """Download a scenario's file.

    The very bytes that were kept.
    """
    found = _scenario(request, scenario)
    answer = HttpResponse(read_blob(found.blob_id), content_type="application/toml")
    answer["Content-Disposition"] = content_disposition_header(True, found.name + SUFFIX) or "attachment"
    return answer


@operations.delete("/scenarios/{scenario}", policy.KEEP_SCENARIO)
def remove_scenario(request: Any, scenario: UUID) -> None:
    """Remove a scenario.

    It can no longer be chosen; what was played with it can still be repeated.
    """
    services.remove_scenario(scenario=_scenario(request, scenario), by=request.person)
