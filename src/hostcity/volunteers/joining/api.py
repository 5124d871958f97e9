"""Joining by the API: the call for volunteers, applications and their steps, trainings."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import Http404
from ninja import Path, Query

from hostcity.core import policy as matrix
from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import VersionAsked, page_of
from hostcity.core.api.versions import version_of
from hostcity.volunteers import policy
from hostcity.volunteers.joining import services
from hostcity.volunteers.joining.lists import KINDS, force_of
from hostcity.volunteers.joining.queries import (
    ORDER,
    application_in,
    applications_of,
    counts_by_state,
    opening_of,
    trainings_of,
    twins_of,
)
from hostcity.volunteers.joining.schemas import (
    Applications,
    ApplicationsAsked,
    ApplicationWhole,
    ChosenAll,
    Counts,
    FreshCode,
    ListShown,
    OpeningGiven,
    OpeningShown,
    Stepped,
    StepsGiven,
    TrainingGiven,
    TrainingPut,
    Trainings,
    TrainingShown,
)
from hostcity.volunteers.joining.services.stepping import Details
from hostcity.volunteers.models import Application, Opening

operations = Operations("joining")
Code = Annotated[str, Path(max_length=40)]
SAME = (
    "code", "state", "campus", "university", "languages", "seats", "uniform", "is_minor", "consented_at", "interview_at", "interview_place",
    "zones", "version", "created_at",
)  # fmt: skip


def _opening_shown(opening: Opening | None) -> dict[str, Any]:
    if opening is None:
        return {
            "is_open": False,
            "closes_on": None,
            "consent_number": 0,
            "consent_en": "",
            "consent_zh": "",
            "version": 0,
        }
    consent = opening.consent
    return {
        "is_open": opening.is_open, "closes_on": opening.closes_on, "consent_number": consent.number, "consent_en": consent.text_en,
        "consent_zh": consent.text_zh, "version": opening.version,
    }  # fmt: skip


def _shown(row: Application) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SAME} | {
        "name": row.shown_name, "consent": row.consent.number, "training": row.training.code if row.training else "",
        "volunteer": row.person.code if row.person else "", "has_twin": getattr(row, "has_twin", False),
    }  # fmt: skip


def _found(request: Any, code: str) -> Application:
    found = application_in(request.edition, code)
    if found is None:
        raise Http404(code)
    return found


@operations.get("/volunteers/joining/opening", policy.SEE_APPLICATIONS, OpeningShown)
def show_joining(request: Any) -> Any:
    """Show whether people may apply.

    Until when, and to what they agree.
    """
    return _opening_shown(opening_of(request.edition))


@operations.put("/volunteers/joining/opening", policy.OPEN_JOINING, OpeningShown)
def change_joining(request: Any, body: OpeningGiven) -> Any:
    """Open or close sign-up.

    Another text of consent gets the next number.
    """
    return _opening_shown(services.change_opening(edition=request.edition, by=request.person, **body.model_dump()))


@operations.get("/volunteers/joining/applications", policy.SEE_APPLICATIONS, Applications)
def list_applications(request: Any, asked: Query[ApplicationsAsked]) -> Any:
    """List applications.

    The first that applied first.
    """
    of = asked.model_dump(exclude={"after", "size"})
    return page_of(applications_of(request.edition, **of), asked, order=ORDER, shown=_shown)


@operations.get("/volunteers/joining/counts", policy.SEE_APPLICATIONS, Counts)
def count_applications(request: Any) -> Any:
    """Count applications by state."""
    return {state.value: count for state, count in counts_by_state(request.edition).items()}


@operations.get("/volunteers/joining/applications/{code}", policy.SEE_APPLICATIONS, ApplicationWhole)
def show_application(request: Any, code: Code) -> Any:
    """Show an application."""
    row = _found(request, code)
    sees = matrix.may(request.person, matrix.SEE_VOLUNTEER_CONTACTS, request.edition)
    return _shown(row) | {"phone": row.shown_phone if sees else None, "twins": [each.code for each in twins_of(row)]}


@operations.post(
    "/volunteers/joining/applications/{code}/code", policy.STEP_APPLICATION, FreshCode, status=200, is_secret=True
)
def renew_application_code(request: Any, code: Code) -> Any:
    """Make another code for an applicant.

    The one before ends. It is not shown again.
    """
    row = _found(request, code)
    return {"code": services.renew_code(edition=request.edition, application=row, by=request.person)}


@operations.post("/volunteers/joining/steps", policy.STEP_APPLICATION, Stepped, status=200)
def step_applications(request: Any, body: StepsGiven) -> Any:
    """Take a step with applications.

    All or none. Who is accredited gets an account with the role of a volunteer and a row in the force of the plan, at once.
    """
    details = Details(**body.model_dump(include={"at", "place", "training", "zones", "without_phone"}))
    chosen = [(each.code, each.version) for each in body.applications]
    acts = services.step_applications(
        edition=request.edition, chosen=chosen, step=body.step, details=details, by=request.person
    )
    return {"numbers": [act.number for act in acts]}


@operations.post("/volunteers/joining/steps/undo", policy.STEP_APPLICATION, Stepped, status=200)
def undo_application_steps(request: Any, body: ChosenAll) -> Any:
    """Take the last steps of applications back.

    All or none. Accounts that were opened are erased; refused where one is in use.
    """
    chosen = [(each.code, each.version) for each in body.applications]
    return {
        "numbers": [
            act.number for act in services.undo_steps(edition=request.edition, chosen=chosen, by=request.person)
        ]
    }


@operations.post("/volunteers/joining/erase", policy.STEP_APPLICATION, Stepped, status=200)
def erase_applications(request: Any, body: ChosenAll) -> Any:
    """Erase what refused applicants said.

    All or none; that they were refused stays. It cannot be undone.
    """
    chosen = [(each.code, each.version) for each in body.applications]
    acts = services.erase_applications(edition=request.edition, chosen=chosen, by=request.person)
    return {"numbers": [act.number for act in acts]}


def _trainings(request: Any) -> list[dict[str, Any]]:
    names = ("code", "name_en", "name_zh", "post_classes", "starts_at", "place", "capacity", "version")
    return [
        {name: getattr(each.training, name) for name in names} | {"left": each.left}
        for each in trainings_of(request.edition)
    ]


def _training(request: Any, code: str) -> dict[str, Any]:
    found = next((each for each in _trainings(request) if each["code"] == code), None)
    if found is None:
        raise Http404(code)
    return found


@operations.get("/volunteers/joining/trainings", policy.SEE_APPLICATIONS, Trainings)
def list_trainings(request: Any) -> Any:
    """List trainings.

    By time, with places left.
    """
    return {"rows": _trainings(request)}


@operations.post("/volunteers/joining/trainings", policy.STEP_APPLICATION, TrainingShown)
def add_training(request: Any, body: TrainingGiven) -> Any:
    """Add a training."""
    services.add_training(edition=request.edition, by=request.person, **body.model_dump())
    return _training(request, body.code)


@operations.put("/volunteers/joining/trainings/{code}", policy.STEP_APPLICATION, TrainingShown, is_versioned=True)
def change_training(request: Any, code: Code, body: TrainingPut) -> Any:
    """Change a training."""
    _training(request, code)
    given = body.model_dump(exclude={"version"})
    version = version_of(request, body.version)
    services.change_training(edition=request.edition, code=code, version=version, by=request.person, **given)
    return _training(request, code)


@operations.delete("/volunteers/joining/trainings/{code}", policy.STEP_APPLICATION, is_versioned=True)
def remove_training(request: Any, code: Code, version: VersionAsked = None) -> None:
    """Remove a training.

    Refused where applications name it.
    """
    _training(request, code)
    services.remove_training(
        edition=request.edition, code=code, version=version_of(request, version), by=request.person
    )


@operations.get("/volunteers/joining/lists/{name}", policy.SEE_APPLICATIONS, ListShown)
def show_volunteer_list(request: Any, name: Literal["uniforms", "buses", "zones", "people"]) -> Any:
    """Show a list of the force.

    Uniforms by campus and size, buses of campuses by the roster as it holds, who may enter which zone, everybody.
    """
    kind = KINDS[name]
    return {
        "columns": [str(each) for each in kind.headings],
        "rows": [list(row) for row in kind.rows(force_of(request.edition))],
    }
