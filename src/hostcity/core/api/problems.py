"""Every error as problem details (RFC 9457), with the codes of the command line and in the reader's language."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel, Field

from hostcity.core.api.validation import told_problems
from hostcity.core.busy import is_busy
from hostcity.core.errors import ListRefused, Located, NotAllowed, Refused, Several, Stale
from hostcity.core.sayings import is_chinese, whole
from hostcity.plan import PlanError
from hostcity.plan import Problem as PlanProblem

KIND = "application/problem+json"
LOG = logging.getLogger("hostcity.api")
ROOT = "/api/v1"


def plain(status: int) -> tuple[str, str, str]:
    """Code, what, mend of a status of which nothing more is known."""
    texts = {
        400: ("request.malformed", _("The request cannot be understood."), _("Correct it as the reference says.")),
        401: ("auth.required", _("It is not known who asks."), _("Send a token or sign in.")),
        403: ("policy.denied", _("Your roles, or this token, do not allow it."), _("Ask an administrator.")),
        404: ("request.not-found", _("There is nothing here."), _("Check the address; see the list it is part of.")),
        405: ("request.method", _("This address does not answer to this method."), _("See the header Allow.")),
        413: ("body.size", _("The request's body is too large."), _("Send less at a time.")),
        500: ("site.fault", _("The program made an error. It has been logged."), _("Try again later.")),
        503: ("site.busy", _("The database is busy."), _("Try again in a second.")),
    }
    return texts.get(status, ("request.refused", _("The request was refused."), _("Correct it as the reference says.")))


class Place(BaseModel):
    """One thing that is wrong: where it stands (in the plan or in the request), what, and how to mend it."""

    code: str = Field(description="Stable, for programs; the same as the command line prints.")
    sheet: str = Field("", description="Sheet of the workbook; empty when it is not about the plan.")
    row: int = Field(0, description="Row number as the spreadsheet program shows it; 0 = not one row.")
    column: str = Field("", description="Field of the sheet.")
    field: str = Field("", description="Field of the request, e.g. body.name.")
    file: str = Field("", description="File of an archive of a floor plan.")
    layer: str = Field("", description="Layer of a drawing.")
    feature: str = Field("", description="Feature of that file, or handle of an object of the drawing.")
    level: str = Field("", description="Level of the drawing on which it can be shown.")
    x_m: float | None = Field(None, description="Where on it: meters east of the plan's origin.")
    y_m: float | None = Field(None, description="And north of it.")
    what: str
    mend: str


class Difference(BaseModel):
    """A field that somebody else changed in between."""

    field: str
    stored: Any = Field(description="What it is now.")
    given: Any = Field(description="What this request would have made of it.")


class Problem(BaseModel):
    """Problem details as in RFC 9457, with hostcity's own members."""

    type: str = Field(description="A reference that explains this status.")
    title: str
    status: int
    detail: str = Field(description="What is wrong and how to mend it, in the language of Accept-Language.")
    code: str = Field(description="Stable, for programs.")
    mend: str = Field("", description="How to mend it, alone.")
    field: str = Field("", description="The field of the request that it is about.")
    problems: list[Place] = Field([], description="Everything that is wrong, all at once.")
    diff: list[Difference] = Field([], description="With 409: what differs.")
    version: int | None = Field(None, description="With 409: the version that is stored now.")


def respond(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The answer to an error."""
    if isinstance(error, HttpError) and error.__context__ is not None:
        error = error.__context__  # ninja says 400 of whatever its parser raised
    status, said = _said(error)
    if status >= 500:
        LOG.error("%s failed: %s", request.method, type(error).__name__, exc_info=error)
    answer = response(status, **said)
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="hostcity"'
    wait_s = getattr(error, "wait_s", 1 if status == 503 else None)
    if wait_s is not None:
        answer["Retry-After"] = str(wait_s)
    return answer


def response(status: int, *, code: str = "", what: Any = "", mend: Any = "", **more: Any) -> HttpResponse:
    """A problem as an answer; what is not said is said by its status."""
    if not code:
        code, what, mend = plain(status)
    what, mend = force_str(what), force_str(mend)
    problem = Problem(
        type=f"{ROOT}/docs#status-{status}",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=whole(what, mend),
        code=code,
        mend=mend,
        **more,
    )
    said = problem.model_dump(mode="json", exclude_defaults=True)
    answer = HttpResponse(json.dumps(said, ensure_ascii=False, default=str), status=status, content_type=KIND)
    answer["Cache-Control"] = "no-store"
    return answer


def _said(error: BaseException) -> tuple[int, dict[str, Any]]:
    """Status and members of an error."""
    match error:
        case Stale():
            diff = [Difference(field=str(name), stored=stored, given=given) for name, stored, given in error.diff]
            return error.status, _of_refused(error) | {"diff": diff, "version": error.version}
        case Refused():
            return error.status, _of_refused(error)
        case NotAllowed():
            code, _what, mend = plain(403)
            what = _("Your roles, or this token, do not allow {action}.").format(action=error.action)
            return 403, {"code": code, "what": what, "mend": mend}
        case PlanError():
            return 422, _of_plan(error)
        case ValidationError():
            places = [Place(**each) for each in told_problems(error.errors)]
            what, mend = _("The request is not as it has to be."), _("Mend what is listed.")
            return 422, {"code": "request.invalid", "what": what, "mend": mend, "problems": places}
        case PermissionDenied():
            return 403, {}
        case Http404() | ObjectDoesNotExist():
            return 404, {}
        case RequestDataTooBig():
            return 413, {}
        case SuspiciousOperation():
            return 400, {}
        case HttpError():
            return error.status_code, {}
        case _ if is_busy(error):
            return 503, {}
    return 500, {}


def _of_refused(error: Refused) -> dict[str, Any]:
    said = {"code": error.code, "what": error.what, "mend": error.mend, "field": error.field}
    if isinstance(error, ListRefused):
        said["problems"] = [of_located(each) for each in error.problems]
    if isinstance(error, Several):
        said["problems"] = [
            Place(code=each.code, field=each.field, what=str(each.what), mend=str(each.mend)) for each in error.refusals
        ]
    return said


def of_located(problem: Located) -> Place:
    """A problem of a list, in the language of the reader."""
    return Place(
        code=problem.code, row=problem.row, column=problem.column, what=str(problem.what), mend=str(problem.mend)
    )


def _of_plan(error: PlanError) -> dict[str, Any]:
    heading = whole(_in_language(error.heading))
    places = [of_plan_problem(each) for each in error.problems]
    return {"code": "plan.problems", "what": heading, "mend": _("Mend what is listed."), "problems": places}


def of_plan_problem(problem: PlanProblem) -> Place:
    """A problem of a plan, in the language of the reader."""
    return Place(
        code=problem.code, sheet=problem.sheet, row=problem.row, column=problem.column,
        what=_in_language(problem.what), mend=_in_language(problem.mend), level=problem.level,
        file=problem.file, layer=problem.layer, feature=problem.feature,
        x_m=problem.at[0] if problem.at else None, y_m=problem.at[1] if problem.at else None,
    )  # fmt: skip


def _in_language(sentence: Any) -> str:
    from hostcity.report.words import in_chinese

    return str(in_chinese(sentence)) if is_chinese() else str(sentence)
