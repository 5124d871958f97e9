"""Rehearsals, comparisons and findings by the API."""

from __future__ import annotations

import gzip
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Path, Query

from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Paging, page_of
from hostcity.core.api.versions import say_version, version_of
from hostcity.core.errors import Refused
from hostcity.core.models import Act
from hostcity.core.results import bytes_of, plan_of_snapshot
from hostcity.rehearsal import policy, queries, services
from hostcity.rehearsal import schemas as s
from hostcity.rehearsal.compared import MOST_SHOWN, plan_lines, rows_of
from hostcity.rehearsal.models import Finding, Rehearsal
from hostcity.rehearsal.views.stored import FILES, REPORT

operations = Operations("rehearsals")
findings = Operations("findings")
FileName = Annotated[str, Path(description="Name of the file.", enum=["report.html", *FILES])]


def _rehearsal(request: Any, rehearsal: UUID) -> Rehearsal:
    return queries.rehearsal_in_full(request.edition, request.person, rehearsal)


def _age(request: Any, number: int) -> int:
    return queries.changes_since(request.edition, [number])[number]


@operations.get("/rehearsals", policy.SEE_REHEARSALS, s.RehearsalsPage)
def list_rehearsals(request: Any, paging: Query[Paging]) -> Any:
    """List rehearsals.

    Latest first, each with its verdict and how often the plan has been changed since.
    """
    said = page_of(queries.rehearsals(request.edition, request.person), paging, order=("-id",), shown=lambda row: row)
    ages = queries.changes_since(request.edition, (each.plan_number for each in said["rows"]))
    return said | {"rows": [s.shown(each, ages[each.plan_number]) for each in said["rows"]]}


@operations.post("/rehearsals", policy.START_REHEARSAL, s.RehearsalInFull, status=202)
def start_rehearsal(request: Any, body: s.RehearsalWanted) -> Any:
    """Rehearse the plan as it stands now.

    The worker plays the whole day; follow it by `show_rehearsal`. Everything that is wrong with plan or overrides is
    told at once, and nothing is started then.
    """
    started = services.start_rehearsal(edition=request.edition, by=request.person, **body.model_dump())
    return s.shown(started, 0) | s.in_full(started)


@operations.get("/rehearsals/{rehearsal}", policy.SEE_REHEARSALS, s.RehearsalInFull)
def show_rehearsal(request: Any, rehearsal: UUID) -> Any:
    """Show a rehearsal.

    Its progress, and when it has been played its verdict, figures and the hash of its results.
    """
    row = _rehearsal(request, rehearsal)
    return s.shown(row, _age(request, row.plan_number)) | s.in_full(row)


@operations.post("/rehearsals/{rehearsal}/cancel", policy.CANCEL_REHEARSAL, s.RehearsalInFull, status=200)
def cancel_rehearsal(request: Any, rehearsal: UUID) -> Any:
    """Cancel a rehearsal that waits or runs.

    One that runs ends within a second or two.
    """
    services.cancel_rehearsal(rehearsal=_rehearsal(request, rehearsal), by=request.person)
    row = _rehearsal(request, rehearsal)
    return s.shown(row, _age(request, row.plan_number)) | s.in_full(row)


@operations.post("/rehearsals/{rehearsal}/repeat", policy.START_REHEARSAL, s.RehearsalInFull, status=202)
def repeat_rehearsal(request: Any, rehearsal: UUID) -> Any:
    """Play a rehearsal again from its snapshot.

    With its seed and overrides: `is_same` of the new one says whether the results are the very same.
    """
    again = services.repeat_rehearsal(rehearsal=_rehearsal(request, rehearsal), by=request.person)
    return s.shown(again, _age(request, again.plan_number)) | s.in_full(again)


@operations.get("/rehearsals/{rehearsal}/files/{name}", policy.SEE_REHEARSALS, None, gives="application/octet-stream")
def download_rehearsal_file(request: Any, rehearsal: UUID, name: FileName) -> HttpResponse:
    """Download what a rehearsal made.

    The report as one offline page, the summary as JSON, tables, arrays, and the plan that was played.
    """
    row = _rehearsal(request, rehearsal)
    if row.result is None or (name != "report.html" and (name not in FILES or name not in row.result.blobs)):
        raise Http404(name)
    data = gzip.decompress(bytes_of(row.result, REPORT)) if name == "report.html" else bytes_of(row.result, name)
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{row.edition.code}-rehearsal-{row.number}-{name}"'
    return answer


@operations.get("/rehearsals/{rehearsal}/remarks", policy.SEE_REHEARSALS, s.RemarksPage)
def list_remarks(request: Any, rehearsal: UUID, paging: Query[Paging]) -> Any:
    """List what was said of a rehearsal.

    Oldest first.
    """
    rows = queries.remarks_on(_rehearsal(request, rehearsal))
    return page_of(rows, paging, order=("pk",), shown=s.shown_remark)


@operations.post("/rehearsals/{rehearsal}/remarks", policy.REMARK, s.RemarkShown)
def add_remark(request: Any, rehearsal: UUID, body: s.RemarkWanted) -> Any:
    """Say something of a rehearsal.

    The ledger keeps that it was said, not the words.
    """
    return s.shown_remark(
        services.add_remark(rehearsal=_rehearsal(request, rehearsal), text=body.text, by=request.person)
    )


@operations.get("/comparisons/stored", policy.SEE_REHEARSALS, s.SideBySide)
def compare_results(request: Any, asked: Query[s.TwoRehearsals]) -> Any:
    """Put two played rehearsals side by side.

    From what is stored, at once: their figures, and what differs between their plans.
    """
    a, b = (_played(request, each) for each in (asked.a, asked.b))
    plans = plan_of_snapshot(a.snapshot), plan_of_snapshot(b.snapshot)
    figures = rows_of(plans[0], a.result.summary, b.result.summary)  # type: ignore[union-attr]
    return s.side_by_side(figures[:MOST_SHOWN], plan_lines(*plans)[:MOST_SHOWN])


def _played(request: Any, rehearsal: UUID) -> Rehearsal:
    row = _rehearsal(request, rehearsal)
    if not row.is_played:
        raise Http404(str(rehearsal))
    return row


@operations.get("/comparisons", policy.SEE_REHEARSALS, s.ComparisonsPage)
def list_comparisons(request: Any, paging: Query[Paging]) -> Any:
    """List comparisons.

    Latest first.
    """
    return page_of(queries.comparisons(request.edition), paging, order=("-pk",), shown=s.shown_comparison)


@operations.post("/comparisons", policy.START_REHEARSAL, s.ComparisonShown, status=202)
def compare_rehearsals(request: Any, body: s.ComparisonWanted) -> Any:
    """Play the plans of two rehearsals several times with the same draws.

    So that a difference is the plan's and not chance; follow it by `show_comparison`.
    """
    a, b = (_played(request, each) for each in (body.a, body.b))
    made = services.compare_rehearsals(a=a, b=b, by=request.person, runs=body.runs, seed=body.seed)
    return s.shown_comparison(made)


@operations.get("/comparisons/{comparison}", policy.SEE_REHEARSALS, s.ComparisonInFull)
def show_comparison(request: Any, comparison: UUID) -> Any:
    """Show a comparison.

    Its progress, and when it is done the differences with their 95 % half-widths.
    """
    row = queries.comparison_in_full(request.edition, request.person, comparison)
    return s.shown_comparison(row) | {"summary": row.result.summary if row.result else None}


@operations.post("/comparisons/{comparison}/cancel", policy.CANCEL_REHEARSAL, s.ComparisonShown, status=200)
def cancel_comparison(request: Any, comparison: UUID) -> Any:
    """Cancel a comparison that waits or runs.

    One that runs ends within a second or two.
    """
    row = queries.comparison_in_full(request.edition, request.person, comparison)
    services.cancel_comparison(comparison=row, by=request.person)
    return s.shown_comparison(queries.comparison_in_full(request.edition, request.person, comparison))


def _finding(request: Any, finding: UUID) -> Finding:
    return queries.finding_in_full(request.edition, request.person, finding)


def _meant(request: Any, given: dict[str, Any]) -> dict[str, Any]:
    """Owner and bureau by their codes. Raises ``Refused`` for one that is not of the edition."""
    for name, known in (("owner", queries.possible_owners), ("bureau", queries.bureaus)):
        code = given.get(name)
        if name in given:
            given[name] = known(request.edition).filter(code=code).first() if code else None
        if code and given[name] is None:
            raise Refused(f"finding.{name}", s.NOT_HERE, s.CHOOSE_ANOTHER, field=name)
    return given


@findings.get("/findings", policy.SEE_FINDINGS, s.FindingsPage)
def list_findings(request: Any, asked: Query[s.FindingsAsked]) -> Any:
    """List findings.

    Worst first; of a state, of a severity, or yours and your bureau's only.
    """
    rows = queries.filtered(
        queries.findings(request.edition, request.person), person=request.person, state=asked.state,
        severity=str(asked.severity or ""), mine=asked.mine,
    )  # fmt: skip
    return page_of(rows, asked, order=("-severity", "-id"), shown=s.shown_finding)


@findings.post("/rehearsals/{rehearsal}/findings", policy.ADD_FINDING, s.FindingShown)
def add_finding(request: Any, rehearsal: UUID, body: s.FindingWanted, response: HttpResponse) -> Any:
    """Mark something that a rehearsal showed.

    Place, time, figure, severity, owner; its owner is told.
    """
    given = _meant(request, body.model_dump())
    made = services.add_finding(rehearsal=_rehearsal(request, rehearsal), by=request.person, **given)
    say_version(response, made.version)
    return s.shown_finding(made)


@findings.get("/findings/{finding}", policy.SEE_FINDINGS, s.FindingShown)
def show_finding(request: Any, finding: UUID, response: HttpResponse) -> Any:
    """Show a finding.

    Its ETag names its version, for If-Match.
    """
    row = _finding(request, finding)
    say_version(response, row.version)
    return s.shown_finding(row)


@findings.patch("/findings/{finding}", policy.CHANGE_FINDING, s.FindingShown)
def change_finding(request: Any, finding: UUID, body: s.FindingChange, response: HttpResponse) -> Any:
    """Change a finding.

    State and note by its owner, the rest by drill director and planner; a new owner is told.
    """
    changes = _meant(request, body.given())
    row = services.change_finding(
        finding=_finding(request, finding), changes=changes, version=version_of(request, body.version),
        by=request.person,
    )  # fmt: skip
    say_version(response, row.version)
    return s.shown_finding(row)


@findings.post("/findings/{finding}/undo", policy.CHANGE_FINDING, s.FindingShown, status=200, is_versioned=True)
def undo_finding_state(request: Any, finding: UUID, body: s.FindingUndo) -> Any:
    """Give a finding back the state that it had before an act.

    Refused when that act did not lead to its state.
    """
    row = _finding(request, finding)
    act = get_object_or_404(Act.objects.filter(edition=request.edition), number=body.number)
    version = version_of(request, body.version)
    return s.shown_finding(services.undo_state(finding=row, act=act, version=version, by=request.person))
