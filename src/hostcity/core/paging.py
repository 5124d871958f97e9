"""Pages of a list by its last row's place in the order, so that nothing is lost or told twice when rows come in between."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hostcity.core.errors import Refused

M = TypeVar("M", bound=Model)
MOST = 200  # rows of a page
SALT = "hostcity.page"


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Some rows of a list. ``next`` is what to ask the next page with; "" = there is none."""

    rows: list[M]
    next: str = ""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the order."""

    path: str
    field: Field[Any, Any]
    is_descending: bool


def keyset_page(rows: QuerySet[M], *, order: Sequence[str], after: str = "", size: int = 50) -> Page[M]:
    """The page of ``rows`` that follows ``after``, in one query.

    ``order`` names columns as ``order_by`` does, each ascending or ("-") descending; the primary key is added where none
    of them is unique. Columns that may be null have no place in an order: ValueError. Raises ``Refused`` [page.cursor]
    for an ``after`` that no page of this list gave, [page.size] for a size that is not 1 to 200.
    """
    if not 1 <= size <= MOST:
        raise Refused(
            "page.size", _("A page has 1 to {most} rows.").format(most=MOST), _("Ask for fewer."), field="size"
        )
    columns = _columns_of(rows.model, tuple(order))
    salt = _salt_of(rows.model, columns)
    if after:
        rows = rows.filter(_behind(columns, _values_in(after, columns, salt)))
    found = list(rows.order_by(*(f"-{each.path}" if each.is_descending else each.path for each in columns))[: size + 1])
    if len(found) <= size:
        return Page(found)
    last = found[size - 1]
    values = [_plain(_value_of(last, each.path)) for each in columns]
    return Page(found[:size], signing.Signer(salt=salt).sign_object(values))


def _columns_of(model: type[Model], order: tuple[str, ...]) -> list[_Column]:
    columns = [_column(model, each.removeprefix("-"), each.startswith("-")) for each in order]
    if not any(each.field.unique and "__" not in each.path for each in columns):
        columns.append(_column(model, "pk", bool(columns) and columns[-1].is_descending))
    return columns


def _column(model: type[Model], path: str, is_descending: bool) -> _Column:
    """The field at the end of a path. Raises ValueError for what may be null or is not a column."""
    of: type[Model] | None = model
    field: Any = None
    for name in path.split("__"):
        try:
            field = of._meta.pk if name == "pk" else of._meta.get_field(name)  # type: ignore[union-attr]
        except (FieldDoesNotExist, AttributeError):
            raise ValueError(f"{path} is not a column of {model.__name__}") from None
        if not field.concrete or field.null:
            raise ValueError(f"{path} of {model.__name__} may be null or is not a column: nothing can be ordered by it")
        of = field.related_model
    return _Column(path, field, is_descending)


def _salt_of(model: type[Model], columns: Sequence[_Column]) -> str:
    said = f"{model._meta.label} {[(each.path, each.is_descending) for each in columns]}"
    return f"{SALT}.{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def _values_in(after: str, columns: Sequence[_Column], salt: str) -> list[Any]:
    """What a cursor says. Its signature holds for one list and one order only."""
    try:
        values = signing.Signer(salt=salt).unsign_object(after)
        return [each.field.to_python(value) for each, value in zip(columns, values, strict=True)]
    except (signing.BadSignature, ValidationError, ValueError, TypeError):
        raise Refused(
            "page.cursor",
            _("This is not where a page of this list ended."),
            _("Begin with the first page again, and give back what it says, unchanged."),
            field="after",
        ) from None


def _behind(columns: Sequence[_Column], values: Sequence[Any]) -> Q:
    """Whatever comes later in the order; the first column also on its own, for the sake of its index."""
    behind = Q(pk__in=[])
    same = Q()
    for each, value in zip(columns, values, strict=True):
        behind |= same & Q(**{f"{each.path}__{'lt' if each.is_descending else 'gt'}": value})
        same &= Q(**{each.path: value})
    first = columns[0]
    return Q(**{f"{first.path}__{'lte' if first.is_descending else 'gte'}": values[0]}) & behind


def _value_of(row: Any, path: str) -> Any:
    if isinstance(row, Mapping):
        return row[path]
    for name in path.split("__"):
        row = getattr(row, name)
    return row.pk if isinstance(row, Model) else row


def _plain(value: Any) -> Any:
    if isinstance(value, str | int | float):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
