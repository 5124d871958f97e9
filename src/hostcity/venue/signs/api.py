"""Signs by the API: faces and what was done to them, the audit, plans of signs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Path, Query
from ninja.files import UploadedFile
from pydantic import Field

from hostcity.core import policy as matrix
from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer, Body, Listed, Name, Paging, Version
from hostcity.core.files.checks import MOST_BYTES
from hostcity.core.jobs.api import JobShown
from hostcity.core.jobs.api import shown as shown_job
from hostcity.core.models import Act, Result
from hostcity.core.plan_rows.api import Written
from hostcity.core.plan_rows.queries import plan_of
from hostcity.plan.rows import FACE_STATES, FAULTS
from hostcity.venue import policy
from hostcity.venue.signs.drawing import audited_sha256
from hostcity.venue.signs.planned import last_audit, plan_by, planned_of
from hostcity.venue.signs.queries import Asked, Sign, chosen, page_after, signs_of
from hostcity.venue.signs.services import planning, states
from hostcity.venue.signs.services.auditing import AUDIT_JOB, audit_signs
from hostcity.venue.signs.states import REAL_FAULTS
from hostcity.venue.signs.telling import findings_of

operations = Operations("signs")
UPLOAD = {"kind": "multipart/form-data", "most_bytes": MOST_BYTES + 64 * 1024}
Key = Annotated[str, Path(description="Key of the face, as in the plan's sheet.", max_length=200)]
Some = Annotated[str, Field(max_length=200)]
Note = Annotated[str, Field(max_length=states.MOST_REASON)]


def _limit(name: str, description: str) -> Any:
    limit = planning.LIMITS[name]
    return Field(limit.usual, ge=limit.low, le=limit.high, description=description)


class FaceLineShown(Answer):
    """A line of a face."""

    name_en: str
    name_zh: str
    arrow: str = Field(description="Seen by who reads it.")
    pictogram: str
    to: str = Field(description="Where it leads, as SHEET.KEY; empty = nowhere.")


class SignShown(Answer):
    """A sign face."""

    key: str
    code: str
    level: str
    area: str
    x_m: float
    y_m: float
    bearing_deg: float = Field(description="To which side it looks, clockwise from the drawing's y axis.")
    height_m: float
    letter_mm: float
    read_from_m: float = Field(description="At most; at ease from two thirds of it.")
    mounting: str
    state: str
    fault: str
    lines: list[FaceLineShown]


class SignsPage(Listed):
    """A page of faces."""

    rows: list[SignShown]


class SignsAsked(Paging):
    """Which faces."""

    state: Literal[("", *FACE_STATES)] = ""  # type: ignore[valid-type]
    fault: Literal[("", "any", *FAULTS)] = Field("", description='"any" = with a fault, whichever.')  # type: ignore[valid-type]
    level: Some = ""
    area: Some = ""
    q: str = Field("", max_length=100, description="Every word stands in the code, a name or the area.")


class StateGiven(Body):
    """Faces, and how far they are now."""

    keys: list[Name] = Field(min_length=1, max_length=states.MOST_FACES)
    to: Literal["proposed", "approved", "made", "installed"] = Field(description="`checked` takes a photo: check_sign.")
    reason: Note = Field("", description="Needed to go back.")


class FaultGiven(Body):
    """What is wrong with a face."""

    fault: Literal[REAL_FAULTS]  # type: ignore[valid-type]
    note: Note = ""
    version: Version = None


class MendGiven(Body):
    """That a fault is mended."""

    note: Note = ""
    version: Version = None


class SignPlanAsked(Body):
    """A plan of signs to be made."""

    result: int | None = Field(
        None, ge=1, le=2**62, description="Number of the day's result whose trips are taken; null = the day is played."
    )
    faces: int = _limit("faces", "New faces at most.")
    names: int = _limit("names", "Names on a face at most.")
    letter_mm: float = _limit("letter_mm", "Height of letters. [mm]")
    recovers: bool = Field(True, description="Who turns wrong walks on from there, or is lost.")
    afresh: bool = Field(False, description="Nothing that hangs already stays.")
    bound_s: float = _limit("bound_s", "Processor time for the bound. [s]")
    seed: int = _limit("seed", "Of the search, and of the day that is played.")


class SignFindingShown(Answer):
    """Something that is wrong with a face."""

    code: str
    face: str = Field(description="Key of the face; empty = more of the kind, only counted.")
    level: str
    at: tuple[float, float] | None = Field(description="In the drawing. [m]")
    said: str = Field(description="What is wrong, and how to mend it.")
    more: int = Field(description="How many of its kind it stands for; 0 = it is one itself.")


class AuditShown(Answer):
    """What the last audit found."""

    number: int = Field(description="Number of the ledger at which the plan was so.")
    is_stale: bool = Field(description="Whether faces or the drawing have changed since.")
    faces: int
    findings: list[SignFindingShown]


class SignPlanShown(Answer):
    """A plan of signs, as the command's `--json`."""

    id: int = Field(description="Number of the result.")
    inputs: dict[str, Any] = Field(description="What was asked, the day's hash, the hash of what it was made of.")
    found: dict[str, Any] = Field(
        description="Figures beside other plans and the bound, every face, where people turn wrong."
    )


def _shown(sign: Sign) -> dict[str, Any]:
    face = sign.face
    same = ("code", "area", "x_m", "y_m", "bearing_deg", "height_m", "letter_mm", "mounting", "state", "fault")
    lines = [
        {
            "name_en": line.name_en,
            "name_zh": line.name_zh,
            "arrow": line.arrow,
            "pictogram": line.pictogram,
            "to": line.destination,
        }
        for line in sign.lines
    ]
    told = {"key": sign.key, "level": sign.level, "read_from_m": sign.read_from_m, "lines": lines}
    return told | {name: getattr(face, name) for name in same}


def _there(request: HttpRequest, key: str) -> Sign:
    sign = signs_of(request.edition).by_key.get(key)  # type: ignore[attr-defined]
    if sign is None:
        raise Http404(key)
    return sign


def _written(acts: list[Act]) -> dict[str, Any]:
    return {"acts": len(acts), "number": acts[-1].number if acts else None}


def _plan(request: HttpRequest, result: int) -> Result:
    found = plan_by(request.edition, str(result))  # type: ignore[attr-defined]
    if found is None:
        raise Http404("signs")
    return found


@operations.get("/venue/signs", policy.SEE_MAP, SignsPage)
def list_signs(request: Any, asked: Query[SignsAsked]) -> Any:
    """List sign faces.

    In the order of the plan, with what is written on them, how far they are and what is wrong with them.
    """
    of = Asked(state=asked.state, fault=asked.fault, level=asked.level, area=asked.area, words=asked.q)
    page = page_after(chosen(signs_of(request.edition), of), asked.after, asked.size)
    return {"rows": [_shown(each) for each in page.rows], "next": page.next}


@operations.post("/venue/signs/states", policy.HANG_SIGNS, Written, status=200)
def move_signs(request: Any, body: StateGiven) -> Any:
    """Set sign faces approved, made or installed, or back.

    One step forward at a time; back with a reason. All of them or none.
    """
    return _written(
        states.move_faces(edition=request.edition, keys=body.keys, to=body.to, reason=body.reason, by=request.person)
    )


@operations.get("/venue/signs/{key}", policy.SEE_MAP, SignShown)
def show_sign(request: Any, key: Key) -> Any:
    """Show a sign face."""
    return _shown(_there(request, key))


@operations.post("/venue/signs/{key}/check", policy.HANG_SIGNS, Written, status=200, **UPLOAD)
def check_sign(request: Any, key: Key, file: File[UploadedFile]) -> Any:
    """Say that an installed sign face hangs as planned, with a photo.

    JPEG, PNG or WebP, at most 10 MB; it is kept at the face, among the edition's files.
    """
    _there(request, key)
    data = file.read(MOST_BYTES + 1)
    return _written(
        states.check_face(edition=request.edition, key=key, name=file.name or "", data=data, by=request.person)
    )


@operations.post("/venue/signs/{key}/fault", policy.REPORT_SIGNS, Written, status=200)
def report_sign(request: Any, key: Key, body: FaultGiven) -> Any:
    """Report what is wrong with a sign face.

    Of one that is made; it counts as guiding nobody until it is mended.
    """
    _there(request, key)
    return _written(
        states.report_fault(
            edition=request.edition, key=key, fault=body.fault, note=body.note, version=body.version, by=request.person
        )
    )


@operations.post("/venue/signs/{key}/mend", policy.HANG_SIGNS, Written, status=200)
def mend_sign(request: Any, key: Key, body: MendGiven) -> Any:
    """Say that the fault of a sign face is mended.

    One that was checked is installed then, and is to be checked again.
    """
    _there(request, key)
    return _written(
        states.mend_face(edition=request.edition, key=key, note=body.note, version=body.version, by=request.person)
    )


@operations.get("/venue/sign-audit", policy.SEE_MAP, AuditShown)
def show_sign_audit(request: Any) -> Any:
    """Show what the last audit of sign faces found.

    404 before the first one.
    """
    audit = last_audit(request.edition, AUDIT_JOB)
    if audit is None or not audit.answer:
        raise Http404("audit")
    is_stale = audited_sha256(plan_of(request.edition)) != audit.answer["made_of"]
    return {
        "number": audit.answer["number"],
        "is_stale": is_stale,
        "faces": audit.answer["faces"],
        "findings": findings_of(audit),
    }


@operations.post("/venue/sign-audit", policy.PLAN_SIGNS, JobShown, status=202)
def audit_venue_signs(request: Any) -> Any:
    """Have the sign faces of the plan audited: follow the job."""
    return shown_job(audit_signs(edition=request.edition, by=request.person))


@operations.post("/venue/sign-plans", policy.PLAN_SIGNS, JobShown, status=202)
def plan_venue_signs(request: Any, body: SignPlanAsked) -> Any:
    """Have sign faces planned for the trips of a day.

    With a bound that no plan of so many faces passes: follow the job, whose answer has the number of the result.
    """
    day = (
        get_object_or_404(Result.objects.filter(edition=request.edition, kind="day"), pk=body.result)
        if body.result
        else None
    )
    job = planning.plan_signs(
        edition=request.edition, day=day, by=request.person, **body.model_dump(exclude={"result"})
    )
    return shown_job(job)


@operations.get("/venue/sign-plans/{result}", policy.SEE_MAP, SignPlanShown)
def show_sign_plan(request: Any, result: Annotated[int, Path(ge=1, le=2**62)]) -> Any:
    """Show a plan of signs."""
    found = _plan(request, result)
    return {"id": found.pk, "inputs": found.inputs, "found": planned_of(found)}


@operations.post("/venue/sign-plans/{result}/take", matrix.IMPORT_PLAN, Written, status=200)
def take_sign_plan(request: Any, result: Annotated[int, Path(ge=1, le=2**62)]) -> Any:
    """Put the new faces of a plan of signs into the plan, as proposed ones.

    Instead of those that were proposed before; it can be undone like an import.
    """
    return _written(planning.take_over(edition=request.edition, result=_plan(request, result), by=request.person))
