"""Rows that belong to one edition, and refuse to be read outside of it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django_scopes import ScopedManager


def scoped_manager(queryset: type[models.QuerySet[Any]] = models.QuerySet, **paths: str) -> Any:
    """A manager that raises ``ScopeError`` unless ``scope(edition=…)`` is active, and then shows that edition only."""
    return ScopedManager(**(paths or {"edition": "edition"}), _manager_class=models.Manager.from_queryset(queryset))


class EditionRow(models.Model):
    """A row of one edition."""

    edition = models.ForeignKey("core.Edition", on_delete=models.PROTECT, related_name="+")

    objects = scoped_manager()

    class Meta:
        abstract = True
