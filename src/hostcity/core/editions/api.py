"""Editions by the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query
from pydantic import Field

from hostcity.core import policy
from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer, Body, Change, Code, Listed, MaybeName, Name, Paging, Version, Yes, page_of
from hostcity.core.api.versions import say_version, version_of
from hostcity.core.editions import queries, services
from hostcity.core.models import Edition
from hostcity.plan.characters import ONE_LINE

operations = Operations("editions")
Day = Annotated[date, Field(ge=services.FIRST_DAY, le=services.LAST_DAY)]
Zone = Annotated[str, Field(min_length=1, max_length=64, description="E.g. Asia/Shanghai.")]
City = Annotated[str, Field(max_length=100, pattern=ONE_LINE)]


class EditionShown(Answer):
    """An edition of an expo."""

    code: str
    expo: str
    name_en: str
    name_zh: str
    city_en: str
    city_zh: str
    time_zone: str
    opens_on: date
    closes_on: date
    days_left: int = Field(description="Of the countdown, which counts neither today nor the opening.")
    is_demo: bool
    really_opened_on: date | None = Field(description="Where a demonstration moved the dates; else null.")
    is_public: bool
    is_map_public: bool = Field(description="Whether anybody may see the map of its venue.")
    version: int
    roles: list[str] = Field(description="Yours.")


class EditionsPage(Listed):
    """A page of editions."""

    rows: list[EditionShown]


class EditionWanted(Body):
    """An edition to be opened."""

    expo: Code
    code: Code
    name_en: Name
    name_zh: MaybeName = ""
    city_en: City = ""
    city_zh: City = ""
    time_zone: Zone = "Asia/Shanghai"
    opens_on: Day
    closes_on: Day
    is_public: Yes = False
    is_map_public: Yes = False
    expo_name_en: MaybeName = ""
    expo_name_zh: MaybeName = ""


class EditionChange(Change):
    """Fields to be changed; the others stay."""

    name_en: Name = ""
    name_zh: MaybeName = ""
    city_en: City = ""
    city_zh: City = ""
    time_zone: Zone = ""
    opens_on: Day = date.min
    closes_on: Day = date.min
    is_public: Yes = False
    is_map_public: Yes = False
    version: Version = None


class Me(Answer):
    """Who you are."""

    code: str
    username: str
    name: str
    language: str
    is_superuser: bool
    token: str = Field(description="First letters of the token in use; empty = a session.")
    actions: list[str] | None = Field(description="What the token may do; null = a session, which may all you may.")


def shown(request: Any, edition: Edition) -> dict[str, Any]:
    """An edition as the API shows it."""
    plain = ("code", "name_en", "name_zh", "city_en", "city_zh", "time_zone", "opens_on", "closes_on", "is_demo")
    return {
        **{name: getattr(edition, name) for name in plain},
        "expo": edition.expo.code,
        "days_left": edition.days_left(),
        "really_opened_on": edition.really_opened_on,
        "is_public": edition.is_public,
        "is_map_public": edition.is_map_public,
        "version": edition.version,
        "roles": sorted(policy.roles_of(request.person, edition)),
    }


@operations.get("/me", None, Me, of_site=True)
def show_me(request: Any) -> Any:
    """Say who you are.

    And what the token in use may do.
    """
    person = request.person
    return {
        **{name: getattr(person, name) for name in ("code", "username", "name", "language", "is_superuser")},
        "token": person.token.prefix if person.token else "",
        "actions": person.token.actions if person.token else None,
    }


@operations.get("/editions", None, EditionsPage, of_site=True)
def list_editions(request: Any, paging: Query[Paging]) -> Any:
    """List the editions in which you have a part.

    Those that open last first; with a token, its own only.
    """
    rows = queries.editions_for(request.person).select_related("expo")
    if request.person.token is not None:
        rows = rows.filter(pk=request.person.token.edition_id)
    return page_of(rows, paging, order=("-opens_on", "code"), shown=lambda each: shown(request, each))


@operations.post("/editions", None, EditionShown, of_site=True, for_tokens=False)
def open_edition(request: Any, body: EditionWanted) -> Any:
    """Open an edition.

    With its ledger, and its expo if that is new. For whoever runs the site, signed in; not with a token.
    """
    return shown(request, services.open_edition(by=request.person, **body.model_dump()))


@operations.get("", policy.SEE_EDITION, EditionShown)
def show_edition(request: Any, response: HttpResponse) -> Any:
    """Show the edition.

    Its ETag names its version, for If-Match.
    """
    say_version(response, request.edition.version)
    return shown(request, request.edition)


@operations.patch("", policy.CHANGE_EDITION, EditionShown)
def change_edition(request: Any, body: EditionChange, response: HttpResponse) -> Any:
    """Change the edition.

    Names, city, time zone, dates, publication.
    """
    version = version_of(request, body.version)
    changed = services.change_edition(edition=request.edition, changes=body.given(), version=version, by=request.person)
    say_version(response, changed.version)
    return shown(request, changed)
