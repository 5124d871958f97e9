"""Pages of people, bureaus, organizations and roles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hostcity.core import policy
from hostcity.core.accounts import codes
from hostcity.core.attempts import tried
from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.models import Assignment, Edition, Person
from hostcity.core.models.people import Role
from hostcity.core.paging import keyset_page
from hostcity.core.people import imports, parties, queries, services
from hostcity.core.people.forms import (
    PARTIES,
    AddPersonForm,
    ChangePartyForm,
    ChangePersonForm,
    CodesForm,
    ImportForm,
    PartyForm,
    RoleForm,
)

SALT = "hostcity.people.import"
HOUR_S = 3600


@acting(policy.SEE_PEOPLE)
@require_GET
def list_people(request: Any) -> HttpResponse:
    """The people of the edition."""
    asked = {name: request.GET.get(name, "")[:100] for name in ("role", "bureau", "organization", "text")}
    found = queries.people_of(request.user, request.edition, **asked)
    page = keyset_page(found, order=("name",), after=request.GET.get("after", ""))
    sight = queries.Sight(request.user, request.edition)
    rows = [(person, sight.of(person)) for person in page.rows]
    more = {
        "asked": asked,
        "roles": Role.choices,
        "bureaus": list(queries.bureaus_of(request.edition)),
        "has_contacts": any(seen for _person, seen in rows),
    }
    return render(request, "people/list.html", {"page": page, "rows": rows, **more, **_powers(request)})


@acting(policy.ADD_VOLUNTEERS)
@require_http_methods(["GET", "POST"])
def add_person(request: Any) -> HttpResponse:
    """Add a person with a first role."""
    form = AddPersonForm(request.POST or None, edition=request.edition, by=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        person = tried(form, lambda: services.add_person(edition=request.edition, by=request.user, **given))
        if person:
            messages.success(request, _("{person} has been added.").format(person=person))
            return (
                _to_person(request, person)
                if policy.may(request.user, policy.SEE_PEOPLE, request.edition)
                else _to_list(request)
            )
    return _form(request, "people/add.html", form)


@acting(policy.SEE_PEOPLE)
@require_GET
def show_person(request: Any, person: str) -> HttpResponse:
    """One person with roles and what may be done."""
    found = _person(request, person)
    may_change = queries.is_manager_of(request.user, found, request.edition)
    more = {
        "person": found,
        "sees_contact": queries.Sight(request.user, request.edition).of(found),
        "may_change": may_change,
        "role_form": RoleForm(edition=request.edition, by=request.user) if may_change else None,
        "is_self": found.pk == request.user.pk,
    }
    return render(request, "people/person.html", {**_powers(request), **more})


@acting(policy.ADD_VOLUNTEERS)
@require_http_methods(["GET", "POST"])
def change_person(request: Any, person: str) -> HttpResponse:
    """Change what is known of a person."""
    found = _person(request, person)
    queries.require_authority(request.user, [found], request.edition)
    stored = {name: getattr(found, name) for name in ("name", "email", "phone", "language", "version")}
    form = ChangePersonForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data.pop("version")
        given = {"edition": request.edition, "person": found, "version": version, "by": request.user}
        if tried(form, lambda: services.change_person(changes=form.cleaned_data, **given)):
            messages.success(request, _("Saved."))
            return _to_person(request, found)
    return _form(request, "people/change.html", form, person=found)


@acting(policy.ADD_VOLUNTEERS)
@require_POST
def give_role(request: Any, person: str) -> HttpResponse:
    """Give one more role."""
    found = _person(request, person)
    form = RoleForm(request.POST, edition=request.edition, by=request.user)
    if form.is_valid():
        given = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        act = lambda: services.give_role(edition=request.edition, person=found, by=request.user, **given)  # noqa: E731
        if tried(form, act):
            messages.success(request, _("The role has been given."))
            return _to_person(request, found)
    return _form(request, "people/role.html", form, person=found)


@acting(policy.ADD_VOLUNTEERS)
@require_POST
def take_role(request: Any, person: str, assignment: int) -> HttpResponse:
    """Take a role away; the answer offers to undo it."""
    found = _person(request, person)
    row = get_object_or_404(
        Assignment.objects.select_related("person", "bureau", "organization"), pk=assignment, person=found
    )
    act = services.take_role(edition=request.edition, assignment=row, by=request.user)
    more = {"person": found, "role": Role(row.role).label, "number": act.number, "still_here": True}
    more["still_here"] = Assignment.objects.filter(person=found).exists()
    more["may_undo"] = policy.may(request.user, policy.CHANGE_PEOPLE, request.edition)
    return render(request, "people/role_taken.html", more)


@acting(policy.CHANGE_PEOPLE)
@require_POST
def undo(request: Any, number: int) -> HttpResponse:
    """Give a role back that was taken away."""
    given = services.undo_taken_role(edition=request.edition, number=number, by=request.user)
    messages.success(request, _("The role has been given back."))
    return _to_person(request, given.person)


@acting(policy.ADD_VOLUNTEERS)
@require_POST
def deactivate(request: Any, person: str) -> HttpResponse:
    """Shut an account."""
    found = _person(request, person)
    services.deactivate_person(edition=request.edition, person=found, by=request.user)
    messages.success(request, _("The account is deactivated. Whoever was signed in with it is signed out."))
    return _to_person(request, found)


@acting(policy.ADD_VOLUNTEERS)
@require_POST
def reactivate(request: Any, person: str) -> HttpResponse:
    """Open it again."""
    found = _person(request, person)
    services.reactivate_person(edition=request.edition, person=found, by=request.user)
    messages.success(request, _("The account is open again."))
    return _to_person(request, found)


@acting(policy.CHANGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def erase(request: Any, person: str) -> HttpResponse:
    """Erase what identifies a person; asks first, without scripts too."""
    found = _person(request, person)
    queries.require_authority(request.user, [found], request.edition)
    if request.method == "POST":
        services.erase_person(edition=request.edition, person=found, by=request.user)
        messages.success(
            request, _("The personal data have been erased. The ledger keeps the code {code}.").format(code=found.code)
        )
        return _to_person(request, found)
    return render(request, "people/erase.html", {"person": found})


@acting(policy.MAKE_CODES)
@never_cache
@require_http_methods(["GET", "POST"])
def make_codes(request: Any) -> HttpResponse:
    """Make one-time codes, to print or as a file: the only moment at which they can be read."""
    one = request.GET.get("person", "")
    form = CodesForm(
        request.POST or None, edition=request.edition, initial={**request.GET.dict(), "hours": 72, "form": "page"}
    )
    if request.method == "POST" and form.is_valid():
        asked = {} if one else {name: form.cleaned_data[name] for name in ("role", "bureau", "text")}
        found = queries.people_of(request.user, request.edition, **asked).filter(is_active=True)
        if one:
            found = found.filter(code=one)
        people = queries.managed(request.user, found.order_by("name", "pk")[: codes.MOST + 1], request.edition)
        fresh = tried(
            form, lambda: codes.make_codes(edition=request.edition, people=people, lasts=form.lasts, by=request.user)
        )
        if fresh:
            return _codes(request, fresh, form.cleaned_data["form"])
    if one:
        for name in ("role", "bureau", "text"):
            del form.fields[name]
    return _form(request, "people/codes.html", form, one=one and _person(request, one))


def _codes(request: Any, fresh: list[codes.FreshCode], form: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("account_code"))
    if form == "csv":
        answer = HttpResponse(codes.codes_as_csv(fresh, address), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="codes-{request.edition.code}.csv"'
    else:
        answer = render(request, "people/codes_printed.html", {"fresh": fresh, "address": address})
    answer["Cache-Control"] = "no-store"
    return answer


@acting(policy.ADD_VOLUNTEERS)
@never_cache
@require_http_methods(["GET", "POST"])
def import_people(request: Any) -> HttpResponse:
    """Check a list, show every problem or what would change, then do it."""
    if request.method == "POST" and "checked" in request.POST:
        return _import_checked(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        rows = tried(form, lambda: imports.read_rows(file.read(imports.MOST_BYTES + 1), file.name))
        if rows is not None:
            done = imports.check_import(rows, edition=request.edition, by=request.user)
            checked = _sealed(request, rows) if done.is_sound else ""
            more = {
                "done": done,
                "checked": checked,
                "name": file.name,
                "count": len(rows),
                "most": imports.MOST_PROBLEMS,
            }
            return render(request, "people/import_checked.html", more, status=200 if done.is_sound else 422)
    return _form(request, "people/import.html", form, columns=imports.COLUMNS, roles=Role.values)


def _sealed(request: Any, rows: list[dict[str, str]]) -> str:
    """The checked rows, signed: they go to the browser and back, so that nothing has to be kept of a list not imported."""
    return signing.dumps({"edition": request.edition.pk, "by": request.user.pk, "rows": rows}, salt=SALT, compress=True)


def _import_checked(request: Any) -> HttpResponse:
    try:
        sealed = signing.loads(request.POST["checked"], salt=SALT, max_age=HOUR_S)
    except signing.BadSignature:
        sealed = {}
    if (sealed.get("edition"), sealed.get("by")) != (request.edition.pk, request.user.pk):
        raise Refused(
            "people.not-checked", _("This list was not checked here, or more than an hour ago."), _("Check it again.")
        )
    done = imports.import_people(sealed["rows"], edition=request.edition, by=request.user)
    messages.success(
        request,
        _("{added} people added, {changed} changed, {roles} roles given.").format(
            added=len(done.added), changed=len(done.changed), roles=len(done.given)
        ),
    )
    return _to_list(request)


@acting(policy.SEE_BUREAUS)
@require_GET
def list_parties(request: Any, kind: str) -> HttpResponse:
    """Bureaus or organizations."""
    page = keyset_page(_rows(kind, request.edition), order=("code",), after=request.GET.get("after", ""))
    may_change = policy.may(request.user, policy.CHANGE_BUREAUS, request.edition)
    return render(request, "people/parties.html", {"page": page, "kind": kind, "may_change": may_change})


@acting(policy.CHANGE_BUREAUS)
@require_http_methods(["GET", "POST"])
def add_party(request: Any, kind: str) -> HttpResponse:
    """Add a bureau or an organization."""
    form = PartyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act: Callable[[], Any] = lambda: parties.add_party(  # noqa: E731
            PARTIES[kind], edition=request.edition, by=request.user, **form.cleaned_data
        )
        if tried(form, act):
            messages.success(request, _("Saved."))
            return redirect(f"{kind}s", edition=request.edition.code)
    return _form(request, "people/party.html", form, kind=kind)


@acting(policy.CHANGE_BUREAUS)
@require_http_methods(["GET", "POST"])
def change_party(request: Any, kind: str, code: str) -> HttpResponse:
    """Change the names of one."""
    party = get_object_or_404(_rows(kind, request.edition), code=code)
    stored = {"name_en": party.name_en, "name_zh": party.name_zh, "version": party.version}
    form = ChangePartyForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data.pop("version")
        act: Callable[[], Any] = lambda: parties.change_party(  # noqa: E731
            party=party, changes=form.cleaned_data, version=version, by=request.user
        )
        if tried(form, act):
            messages.success(request, _("Saved."))
            return redirect(f"{kind}s", edition=request.edition.code)
    return _form(request, "people/party.html", form, kind=kind, party=party)


@acting(policy.SEE_ROLES)
@require_GET
def show_roles(request: Any) -> HttpResponse:
    """The policy matrix, for people."""
    rows = [
        (action, policy.MEANINGS[action], [(role, reach.get(role, "")) for role in Role])
        for action, reach in policy.MATRIX.items()
    ]
    counted = ngettext("{number} action", "{number} actions", len(rows)).format(number=len(rows))
    return render(request, "people/roles.html", {"rows": rows, "roles": list(Role), "counted": counted})


def _rows(kind: str, edition: Edition) -> Any:
    return queries.bureaus_of(edition) if kind == "bureau" else queries.organizations_of(edition)


def _powers(request: Any) -> dict[str, bool]:
    names = {
        "may_add": policy.ADD_VOLUNTEERS,
        "may_change_people": policy.CHANGE_PEOPLE,
        "may_make_codes": policy.MAKE_CODES,
        "may_see_roles": policy.SEE_ROLES,
        "may_see_bureaus": policy.SEE_BUREAUS,
    }
    return {name: policy.may(request.user, action, request.edition) for name, action in names.items()}


def _person(request: Any, code: str) -> Person:
    """A person of the edition whom one may see; 404 otherwise."""
    found = queries.people_of(request.user, request.edition).filter(code=code).first()
    if found is None:
        raise Http404(code)
    return found


def _form(request: HttpRequest, template: str, form: Any, **more: Any) -> HttpResponse:
    return render(request, template, {"form": form, **more}, status=422 if form.errors else 200)


def _to_person(request: Any, person: Person) -> HttpResponse:
    return redirect("person", edition=request.edition.code, person=person.code)


def _to_list(request: Any) -> HttpResponse:
    return redirect("people", edition=request.edition.code)
