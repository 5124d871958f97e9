"""One's own account by the API: signed in, not with a token."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer, Body
from hostcity.core.api.versions import say_version, version_of
from hostcity.core.errors import Refused
from hostcity.core.people import own
from hostcity.core.people.schemas import PersonChange

operations = Operations("own account")


class OwnDetails(Answer):
    """What is known of you."""

    name: str
    email: str
    phone: str
    language: str
    version: int


class ContactWanted(Body):
    """A mail address or phone that is to be yours."""

    column: Literal["email", "phone"]
    value: Annotated[str, Field(min_length=1, max_length=254)]


class ContactProved(ContactWanted):
    """The same, with the code that was sent there."""

    code: Annotated[str, Field(min_length=8, max_length=20)]


class ContactAsked(Answer):
    """Where a code is on its way to."""

    column: str
    value: str = Field(description="As it will be kept.")


def _shown(person: Any) -> dict[str, Any]:
    return {name: getattr(person, name) for name in OwnDetails.model_fields}


@operations.patch("/me/details", None, OwnDetails, of_site=True, for_tokens=False)
def change_own_details(request: Any, body: PersonChange, response: HttpResponse) -> Any:
    """Change your own name or language.

    Mail and phone can be taken away so ("" = none); new ones are confirmed first, see `ask_for_contact`.
    """
    changes = body.given()
    if set(changes) & set(own.CONTACTS):
        _require_confirmed(request)
    person = own.change_own_details(changes=changes, version=version_of(request, body.version), by=request.person)
    say_version(response, person.version)
    return _shown(person)


@operations.post("/me/contact", None, ContactAsked, status=202, of_site=True, for_tokens=False)
def ask_for_contact(request: Any, body: ContactWanted) -> Any:
    """Ask for a code to a new mail address or phone.

    The answer is the same whether somebody has it already or not. Asks for your password first, on the site's page.
    """
    _require_confirmed(request)
    return {
        "column": body.column,
        "value": own.ask_for_contact(column=body.column, value=body.value, by=request.person),
    }


@operations.post("/me/contact/confirm", None, OwnDetails, status=200, of_site=True, for_tokens=False)
def confirm_contact(request: Any, body: ContactProved) -> Any:
    """Confirm a new mail address or phone.

    By the code that was sent there; it works once, for 10 minutes.
    """
    return _shown(own.confirm_contact(column=body.column, value=body.value, code=body.code, by=request.person))


def _require_confirmed(request: Any) -> None:
    if is_reauthentication_required(request, app="hostcity"):
        what, mend = _("Your password has not been asked for lately."), _("Confirm it at /accounts/confirm/ first.")
        raise Refused("auth.confirm", what, mend)
