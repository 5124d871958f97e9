"""Snapshots of the plan and results made of them, by the API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query
from pydantic import Field

from hostcity.core import policy
from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer, Listed, Paging, page_of
from hostcity.core.models import Result, Snapshot
from hostcity.core.results.snapshots import plan_of_snapshot
from hostcity.plan import plan_to_json

operations = Operations("results")
Hash = Annotated[str, Path(min_length=64, max_length=64, pattern="^[0-9a-f]{64}$", description="Hash of the plan.")]


class SnapshotShown(Answer):
    """The whole plan at one number of the ledger."""

    plan_sha256: str
    number: int = Field(description="Of the ledger, when it was first taken.")
    by_code: str
    created_at: datetime


class SnapshotsPage(Listed):
    """A page of snapshots."""

    rows: list[SnapshotShown]


class ResultShown(Answer):
    """What an engine made of a snapshot."""

    id: int
    kind: str
    plan_sha256: str
    results_sha256: str = Field(description="Over the canonical arrays: equal inputs give an equal one.")
    engine_version: str
    inputs: dict[str, Any]
    files: list[str]
    created_at: datetime


class ResultInFull(ResultShown):
    """With its summary."""

    summary: dict[str, Any]


class ResultsPage(Listed):
    """A page of results."""

    rows: list[ResultShown]


class ResultsAsked(Paging):
    """Which results."""

    kind: str = Field("", max_length=40, description="E.g. day, comparison.")


def shown(result: Result) -> dict[str, Any]:
    """A result as the API shows it, without its summary."""
    return {
        "id": result.pk, "kind": result.kind, "plan_sha256": result.snapshot.plan_sha256,
        "results_sha256": result.results_sha256, "engine_version": result.engine_version, "inputs": result.inputs,
        "files": sorted(result.blobs), "created_at": result.created_at,
    }  # fmt: skip


@operations.get("/snapshots", policy.SEE_PLAN, SnapshotsPage)
def list_snapshots(request: Any, paging: Query[Paging]) -> Any:
    """List snapshots of the plan.

    Latest first; each was taken by a rehearsal.
    """
    return page_of(Snapshot.objects.filter(edition=request.edition), paging, order=("-pk",), shown=lambda each: each)


@operations.get(
    "/snapshots/{plan_sha256}/plan", policy.SEE_PLAN, None,
    gives="application/json", schema={"$ref": "#/components/schemas/Plan"},
)  # fmt: skip
def show_snapshot_plan(request: Any, plan_sha256: Hash) -> HttpResponse:
    """Give the plan of a snapshot as JSON.

    As it stood then.
    """
    snapshot = get_object_or_404(Snapshot.objects.filter(edition=request.edition), plan_sha256=plan_sha256)
    return HttpResponse(plan_to_json(plan_of_snapshot(snapshot)), content_type="application/json")


@operations.get("/results", policy.SEE_PLAN, ResultsPage)
def list_results(request: Any, asked: Query[ResultsAsked]) -> Any:
    """List results.

    Latest first.
    """
    rows = Result.objects.filter(edition=request.edition).select_related("snapshot").defer("summary")
    return page_of(rows.filter(kind=asked.kind) if asked.kind else rows, asked, order=("-pk",), shown=shown)


@operations.get("/results/{result}", policy.SEE_PLAN, ResultInFull)
def show_result(request: Any, result: Annotated[int, Path(ge=1, le=2**62)]) -> Any:
    """Show a result with its summary.

    The same as the command's `--json`.
    """
    found = get_object_or_404(Result.objects.filter(edition=request.edition).select_related("snapshot"), pk=result)
    return shown(found) | {"summary": found.summary}
