"""What the API takes and gives of people, roles, bureaus and organizations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_lazy as _
from ninja import Path
from pydantic import Field

from hostcity.core.api.schemas import Answer, Body, Change, Code, Listed, MaybeName, Name, Paging, Version
from hostcity.core.models import Assignment, Person
from hostcity.core.models.people import Role
from hostcity.core.people.fields import LANGUAGES

NOT_HERE, CHOOSE_ANOTHER = _("There is nobody with this code here."), _("Choose another.")
RoleName = Literal[tuple(Role.values)]  # type: ignore[valid-type]
Language = Literal[LANGUAGES]  # type: ignore[valid-type]
PartyPath = Annotated[str, Path(description="Its code.", max_length=40)]
PartyCode = Annotated[str, Field(max_length=40, description='Its code; "" = none.')]
Email = Annotated[str, Field(max_length=254)]
Phone = Annotated[str, Field(max_length=32)]


class RoleShown(Answer):
    """A role of a person in this edition."""

    id: int
    role: str
    bureau: str
    organization: str


class PersonShown(Answer):
    """A person."""

    code: str = Field(description="What acts and plans carry instead of a name.")
    username: str
    name: str
    language: str
    is_active: bool
    email: str | None = Field(description="null = you may not see it.")
    phone: str | None = Field(description="null = you may not see it.")
    roles: list[RoleShown]
    version: int


class PeoplePage(Listed):
    """A page of people."""

    rows: list[PersonShown]


class PeopleAsked(Paging):
    """Which people."""

    role: Annotated[str, Field(max_length=20)] = ""
    bureau: Annotated[str, Field(max_length=40)] = ""
    organization: Annotated[str, Field(max_length=40)] = ""
    text: Annotated[str, Field(max_length=100, description="Words of the name; pinyin finds Chinese ones.")] = ""


class RoleWanted(Body):
    """A role to be given."""

    role: RoleName
    bureau: PartyCode = ""
    organization: PartyCode = ""


class PersonWanted(RoleWanted):
    """A person to be added, with a first role."""

    username: Annotated[str, Field(min_length=2, max_length=150)]
    name: Annotated[str, Field(max_length=150)] = ""
    email: Email = ""
    phone: Phone = ""
    language: Language = "en"


class PersonChange(Change):
    """Fields to be changed; the others stay."""

    name: Annotated[str, Field(max_length=150)] = ""
    email: Email = ""
    phone: Phone = ""
    language: Language = "en"
    version: Version = None


class CodesWanted(Body):
    """For whom, and for how long."""

    people: Annotated[list[Annotated[str, Field(max_length=12)]], Field(min_length=1, max_length=1000)]
    hours: Annotated[int, Field(strict=True, ge=1, le=31 * 24)] = 72


class CodeMade(Answer):
    """A one-time code."""

    person: str
    code: str
    expires_at: datetime


class CodesMade(Answer):
    """One-time codes, shown this once."""

    rows: list[CodeMade]


class Erased(Answer):
    """The code that stays."""

    code: str


class MatrixRow(Answer):
    """An action, and how far it reaches for each role."""

    action: str
    meaning: str
    reach: dict[str, str]


class Matrix(Answer):
    """The policy matrix."""

    rows: list[MatrixRow]


class PartyWanted(Body):
    """A bureau or organization to be added."""

    code: Code
    name_en: Name
    name_zh: MaybeName = ""


class PartyChange(Change):
    """Names to be changed."""

    name_en: Name = ""
    name_zh: MaybeName = ""
    version: Version = None


class PartyShown(Answer):
    """A bureau or organization."""

    code: str
    name_en: str
    name_zh: str
    version: int


class PartiesPage(Listed):
    """A page of bureaus or organizations."""

    rows: list[PartyShown]


def shown_role(role: Assignment) -> dict[str, Any]:
    """A role as the API shows it."""
    return {
        "id": role.pk, "role": role.role, "bureau": role.bureau.code if role.bureau else "",
        "organization": role.organization.code if role.organization else "",
    }  # fmt: skip


def shown(person: Person, *, sees_contact: bool) -> dict[str, Any]:
    """A person as the API shows them."""
    roles = getattr(person, "roles_here", None)
    if roles is None:
        roles = person.assignments.select_related("bureau", "organization").order_by("role")  # type: ignore[attr-defined]
    return {
        **{name: getattr(person, name) for name in ("code", "username", "name", "language", "is_active", "version")},
        "email": person.email if sees_contact else None,
        "phone": person.phone if sees_contact else None,
        "roles": [shown_role(each) for each in roles],
    }


def shown_party(party: Any) -> dict[str, Any]:
    """A bureau or organization as the API shows it."""
    return {name: getattr(party, name) for name in ("code", "name_en", "name_zh", "version")}
