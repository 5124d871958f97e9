"""Rows that all tests of a module find: made once, in one transaction, of which each test undoes what it did itself.

A module takes part by ``db`` from `undone`, and fixtures of scope "module" that ask for ``module_db``; its tests have no
mark ``django_db``, for pytest-django would close the connection after each.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is undone in the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def opened(blocker: Any) -> Iterator[None]:
    """The database may be asked; whatever is written inside is undone in the end."""
    with blocker.unblock(), undone():
        yield
