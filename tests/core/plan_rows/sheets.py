"""Plans and states for tests of plan rows."""

from __future__ import annotations

from typing import Any

from django_scopes import scope

from hostcity.core.models import Act, Edition, PlanRow
from hostcity.plan import Plan


def only(**sheets: tuple[Any, ...]) -> Plan:
    """A plan with these sheets and no others."""
    return Plan(**{"edition": (), "model": ()} | sheets)


def lines(edition: Edition) -> list[tuple[str, str, str, dict[str, Any]]]:
    """The whole ledger."""
    with scope(edition=edition):
        return [(act.verb, act.subject_kind, act.subject_key, act.body) for act in Act.objects.order_by("number")]


def last_act(edition: Edition) -> Act:
    """The latest line."""
    with scope(edition=edition):
        return Act.objects.order_by("-number")[0]


def row(edition: Edition, sheet: str, key: str) -> PlanRow:
    """A stored row."""
    with scope(edition=edition):
        return PlanRow.objects.get(sheet=sheet, key=key)


def keys(edition: Edition, sheet: str) -> list[str]:
    """Keys of a sheet in their order."""
    with scope(edition=edition):
        return list(PlanRow.objects.filter(sheet=sheet).order_by("position", "id").values_list("key", flat=True))
