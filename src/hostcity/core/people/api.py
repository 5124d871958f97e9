"""People, roles, bureaus, organizations and one-time codes by the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Path, Query
from ninja.files import UploadedFile

from hostcity.core import policy
from hostcity.core.accounts import codes
from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Paging, page_of
from hostcity.core.api.versions import say_version, version_of
from hostcity.core.errors import Refused
from hostcity.core.jobs.api import JobShown
from hostcity.core.jobs.api import shown as shown_job
from hostcity.core.models import Assignment, Bureau, Job, Organization, Person
from hostcity.core.models.people import Role
from hostcity.core.people import imports, lists, parties, queries, services
from hostcity.core.people import schemas as s

operations = Operations("people")
of_parties = Operations("bureaus and organizations")
PersonCode = Annotated[str, Path(description="Code of the person.", max_length=12)]
RoleId = Annotated[int, Path(ge=1, le=2**62)]
UPLOAD = {"kind": "multipart/form-data", "most_bytes": lists.MOST_BYTES + 64 * 1024}


def _person(request: Any, code: str) -> Person:
    person = queries.people_of(request.person, request.edition).filter(code=code).first()
    if person is None:
        raise Http404(code)
    return person


def _shown(request: Any, person: Person) -> dict[str, Any]:
    return s.shown(person, sees_contact=queries.Sight(request.person, request.edition).of(person))


def _meant(request: Any, given: dict[str, Any]) -> dict[str, Any]:
    """Bureau and organization by their codes. Raises ``Refused`` for one that is not of the edition."""
    for name, rows in (("bureau", queries.bureaus_of), ("organization", queries.organizations_of)):
        code = given.pop(name)
        given[name] = rows(request.edition).filter(code=code).first() if code else None
        if code and given[name] is None:
            raise Refused(f"role.{name}", s.NOT_HERE, s.CHOOSE_ANOTHER, field=name)
    return given | {"role": Role(given["role"])}


@operations.get("/people", policy.SEE_PEOPLE, s.PeoplePage)
def list_people(request: Any, asked: Query[s.PeopleAsked]) -> Any:
    """List people.

    By name; of a role, bureau or organization, or by words of their names. Mail and phone only where you may see them.
    """
    filters = asked.model_dump(exclude={"after", "size"})
    rows = queries.people_of(request.person, request.edition, **filters)
    return page_of(rows, asked, order=("name", "pk"), shown=lambda each: _shown(request, each))


@operations.post("/people", policy.ADD_VOLUNTEERS, s.PersonShown)
def add_person(request: Any, body: s.PersonWanted, response: HttpResponse) -> Any:
    """Add a person with a first role.

    The account has no password until its owner sets one after signing in by a one-time code.
    """
    added = services.add_person(edition=request.edition, by=request.person, **_meant(request, body.model_dump()))
    say_version(response, added.version)
    return s.shown(added, sees_contact=True)


@operations.post("/people/imports", policy.ADD_VOLUNTEERS, JobShown, status=202, **UPLOAD)
def try_people(request: Any, file: File[UploadedFile]) -> Any:
    """Try a list of people: a workbook or a CSV file.

    A dry run by the worker: follow the job. Its answer says what would be added and changed, or its error every problem
    at its row and column. Nobody is changed before `apply_people`.
    """
    data = file.read(lists.MOST_BYTES + 1)
    return shown_job(imports.start_import(edition=request.edition, name=file.name or "", data=data, by=request.person))


def _import(request: Any, job: UUID) -> Job:
    rows = Job.objects.filter(edition=request.edition, kind=imports.JOB).select_related("by")
    return get_object_or_404(rows, public_id=job)


@operations.post("/people/imports/{job}/apply", policy.ADD_VOLUNTEERS, JobShown, status=202)
def apply_people(request: Any, job: UUID) -> Any:
    """Import a list of people that was tried.

    By the worker, in one transaction: follow the job. It fails, and nothing is changed, when people have been changed
    since the trial.
    """
    return shown_job(imports.apply_import(edition=request.edition, job=_import(request, job), by=request.person))


@operations.post("/people/imports/{job}/retry", policy.ADD_VOLUNTEERS, JobShown, status=202)
def retry_people(request: Any, job: UUID) -> Any:
    """Try a list of people again.

    Against the people as they are now. A file is kept for a day, and not after it was imported.
    """
    return shown_job(imports.try_again(edition=request.edition, job=_import(request, job), by=request.person))


@operations.post("/people/codes", policy.MAKE_CODES, s.CodesMade, is_secret=True)
def make_sign_in_codes(request: Any, body: s.CodesWanted) -> Any:
    """Make one-time codes for signing in.

    In this answer only; earlier unused ones of these people no longer work.
    """
    found = queries.people_of(request.person, request.edition).filter(code__in=body.people, is_active=True)
    people = list(found.order_by("name", "pk"))
    if len(people) != len(set(body.people)):
        raise Refused("code.people", s.NOT_HERE, s.CHOOSE_ANOTHER, field="people")
    lasts = timedelta(hours=body.hours)
    fresh = codes.make_codes(edition=request.edition, people=people, lasts=lasts, by=request.person)
    return {"rows": [{"person": each.person.code, "code": each.code, "expires_at": each.expires_at} for each in fresh]}


@operations.get("/people/{person}", policy.SEE_PEOPLE, s.PersonShown)
def show_person(request: Any, person: PersonCode, response: HttpResponse) -> Any:
    """Show a person.

    With their roles in this edition. Its ETag names its version, for If-Match.
    """
    found = _person(request, person)
    say_version(response, found.version)
    return _shown(request, found)


@operations.patch("/people/{person}", policy.ADD_VOLUNTEERS, s.PersonShown)
def change_person(request: Any, person: PersonCode, body: s.PersonChange, response: HttpResponse) -> Any:
    """Change a person's name, mail, phone or language.

    For whoever may change people in every edition of which the person is a part.
    """
    changed = services.change_person(
        edition=request.edition, person=_person(request, person), changes=body.given(),
        version=version_of(request, body.version), by=request.person,
    )  # fmt: skip
    say_version(response, changed.version)
    return _shown(request, _person(request, person))


@operations.post("/people/{person}/deactivate", policy.ADD_VOLUNTEERS, s.PersonShown, status=200)
def deactivate_person(request: Any, person: PersonCode) -> Any:
    """Shut an account.

    Nobody signs in with it any more, its sessions end and its tokens open nothing.
    """
    services.deactivate_person(edition=request.edition, person=_person(request, person), by=request.person)
    return _shown(request, _person(request, person))


@operations.post("/people/{person}/reactivate", policy.ADD_VOLUNTEERS, s.PersonShown, status=200)
def reactivate_person(request: Any, person: PersonCode) -> Any:
    """Open a deactivated account again.

    Its owner signs in as before.
    """
    services.reactivate_person(edition=request.edition, person=_person(request, person), by=request.person)
    return _shown(request, _person(request, person))


@operations.post("/people/{person}/erase", policy.CHANGE_PEOPLE, s.Erased, status=200)
def erase_person(request: Any, person: PersonCode) -> Any:
    """Erase what identifies a person.

    Name, mail, phone and ways to sign in, for good. The ledger keeps the code and stays whole.
    """
    services.erase_person(edition=request.edition, person=_person(request, person), by=request.person)
    return {"code": person}


@operations.post("/people/{person}/roles", policy.ADD_VOLUNTEERS, s.RoleShown)
def give_role(request: Any, person: PersonCode, body: s.RoleWanted) -> Any:
    """Give somebody one more role.

    In this edition.
    """
    given = _meant(request, body.model_dump())
    found = _person(request, person)
    return s.shown_role(services.give_role(edition=request.edition, person=found, by=request.person, **given))


@operations.delete("/people/{person}/roles/{role}", policy.ADD_VOLUNTEERS)
def take_role(request: Any, person: PersonCode, role: RoleId) -> None:
    """Take a role away.

    The act in the ledger can be undone.
    """
    rows = Assignment.objects.select_related("person", "bureau", "organization")
    found = get_object_or_404(rows, pk=role, person=_person(request, person))
    services.take_role(edition=request.edition, assignment=found, by=request.person)


@operations.post("/people/acts/{number}/undo", policy.CHANGE_PEOPLE, s.RoleShown, status=200)
def undo_taken_role(request: Any, number: Annotated[int, Path(ge=1, le=2**62)]) -> Any:
    """Give a role back that an act took away.

    Refused when it cannot be given any more.
    """
    return s.shown_role(services.undo_taken_role(edition=request.edition, number=number, by=request.person))


@operations.get("/roles", policy.SEE_ROLES, s.Matrix)
def show_roles(request: Any) -> Any:
    """Show what each role may do.

    The policy matrix: for every action how far it reaches for each role.
    """
    rows = [
        {
            "action": action,
            "meaning": str(policy.MEANINGS[action]),
            "reach": {str(role): how for role, how in reach.items()},
        }
        for action, reach in policy.MATRIX.items()
    ]
    return {"rows": rows}


def _party(kind: type[Any], request: Any, code: str) -> Any:
    return get_object_or_404(kind.objects.filter(edition=request.edition).select_related("edition"), code=code)


def _list(kind: type[Any], request: Any, paging: Paging) -> Any:
    return page_of(kind.objects.filter(edition=request.edition), paging, order=("code",), shown=s.shown_party)


def _add(kind: type[Any], request: Any, body: s.PartyWanted, response: HttpResponse) -> Any:
    party = parties.add_party(kind, edition=request.edition, by=request.person, **body.model_dump())
    say_version(response, party.version)
    return s.shown_party(party)


def _change(kind: type[Any], request: Any, code: str, body: s.PartyChange, response: HttpResponse) -> Any:
    party = parties.change_party(
        party=_party(kind, request, code), changes=body.given(), version=version_of(request, body.version),
        by=request.person,
    )  # fmt: skip
    say_version(response, party.version)
    return s.shown_party(party)


@of_parties.get("/bureaus", policy.SEE_BUREAUS, s.PartiesPage)
def list_bureaus(request: Any, paging: Query[Paging]) -> Any:
    """List the bureaus.

    By code.
    """
    return _list(Bureau, request, paging)


@of_parties.post("/bureaus", policy.CHANGE_BUREAUS, s.PartyShown)
def add_bureau(request: Any, body: s.PartyWanted, response: HttpResponse) -> Any:
    """Add a bureau.

    A part of the preparation's leadership that owns tasks and findings.
    """
    return _add(Bureau, request, body, response)


@of_parties.patch("/bureaus/{code}", policy.CHANGE_BUREAUS, s.PartyShown)
def change_bureau(request: Any, code: s.PartyPath, body: s.PartyChange, response: HttpResponse) -> Any:
    """Change the names of a bureau.

    Its code stays.
    """
    return _change(Bureau, request, code, body, response)


@of_parties.get("/organizations", policy.SEE_BUREAUS, s.PartiesPage)
def list_organizations(request: Any, paging: Query[Paging]) -> Any:
    """List the organizations.

    By code.
    """
    return _list(Organization, request, paging)


@of_parties.post("/organizations", policy.CHANGE_BUREAUS, s.PartyShown)
def add_organization(request: Any, body: s.PartyWanted, response: HttpResponse) -> Any:
    """Add an organization.

    A company, authority or association that takes part.
    """
    return _add(Organization, request, body, response)


@of_parties.patch("/organizations/{code}", policy.CHANGE_BUREAUS, s.PartyShown)
def change_organization(request: Any, code: s.PartyPath, body: s.PartyChange, response: HttpResponse) -> Any:
    """Change the names of an organization.

    Its code stays.
    """
    return _change(Organization, request, code, body, response)
