"""What search is told of the plan: every row, under its names and its code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse

from hostcity.core import policy
from hostcity.core.models import Edition, PlanRow
from hostcity.core.plan_rows.bodies import Body
from hostcity.core.registries import Document
from hostcity.core.search.services import forget, index

KIND = "plan"


def row_path(edition: Edition, sheet: str, key: str) -> str:
    """Address of a row; of its sheet when no row is meant."""
    if key:
        return reverse("plan-row", args=[edition.code, sheet, key])
    return reverse("plan-sheet", args=[edition.code, sheet])


def history_path(edition: Edition, sheet: str, key: str) -> str:
    """Address of a row's history, which stays when the row goes; of its sheet when no row is meant."""
    return reverse("plan-row-history", args=[edition.code, sheet, key]) if key else row_path(edition, sheet, key)


def documents_of(edition: Edition) -> Iterator[Document]:
    """What search is told when it is made anew."""
    rows = PlanRow.objects.filter(edition=edition).values_list("sheet", "key", "body")
    for sheet, key, body in rows.iterator(chunk_size=2000):
        yield document_of(edition, sheet, key, body)


def document_of(edition: Edition, sheet: str, key: str, body: Body) -> Document:
    """What search is told of a row."""
    said = (body[each] for each in ("figure", "quantity", "note", "note_en", "note_zh") if body.get(each))
    return Document(
        kind=KIND,
        key=f"{sheet}/{key}",
        action=policy.SEE_PLAN,
        title_en=(body.get("name_en") or body.get("name") or body["code"])[:300],
        title_zh=(body.get("name_zh") or "")[:300],
        path=row_path(edition, sheet, key),
        words=" ".join([body["code"], *said]),
    )


def tell_search(
    edition: Edition, sheet: str, *, rows: Iterable[tuple[str, Body]] = (), gone: Iterable[str] = ()
) -> None:
    """Let rows be found as they are now, and those that are gone no longer. Part of a service's transaction."""
    index(edition, [document_of(edition, sheet, key, body) for key, body in rows])
    keys = [f"{sheet}/{key}" for key in gone]
    for first in range(0, len(keys), 400):
        forget(edition, KIND, *keys[first : first + 400])
