"""Drawings by the API: bring one in, say what its layers are, look at its proof, approve or send it back; take one out."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Path
from ninja.files import UploadedFile
from pydantic import Field

from hostcity.core import policy
from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer, Body
from hostcity.core.jobs.api import JobShown
from hostcity.core.jobs.api import shown as shown_job
from hostcity.core.models import Act, Job
from hostcity.core.plan_rows.api import Written
from hostcity.plan.dxf import KINDS, UNITS
from hostcity.venue.drawings import services
from hostcity.venue.drawings.export import archive_of_plan, level_of_plan

operations = Operations("drawings")
UPLOAD = {"kind": "multipart/form-data", "most_bytes": services.MOST_BYTES + 64 * 1024}
Number = Annotated[float, Field(ge=-1e7, le=1e7)]
LevelCode = Annotated[str, Path(description="Code of the level.", max_length=200)]


class LayersNamed(Body):
    """What the layers of a DXF drawing are, and where it lies in the plan."""

    level: str = Field(max_length=200, description="Level of the plan that is drawn.")
    layers: dict[str, Literal[KINDS]] = Field(max_length=2000, description="Layer -> what is drawn on it.")  # type: ignore[valid-type]
    unit: Literal[("", *UNITS)] = Field("", description='"" = as the file says.')  # type: ignore[valid-type]
    area: str = Field("", max_length=200, description='Area in which everything stands; "" = the one it is drawn in.')
    move_m: tuple[Number, Number] = Field(
        (0.0, 0.0), description="From the drawing's origin to the plan's: east, north. [m]"
    )
    turn_deg: float = Field(0.0, ge=-360, le=360, description="Counterclockwise around the drawing's origin.")
    join_m: float = Field(0.05, ge=0, le=0.5, description="Gaps up to this wide are closed. [m]")


class Approval(Body):
    """The proof that was looked at."""

    proof: str = Field(max_length=64, description="`now_sha256` of the proof.")


class Return(Body):
    """Why a drawing is not taken."""

    note: str = Field(max_length=services.MOST_NOTE, description="What is to be mended.")


class Returned(Answer):
    """That it was sent back."""

    number: int = Field(description="Number of the ledger.")


def _job(request: HttpRequest, job: UUID) -> Job:
    rows = Job.objects.filter(edition=request.edition, kind__in=services.KINDS).select_related("by")  # type: ignore[attr-defined]
    return get_object_or_404(rows, public_id=job)


def _written(acts: list[Act]) -> dict[str, Any]:
    return {"acts": len(acts), "number": acts[-1].number if acts else None}


@operations.post("/venue/drawings", policy.IMPORT_PLAN, JobShown, status=202, **UPLOAD)
def add_drawing(request: Any, file: File[UploadedFile]) -> Any:
    """Bring a drawing in.

    A DXF drawing or an IMDF archive, read by the worker: follow the job. Its answer has the layers of a DXF drawing (`step`
    is `layers`: say what they are with `map_drawing`), or the proof of an archive (`proof`). Nothing of the plan changes.
    """
    data = file.read(services.MOST_BYTES + 1)
    return shown_job(
        services.start_reading(edition=request.edition, name=file.name or "", data=data, by=request.person)
    )


@operations.post("/venue/network", policy.IMPORT_PLAN, JobShown, status=202)
def derive_venue_network(request: Any) -> Any:
    """Have the walkable network derived from the plan's drawing.

    Nodes, and links with lengths, widths and narrowest places: follow the job. Its answer is a proof as of a drawing, with the
    measures of every link that would change; it is approved, sent back and proved again as a drawing. Nothing of the plan changes.
    """
    return shown_job(services.derive_network(edition=request.edition, by=request.person))


@operations.get("/venue/drawings/{job}", policy.IMPORT_PLAN, JobShown)
def show_drawing(request: Any, job: UUID) -> Any:
    """Show a drawing.

    Its layers or its proof are the job's answer: rows that are new, moved, changed and gone, doubts and refusals, each with its
    place.
    """
    return shown_job(_job(request, job))


@operations.post("/venue/drawings/{job}/layers", policy.IMPORT_PLAN, JobShown, status=202)
def map_drawing(request: Any, job: UUID, body: LayersNamed) -> Any:
    """Say what the layers of a drawing are.

    Another job proves it then: its answer is the proof.
    """
    return shown_job(
        services.map_layers(
            edition=request.edition, job=_job(request, job), layer_map=body.model_dump(), by=request.person
        )
    )


@operations.post("/venue/drawings/{job}/approve", policy.IMPORT_PLAN, Written, status=200)
def approve_drawing(request: Any, job: UUID, body: Approval) -> Any:
    """Approve the proof of a drawing.

    In one transaction; it can be undone like an import. 409 when what it touches has been changed since: have it proved again.
    """
    return _written(
        services.approve(edition=request.edition, job=_job(request, job), proof=body.proof, by=request.person)
    )


@operations.post("/venue/drawings/{job}/return", policy.IMPORT_PLAN, Returned, status=200)
def return_drawing(request: Any, job: UUID, body: Return) -> Any:
    """Send a drawing back.

    With a note of what is to be mended. The plan stays as it is.
    """
    act = services.send_back(edition=request.edition, job=_job(request, job), note=body.note, by=request.person)
    return {"number": act.number}


@operations.post("/venue/drawings/{job}/retry", policy.IMPORT_PLAN, JobShown, status=202)
def retry_drawing(request: Any, job: UUID) -> Any:
    """Have a drawing proved again.

    Against the plan as it is now.
    """
    return shown_job(services.try_again(edition=request.edition, job=_job(request, job), by=request.person))


@operations.get("/venue/imdf", policy.SEE_PLAN, None, gives="application/zip")
def export_imdf(request: Any) -> HttpResponse:
    """Give the drawing of the plan as an IMDF archive.

    The same plan gives the same bytes.
    """
    answer = HttpResponse(archive_of_plan(request.edition), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{request.edition.code}.imdf.zip"'
    return answer


@operations.get("/venue/levels/{level}/dxf", policy.SEE_PLAN, None, gives="image/vnd.dxf")
def export_dxf(request: Any, level: LevelCode) -> HttpResponse:
    """Give a level of the plan as a DXF drawing.

    In meters; a layer for each kind, codes as texts.
    """
    data = level_of_plan(request.edition, level)
    if data is None:
        raise Http404(level)
    answer = HttpResponse(data, content_type="image/vnd.dxf")
    answer["Content-Disposition"] = f'attachment; filename="{request.edition.code}.dxf"'
    return answer
