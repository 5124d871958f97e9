"""Pages of people, bureaus, organizations and roles."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hostcity.core import policy
from hostcity.core.attempts import tried
from hostcity.core.middleware import acting
from hostcity.core.models import Assignment, Person
from hostcity.core.models.people import Role
from hostcity.core.paging import keyset_page
from hostcity.core.people import queries, services
from hostcity.core.people.crowd import let_in
from hostcity.core.people.forms import (
    AddPersonForm,
    ChangePersonForm,
    RoleForm,
)
from hostcity.core.people.table import LISTED, table_body

SALT = "hostcity.people.import"
HOUR_S = 3600


@acting(policy.SEE_PEOPLE)
@require_GET
def list_people(request: Any) -> HttpResponse:
    """The people of the edition."""
    asked = {name: request.GET.get(name, "")[:100] for name in ("role", "bureau", "organization", "text")}
    found = queries.people_of(request.user, request.edition, **asked)
    page = keyset_page(found.only(*LISTED), order=("name",), after=request.GET.get("after", ""))
    sight = queries.Sight(request.user, request.edition)
    rows = [(person, sight.of(person)) for person in page.rows]
    has_contacts = any(seen for _person, seen in rows)
    more = {
        "asked": asked,
        "roles": Role.choices,
        "bureaus": list(queries.bureaus_of(request.edition)),
        "has_contacts": has_contacts,
        "body": table_body(request.edition, rows, has_contacts=has_contacts),
    }
    return render(request, "people/list.html", {"page": page, **more, **powers(request)})


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
    return form_page(request, "people/add.html", form)


@acting(policy.SEE_PEOPLE)
@require_GET
def show_person(request: Any, person: str) -> HttpResponse:
    """One person with roles and what may be done."""
    found = person_here(request, person)
    may_change = queries.is_manager_of(request.user, found, request.edition)
    more = {
        "person": found,
        "sees_contact": queries.Sight(request.user, request.edition).of(found),
        "may_change": may_change,
        "may_let_in": found.is_active and bool(let_in(request.user, [found], request.edition)),
        "role_form": RoleForm(edition=request.edition, by=request.user) if may_change else None,
        "is_self": found.pk == request.user.pk,
    }
    return render(request, "people/person.html", {**powers(request), **more})


@acting(policy.ADD_VOLUNTEERS)
@require_http_methods(["GET", "POST"])
def change_person(request: Any, person: str) -> HttpResponse:
    """Change what is known of a person."""
    found = person_here(request, person)
    queries.require_authority(request.user, [found], request.edition)
    stored = {name: getattr(found, name) for name in ("name", "email", "phone", "language", "version")}
    form = ChangePersonForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data.pop("version")
        given = {"edition": request.edition, "person": found, "version": version, "by": request.user}
        if tried(form, lambda: services.change_person(changes=form.cleaned_data, **given)):
            messages.success(request, _("Saved."))
            return _to_person(request, found)
    return form_page(request, "people/change.html", form, person=found)


@acting(policy.ADD_VOLUNTEERS)
@require_POST
def give_role(request: Any, person: str) -> HttpResponse:
    """Give one more role."""
    found = person_here(request, person)
    form = RoleForm(request.POST, edition=request.edition, by=request.user)
    if form.is_valid():
        given = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        if tried(form, lambda: services.give_role(edition=request.edition, person=found, by=request.user, **given)):
            messages.success(request, _("The role has been given."))
            return _to_person(request, found)
    return form_page(request, "people/role.html", form, person=found)


@acting(policy.ADD_VOLUNTEERS)
@require_POST
def take_role(request: Any, person: str, assignment: int) -> HttpResponse:
    """Take a role away; the answer offers to undo it."""
    found = person_here(request, person)
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
    found = person_here(request, person)
    services.deactivate_person(edition=request.edition, person=found, by=request.user)
    messages.success(request, _("The account is deactivated. Whoever was signed in with it is signed out."))
    return _to_person(request, found)


@acting(policy.ADD_VOLUNTEERS)
@require_POST
def reactivate(request: Any, person: str) -> HttpResponse:
    """Open it again."""
    found = person_here(request, person)
    services.reactivate_person(edition=request.edition, person=found, by=request.user)
    messages.success(request, _("The account is open again."))
    return _to_person(request, found)


@acting(policy.CHANGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def erase(request: Any, person: str) -> HttpResponse:
    """Erase what identifies a person; asks first, without scripts too."""
    found = person_here(request, person)
    queries.require_authority(request.user, [found], request.edition)
    if request.method == "POST":
        services.erase_person(edition=request.edition, person=found, by=request.user)
        messages.success(
            request, _("The personal data have been erased. The ledger keeps the code {code}.").format(code=found.code)
        )
        return _to_person(request, found)
    return render(request, "people/erase.html", {"person": found})


@acting(policy.SEE_ROLES)
@require_GET
def show_roles(request: Any) -> HttpResponse:
    """The policy matrix, for people."""
    rows = [
        (action, policy.MEANINGS[action], [(role, reach.get(role, "")) for role in Role])
        for action, reach in policy.MATRIX.items()
    ]
    counted = ngettext("{number} action", "{number} actions", len(rows)).format(number=len(rows))
    shown = {"rows": rows, "roles": list(Role), "counted": counted}
    return render(request, "people/roles.html", shown | powers(request))


def powers(request: Any) -> dict[str, bool]:
    """What of these pages the person may use."""
    names = {
        "may_add": policy.ADD_VOLUNTEERS,
        "may_change_people": policy.CHANGE_PEOPLE,
        "may_make_codes": policy.MAKE_CODES,
        "may_see_roles": policy.SEE_ROLES,
        "may_see_bureaus": policy.SEE_BUREAUS,
    }
    return {name: policy.may(request.user, action, request.edition) for name, action in names.items()}


def person_here(request: Any, code: str) -> Person:
    """A person of the edition whom one may see; 404 otherwise."""
    found = queries.people_of(request.user, request.edition).filter(code=code).first()
    if found is None:
        raise Http404(code)
    return found


def form_page(request: HttpRequest, template: str, form: Any, **more: Any) -> HttpResponse:
    """A page with a form; 422 when it was sent and has errors."""
    return render(request, template, {"form": form, **more}, status=422 if form.errors else 200)


def _to_person(request: Any, person: Person) -> HttpResponse:
    return redirect("person", edition=request.edition.code, person=person.code)


def _to_list(request: Any) -> HttpResponse:
    """Back to the people."""
    return redirect("people", edition=request.edition.code)
