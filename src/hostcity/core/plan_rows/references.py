"""Which rows of the plan name another row."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q

from hostcity.core.models import Edition, PlanRow
from hostcity.core.plan_rows.bodies import key_of
from hostcity.core.registries import registries
from hostcity.plan import SHEETS
from hostcity.plan.columns import columns_of

#: Sheets whose rows an event of the timeline may have as its target, or send people to.
TARGETS = {
    "stations": ("lanes", "service", "fail"),
    "links": ("width", "close"),
    "streams": ("delay", "divert", "advise"),
    "areas": ("evacuate",),
    "openings": ("shut",),
    "connectors": ("shut",),
}
SENT_TO = {"streams": "divert", "gates": "advise"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A field of a row that names the row in question."""

    sheet: str
    key: str
    field: str

    def __str__(self) -> str:
        return f"{self.sheet}.{self.key}.{self.field}"


def references_to(edition: Edition, sheet: str, code: str) -> list[Reference]:
    """Every field that names a row; one query, and one for each sheet that a capability keeps, within the edition's scope."""
    wanted = Q(pk__in=[])
    for other, field in _fields_naming(sheet):
        wanted |= Q(sheet=other, **{f"body__{field}": code})
    if sheet in TARGETS:
        wanted |= Q(sheet="timeline", body__target=code)
    if sheet in SENT_TO:
        wanted |= Q(sheet="timeline", body__action=SENT_TO[sheet])
    rows = PlanRow.objects.filter(wanted).order_by("sheet", "position", "id")
    found = [Reference(row.sheet, row.key, field) for row in rows for field in _naming(row, sheet, code)]
    return [*found, *_kept_elsewhere(edition, sheet, code)]


def named_of(edition: Edition, sheet: str, codes: Collection[str]) -> set[str]:
    """Those of many codes that rows of other sheets name, by themselves or in a list; one query for each field that could."""
    wanted, found = set(codes), set()
    for other, field, is_list in _fields_that_could(sheet):
        owner = registries.sheet_owners.get(other)
        rows = owner.rows(edition, other) if owner else PlanRow.objects.filter(sheet=other)
        for value in rows.values_list(field if owner else f"body__{field}", flat=True).iterator(chunk_size=2000):
            found |= wanted.intersection(value or () if is_list else (value,))
    return found


def _fields_that_could(sheet: str) -> Iterator[tuple[str, str, bool]]:
    for other, row_type in SHEETS.items():
        for field, column in columns_of(row_type).items():
            if column.kind in ("ref", "refs") and column.sheet == sheet:
                yield other, field, column.kind == "refs"


def _kept_elsewhere(edition: Edition, sheet: str, code: str) -> Iterator[Reference]:
    for other, field in _fields_naming(sheet):
        if owner := registries.sheet_owners.get(other):
            keys = owner.rows(edition, other).filter(**{field: code}).values_list("code", flat=True)
            yield from (Reference(other, key_of(key), field) for key in keys)


def _fields_naming(sheet: str) -> Iterator[tuple[str, str]]:
    for other, row_type in SHEETS.items():
        for field, column in columns_of(row_type).items():
            if column.kind == "ref" and column.sheet == sheet:
                yield other, field


def _naming(row: PlanRow, sheet: str, code: str) -> Iterator[str]:
    for field, column in columns_of(SHEETS[row.sheet]).items():
        if column.kind == "ref" and column.sheet == sheet and row.body.get(field) == code:
            yield field
    if row.sheet == "timeline":
        if row.body["target"] == code and row.body["action"] in TARGETS.get(sheet, ()):
            yield "target"
        if code in row.body["to"] and row.body["action"] == SENT_TO.get(sheet):
            yield "to"
