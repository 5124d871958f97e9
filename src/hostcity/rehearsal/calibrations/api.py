"""Calibrations by the API."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpResponse
from ninja import File, Form, Query
from ninja.files import UploadedFile
from pydantic import Field

from hostcity.core import policy as matrix
from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Body, Listed, Paging, page_of
from hostcity.core.jobs.api import JobShown
from hostcity.core.jobs.api import shown as shown_job
from hostcity.core.plan_rows.api import Written
from hostcity.rehearsal import policy
from hostcity.rehearsal.calibrations import queries, services
from hostcity.rehearsal.calibrations.taking import take_fitted
from hostcity.rehearsal.calibrations.views import archive_of
from hostcity.rehearsal.models import Calibration
from hostcity.rehearsal.scenarios.queries import MOST_AT_ONCE
from hostcity.rehearsal.schemas import OfPlanShown, shown_of_plan
from hostcity.rehearsal.works import MOST_OVERRIDES, MOST_SEED

operations = Operations("calibrations")
UPLOAD = {"kind": "multipart/form-data", "most_bytes": services.MOST_BYTES + 256 * 1024}
Text = Annotated[str, Field(min_length=1, max_length=400)]


class CalibrationWanted(Body):
    """What comes beside the file of counts; in a form everything is text."""

    fits: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=services.LONGEST)]],
        Field(
            max_length=services.MOST_FITS,
            description="FIGURE, FIGURE=LOW..HIGH or FIGURE*=LOW..HIGH; none: what the counts can see.",
        ),
    ] = Field([])
    runs: Annotated[int, Field(ge=services.LEAST_RUNS, le=services.MOST_RUNS)] = 20
    seed: Annotated[int, Field(ge=0, le=MOST_SEED)] = 1
    scenarios: Annotated[list[Annotated[str, Field(min_length=1, max_length=80)]], Field(max_length=MOST_AT_ONCE)] = (
        Field([])
    )
    overrides: Annotated[
        list[Text],
        Field(max_length=MOST_OVERRIDES, description="What was known of the counted day, as changes of the plan."),
    ] = Field([])


class QuestionsWanted(CalibrationWanted):
    """What comes beside the log of questions."""

    fits: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=services.LONGEST)]],
        Field(
            max_length=services.MOST_FITS,
            description="What is fitted beside the chances of a right turn: wrong_turns.KEY.FIELD=LOW..HIGH.",
        ),
    ] = Field([])
    starts: str = Field(
        "", max_length=services.LONGEST_CLOCK, description="HH:MM from when it was kept; empty = the whole day."
    )
    ends: str = Field("", max_length=services.LONGEST_CLOCK, description="HH:MM until when.")


class CalibrationShown(OfPlanShown):
    """A calibration."""

    evidence: Literal["counts", "questions"] = Field(description="What the figures are fitted to.")

    counts_name: str
    counts_sha256: str
    fits: list[str]
    runs: int


class CalibrationInFull(CalibrationShown):
    """With progress and what was found."""

    job: JobShown | None
    summary: dict[str, Any] | None = Field(
        description="As the command's --json, and `said` in words of both languages. `changes`, behind the overrides that "
        "were asked with, are the overrides of a rehearsal of the fitted plan."
    )


class CalibrationsPage(Listed):
    """A page of calibrations."""

    rows: list[CalibrationShown]


def shown(row: Calibration) -> dict[str, Any]:
    """A calibration as lists show it."""
    of_counts = {"counts_name": row.counts_name, "counts_sha256": row.counts_id}
    return shown_of_plan(row) | of_counts | {"evidence": row.evidence, "fits": row.fits, "runs": row.runs}


def in_full(row: Calibration) -> dict[str, Any]:
    """With its result."""
    job = shown_job(row.job) if row.job else None
    return shown(row) | {"job": job, "summary": row.result.summary if row.result else None}


def _calibration(request: Any, calibration: UUID) -> Calibration:
    return queries.calibration_in_full(request.edition, request.person, calibration)


@operations.get("/calibrations", policy.SEE_REHEARSALS, CalibrationsPage)
def list_calibrations(request: Any, paging: Query[Paging]) -> Any:
    """List calibrations.

    Latest first.
    """
    return page_of(queries.calibrations(request.edition, request.person), paging, order=("-id",), shown=shown)


@operations.post("/calibrations", policy.START_REHEARSAL, CalibrationInFull, status=202, **UPLOAD)
def start_calibration(request: Any, file: File[UploadedFile], body: Form[CalibrationWanted]) -> Any:
    """Fit assumed figures of the plan to counts of a live fair.

    The worker reads the counts and plays the plan as it stands; follow it by `show_calibration`. What is wrong with plan,
    scenarios or overrides is told at once; what is wrong with the counts, by row and column, is the job's error.
    """
    made = services.start_calibration(
        edition=request.edition, by=request.person, name=file.name or "", data=file.read(services.MOST_BYTES + 1),
        **body.model_dump(),
    )  # fmt: skip
    return in_full(made)


@operations.post("/calibrations/questions", policy.START_REHEARSAL, CalibrationInFull, status=202, **UPLOAD)
def start_question_calibration(request: Any, file: File[UploadedFile], body: Form[QuestionsWanted]) -> Any:
    """Fit the chances of a right turn to a log of questions at information desks.

    A CSV of time, place, destination and count. As for `start_calibration`, what is wrong with the log, by row and column, is
    the job's error. The plan is played as if newcomers turned wrong, whatever its sheet wrong_turns says of that.
    """
    given = body.model_dump()
    log = services.Log(starts=given.pop("starts"), ends=given.pop("ends"))
    made = services.start_calibration(
        edition=request.edition, by=request.person, name=file.name or "", data=file.read(services.MOST_BYTES + 1), log=log,
        **given,
    )  # fmt: skip
    return in_full(made)


@operations.post("/calibrations/{calibration}/take", matrix.IMPORT_PLAN, Written, status=200)
def take_calibration(request: Any, calibration: UUID) -> Any:
    """Put chances that were fitted to a log of questions into the plan.

    Into sheet wrong_turns, marked as fitted; it can be undone like an import. Whether newcomers turn wrong stays as it is.
    """
    acts = take_fitted(calibration=_calibration(request, calibration), by=request.person)
    return {"acts": len(acts), "number": acts[-1].number if acts else None}


@operations.get("/calibrations/{calibration}", policy.SEE_REHEARSALS, CalibrationInFull)
def show_calibration(request: Any, calibration: UUID) -> Any:
    """Show a calibration.

    Its progress, and when it is done figures with ranges, counts before and after, and what cannot be told apart.
    """
    return in_full(_calibration(request, calibration))


@operations.get("/calibrations/{calibration}/files", policy.SEE_REHEARSALS, None, gives="application/zip")
def download_calibration(request: Any, calibration: UUID) -> HttpResponse:
    """Download the fitted plan and tables.

    One archive: expo.xlsx, changes.txt, figures.csv, counts.csv, calibration.json, and a page with every series drawn.
    """
    row = _calibration(request, calibration)
    if row.result is None:
        raise Http404(str(calibration))
    return archive_of(row)


@operations.post("/calibrations/{calibration}/cancel", policy.CANCEL_REHEARSAL, CalibrationInFull, status=200)
def cancel_calibration(request: Any, calibration: UUID) -> Any:
    """Cancel a calibration that waits or runs.

    One that runs ends within a second or two.
    """
    services.cancel_calibration(calibration=_calibration(request, calibration), by=request.person)
    return in_full(_calibration(request, calibration))
