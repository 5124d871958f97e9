"""Screens by the API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query
from pydantic import Field

from hostcity.core import policy
from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer, Body, Listed, Paging, page_of
from hostcity.core.models import WallScreen
from hostcity.core.walls import queries, services

operations = Operations("walls")


class ScreenShown(Answer):
    """A screen, without its address."""

    id: UUID
    name: str
    language: str
    by: str = Field(description="Code of the person who answers for it.")
    created_at: datetime
    seen_at: datetime | None = Field(description="When it last showed the wall, to ten minutes; null = never.")
    revoked_at: datetime | None


class ScreenMade(ScreenShown):
    """A new screen. ``url`` is shown this once."""

    url: str


class ScreensPage(Listed):
    """A page of screens."""

    rows: list[ScreenShown]


class ScreenWanted(Body):
    """A screen to be hung."""

    name: Annotated[str, Field(min_length=1, max_length=100, description="Where it hangs.")]
    language: Annotated[str, Field(min_length=2, max_length=10, description="en or zh-hans.")] = "en"


def shown(screen: WallScreen) -> dict[str, Any]:
    """A screen as the API shows it."""
    plain = ("name", "language", "created_at", "seen_at", "revoked_at")
    return {"id": screen.public_id, "by": screen.person.code, **{name: getattr(screen, name) for name in plain}}


@operations.get("/wall/screens", policy.CHANGE_SCREENS, ScreensPage)
def list_screens(request: Any, paging: Query[Paging]) -> Any:
    """List the screens that show the wall.

    Latest first, those that were revoked too.
    """
    return page_of(queries.screens_of(request.edition), paging, order=("-pk",), shown=shown)


@operations.post("/wall/screens", policy.CHANGE_SCREENS, ScreenMade, is_secret=True)
def add_screen(request: Any, body: ScreenWanted) -> Any:
    """Make an address for a screen.

    It shows the wall without anybody signed in, day and night, and nothing else; it is in this answer only. The screen
    shows no more than you may see yourself.
    """
    screen, secret = services.add_screen(edition=request.edition, by=request.person, **body.model_dump())
    return shown(screen) | {"url": request.build_absolute_uri(reverse("wall-screen", args=[secret]))}


@operations.delete("/wall/screens/{screen}", policy.CHANGE_SCREENS)
def revoke_screen(request: Any, screen: UUID) -> None:
    """Revoke the address of a screen.

    It shows nothing any more within seconds.
    """
    found = get_object_or_404(queries.screens_of(request.edition).select_related("edition"), public_id=screen)
    services.revoke_screen(screen=found, by=request.person)
