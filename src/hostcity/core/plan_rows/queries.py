"""Reading the plan of an edition and its history."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from threading import Lock
from typing import Any

from django.db.models import Case, Count, Max, Q, QuerySet, When
from django_scopes import scope

from hostcity.core.models import Act, Edition, PlanRow
from hostcity.core.models.ledger import ActQuerySet
from hostcity.core.plan_rows.bodies import Body, Rows, row_from_body, stored_body
from hostcity.core.plan_rows.changes import IMPORT, VERBS, kind_of
from hostcity.core.plan_rows.words import row_name
from hostcity.core.registries import registries
from hostcity.plan import SHEETS, Plan

MOST_SLOTS = 96  # rows that share a profile: a day in quarters of an hour


def plan_of(edition: Edition) -> Plan:
    """The plan as it stands, complete or not: one query, and one for each sheet that a capability keeps.

    Raises ``PlanError`` when a stored row is no row of a plan any more.
    """
    bodies = stored_bodies(edition)
    return Plan(
        **{
            sheet: tuple(owner.to_plan(edition, sheet))
            if (owner := registries.sheet_owners.get(sheet))
            else tuple(row_from_body(sheet, body) for body in bodies[sheet])
            for sheet in SHEETS
        }
    )


def stored_bodies(edition: Edition) -> defaultdict[str, list[Body]]:
    """What core keeps of the plan, by sheet, in order; one query."""
    bodies: defaultdict[str, list[Body]] = defaultdict(list)
    with scope(edition=edition):
        for sheet, body in PlanRow.objects.order_by("sheet", "position", "id").values_list("sheet", "body"):
            bodies[sheet].append(body)
    return bodies


def rows_of_sheets(edition: Edition, sheets: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """The rows of some sheets, as the plan's dataclasses, in order: one query, and one for each that a capability keeps.

    Raises ``PlanError`` when a stored row is no row of a plan any more.
    """
    owned = {sheet: owner for sheet in sheets if (owner := registries.sheet_owners.get(sheet))}
    found: dict[str, list[Any]] = {sheet: [] for sheet in sheets if sheet not in owned}
    with scope(edition=edition):
        rows = PlanRow.objects.filter(sheet__in=list(found)).order_by("sheet", "position", "id")
        for sheet, body in rows.values_list("sheet", "body"):
            found[sheet].append(row_from_body(sheet, body))
    kept_elsewhere = {sheet: tuple(owner.to_plan(edition, sheet)) for sheet, owner in owned.items()}
    return {sheet: tuple(rows) for sheet, rows in found.items()} | kept_elsewhere


#: Rows that a process keeps, by edition, hash of the last act on its plan, and sheet: map and ways are drawn of the same.
_kept: OrderedDict[tuple[int, str, str], tuple[Any, ...]] = OrderedDict()
_lock = Lock()
MOST_KEPT = 48  # sheets


def kept_rows_of_sheets(edition: Edition, sheets: Sequence[str], sha256: str) -> dict[str, tuple[Any, ...]]:
    """The same; sheets that were read since the act of this hash are not read again, and are in memory once."""
    if not sha256:  # nothing was done yet, so nothing says when it has changed
        return rows_of_sheets(edition, sheets)
    with _lock:
        known = {sheet: _kept[edition.pk, sha256, sheet] for sheet in sheets if (edition.pk, sha256, sheet) in _kept}
    left = [sheet for sheet in sheets if sheet not in known]
    read = rows_of_sheets(edition, left) if left else {}
    with _lock:
        _kept.update({(edition.pk, sha256, sheet): rows for sheet, rows in read.items()})
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return {sheet: known.get(sheet, read.get(sheet, ())) for sheet in sheets}


def rows_of_sheet(edition: Edition, sheet: str) -> Rows:
    """The rows of a sheet that core keeps, by key, in order; one query."""
    with scope(edition=edition):
        rows = PlanRow.objects.filter(sheet=sheet).order_by("position", "id").values_list("key", "body")
        return {key: stored_body(sheet, body) for key, body in rows}


def own_sheets() -> tuple[str, ...]:
    """The sheets that core keeps; the others have owners of their own."""
    return tuple(sheet for sheet in SHEETS if sheet not in registries.sheet_owners)


def stored_rows(edition: Edition, sheet: str) -> QuerySet[Any]:
    """The stored rows of a sheet, whoever keeps it: key, position, version, changed_at and body of each."""
    owner = registries.sheet_owners.get(sheet)
    with scope(edition=edition):
        return owner.rows(edition, sheet) if owner else PlanRow.objects.filter(sheet=sheet)


def stored_row(edition: Edition, sheet: str, key: str) -> Any:
    """One of them; None = there is none. One query."""
    is_kept_elsewhere = sheet in registries.sheet_owners
    with scope(edition=edition):
        return stored_rows(edition, sheet).filter(**{"code" if is_kept_elsewhere else "key": key}).first()


def kept_at(edition: Edition, sheet: str) -> str:
    """The page of the capability that keeps a sheet; "" = core does."""
    owner = registries.sheet_owners.get(sheet)
    return owner.path(edition, sheet) if owner else ""


def field_of(sheet: str, name: str) -> str:
    """How a filter of `stored_rows` names a field of the sheet."""
    return name if sheet in registries.sheet_owners else f"body__{name}"


def counts_of_rows(edition: Edition) -> dict[str, dict[str, object]]:
    """Sheet -> its number of rows and when one was last changed; one query, and one for each that a capability keeps."""
    told = {"count": Count("id"), "changed_at": Max("changed_at")}
    with scope(edition=edition):
        found = list(PlanRow.objects.values("sheet").annotate(**told).order_by())
        for sheet, owner in registries.sheet_owners.items():
            found.append({"sheet": sheet} | owner.rows(edition, sheet).aggregate(**told))
        return {each["sheet"]: each for each in found if each["count"]}


def plan_acts(edition: Edition) -> ActQuerySet:
    """Every act on the plan. An import's own line stands beside those of its rows."""
    with scope(edition=edition):
        return Act.objects.filter(verb__in=VERBS)


def changes_since(edition: Edition, number: int) -> int:
    """How many times a row or the order of a sheet has been changed since a number of the ledger; one query."""
    return plan_acts(edition).since(number).exclude(verb=IMPORT).count()


def last_number(edition: Edition) -> int:
    """The number of the last act on the plan, 0 = none; one query."""
    return plan_acts(edition).order_by("-number").values_list("number", flat=True).first() or 0


def last_act(edition: Edition) -> tuple[int, str]:
    """Number and hash of the last act on the plan, 0 and "" = none: what is made of the plan is good as long as they are
    the same. One query."""
    found = plan_acts(edition).order_by("-number").values_list("number", "sha256").first()
    return found or (0, "")


def acts_on(edition: Edition, sheet: str, key: str) -> ActQuerySet:
    """The history of a row; with key "" that of the sheet's order."""
    with scope(edition=edition):
        return Act.objects.of(kind_of(sheet), key)


def key_to_follow(edition: Edition, sheet: str, key: str, *, step: str) -> str:
    """The row behind which a row is put to move it one place "up" or "down"; "" = to be the first. One query."""
    with scope(edition=edition):
        rows = PlanRow.objects.filter(sheet=sheet).order_by("position", "id").values_list("key", flat=True)
        keys = ["", *rows]
    place = keys.index(key) if key in keys else 0
    return keys[max(place - 2, 0)] if step == "up" else keys[min(place + 1, len(keys) - 1)]


def codes_with(sheets: Sequence[str], text: str, most: int) -> list[tuple[str, str]]:
    """Codes and names of rows in which a text stands, codes that begin with it first; one query, within the scope.

    Rows of `profiles` are named by the profile that they share.
    """
    stands = Q()
    for field in ("code", "name_en", "name_zh", "name", "profile"):
        stands |= Q(**{f"body__{field}__icontains": text})
    begins = Q(body__code__istartswith=text) | Q(body__profile__istartswith=text)
    rows = PlanRow.objects.filter(stands, sheet__in=sheets) if text else PlanRow.objects.filter(sheet__in=sheets)
    rank = Case(When(begins, then=0), default=1)
    ordered = rows.annotate(rank=rank).order_by("rank", "sheet", "position", "id")
    found = ordered.values_list("sheet", "body")[: most * MOST_SLOTS if "profiles" in sheets else most]
    named = ((body["profile"], "") if of == "profiles" else (body["code"], row_name(body)) for of, body in found)
    return list(dict.fromkeys(named))[:most]
