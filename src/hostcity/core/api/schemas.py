"""The base of bodies and answers, and pages of a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from django.db.models import Model, QuerySet
from pydantic import BaseModel, ConfigDict, Field

from hostcity.core.paging import MOST, keyset_page
from hostcity.plan.characters import ONE_LINE

M = TypeVar("M", bound=Model)
BIGGEST = 2**31 - 1

Version = Annotated[
    int | None, Field(strict=True, ge=1, le=BIGGEST, description="As it was read; instead of If-Match.")
]
#: In an address everything is text.
VersionAsked = Annotated[int | None, Field(ge=1, le=BIGGEST, description="As it was read; instead of If-Match.")]
Yes = Annotated[bool, Field(strict=True)]
Code = Annotated[str, Field(min_length=2, max_length=40, pattern=r"^[a-z0-9][a-z0-9-]{1,39}$")]
Name = Annotated[str, Field(min_length=1, max_length=200, pattern=ONE_LINE)]
MaybeName = Annotated[str, Field(max_length=200, pattern=ONE_LINE)]


class Body(BaseModel):
    """What an operation takes: exactly these fields. Numbers and yes or no are strict: "5" is no number."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)


def _without_defaults(schema: dict[str, Any]) -> None:
    for field in schema.get("properties", {}).values():
        field.pop("default", None)


class Change(Body):
    """Fields to be changed; what is left out stays as it is, so defaults are not told."""

    model_config = ConfigDict(json_schema_extra=_without_defaults)

    def given(self) -> dict[str, Any]:
        """The fields that were given, without the version."""
        return self.model_dump(exclude_unset=True, exclude={"version"})


class Answer(BaseModel):
    """What an operation gives."""

    model_config = ConfigDict(from_attributes=True)


class Paging(BaseModel):
    """Which page of a list."""

    after: str = Field("", max_length=2000, description="`next` of the page before; empty = the first page.")
    size: int = Field(50, ge=1, le=MOST, description="Rows of a page.")


def page_of(rows: QuerySet[M], paging: Paging, *, order: tuple[str, ...], shown: Callable[[M], Any]) -> dict[str, Any]:
    """A page of a list as an answer: ``rows``, and ``next`` to ask the next page with."""
    page = keyset_page(rows, order=order, after=paging.after, size=paging.size)
    return {"rows": [shown(each) for each in page.rows], "next": page.next}


class Listed(Answer):
    """A page of a list."""

    next: str = Field("", description="Give it as `after` to get the next page; empty = this was the last.")
