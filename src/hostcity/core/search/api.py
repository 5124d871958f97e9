"""Search by the API."""

from __future__ import annotations

from typing import Any

from ninja import Query
from pydantic import BaseModel, Field

from hostcity.core import policy
from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer
from hostcity.core.search.queries import SHOWN, find

operations = Operations("search")


class HitShown(Answer):
    """Something found."""

    kind: str
    key: str
    title: str
    other_title: str = Field(description="In the other language; empty = the same or none.")
    path: str


class FoundShown(Answer):
    """What was found, best first."""

    rows: list[HitShown]
    has_more: bool


class Question(BaseModel):
    """What is sought."""

    q: str = Field(min_length=1, max_length=100, description="Words; Chinese ones of two characters, and pinyin, too.")
    size: int = Field(SHOWN, ge=1, le=SHOWN)


@operations.get("/search", policy.SEE_SEARCH, FoundShown)
def find_objects(request: Any, asked: Query[Question]) -> Any:
    """Find objects by words.

    Best first, and only what you may see; in Chinese, English and by pinyin.
    """
    found = find(request.edition, request.person, asked.q, asked.size)
    return {"rows": found.hits, "has_more": found.has_more}
