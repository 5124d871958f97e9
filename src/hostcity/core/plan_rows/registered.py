"""What plan rows put into core's registries."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.models import Edition, PlanRow
from hostcity.core.plan_rows import act_words
from hostcity.core.plan_rows.changes import ADD, CHANGE, IMPORT, ORDER, REMOVE, kind_of
from hostcity.core.registries import Document, JobKind, MenuEntry, registries
from hostcity.plan import SHEETS

SEARCHED = "plan"


def row_path(edition: Edition, sheet: str, key: str) -> str:
    """Address of a row; of its sheet when no row is meant."""
    if key:
        return reverse("plan-row", args=[edition.code, sheet, key])
    return reverse("plan-sheet", args=[edition.code, sheet])


def documents_of(edition: Edition) -> Iterator[Document]:
    """What search is told of the plan: every row that has a name, and every code that people say."""
    rows = PlanRow.objects.filter(edition=edition).order_by("sheet", "position", "id")
    for row in rows.iterator(chunk_size=2000):
        yield document_of(edition, row)


def document_of(edition: Edition, row: PlanRow) -> Document:
    """What search is told of a row."""
    body = row.body
    return Document(
        kind=SEARCHED,
        key=f"{row.sheet}/{row.key}",
        action=policy.SEE_PLAN,
        title_en=(body.get("name_en") or body.get("name") or body["code"])[:300],
        title_zh=(body.get("name_zh") or "")[:300],
        path=row_path(edition, row.sheet, row.key),
        words=" ".join([row.sheet, body["code"], *(str(body[each]) for each in ("quantity", "note") if each in body)]),
    )


registries.menu.append(MenuEntry(label=_("Plan"), url_name="plan", action=policy.SEE_PLAN, icon="plan", order=20))
registries.job_kinds["plan.import"] = JobKind(
    name="plan.import",
    title=_("Trying a plan's file"),
    run="hostcity.core.plan_rows.imports.run",
    most_mib=1024,
    most_seconds=60,
)
registries.act_words |= {
    ADD: act_words.added,
    CHANGE: act_words.changed,
    REMOVE: act_words.removed,
    ORDER: act_words.ordered,
    IMPORT: act_words.imported,
    "plan.upload": act_words.uploaded,
}
registries.subject_urls |= {
    kind_of(sheet): lambda edition, key, sheet=sheet: row_path(edition, sheet, key) for sheet in SHEETS
}
registries.subject_urls[IMPORT] = lambda edition, _key: reverse("plan-import", args=[edition.code])
registries.search_sources[SEARCHED] = documents_of
