"""Row 2 of a sheet: the headings of its columns, or a row of data that slipped into their place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from hostcity.plan.cells import CellError, is_empty, read_cell
from hostcity.plan.columns import Column

_UNIT = re.compile(r"\s*\[[^\[\]]*\]\s*$")
_ANY_TEXT = ("text", "code", "ref", "refs")  # kinds whose cells may hold any word, a heading too


def holds_data(columns: Mapping[str, Column], fields: Sequence[str], cells: Sequence[Any]) -> bool:
    """Whether row 2 is a row of data: no cell says what its column is called, and most can be read as values.

    Headings in another language are headings: "Breite" is no number. In a sheet of texts alone nothing tells the two
    apart but the names of the columns.
    """
    named = [(columns[name], cell) for name, cell in zip(fields, cells, strict=False) if name in columns]
    said = [(column, cell) for column, cell in named if not is_empty(cell)]
    if not said or any(_is_heading(column, cell) for column, cell in said):
        return False
    typed = [_is_value(column, cell) for column, cell in said if column.kind not in _ANY_TEXT]
    return 2 * sum(typed) >= len(typed)


def _is_heading(column: Column, cell: Any) -> bool:
    text = str(cell).strip()
    bare = _UNIT.sub("", text)
    names = (column.heading_en, column.heading_zh, f"{column.heading_en} {column.heading_zh}")
    return bare.casefold() in (name.casefold() for name in names) or (bare != text and column.kind not in _ANY_TEXT)


def _is_value(column: Column, cell: Any) -> bool:
    try:
        read_cell(column, cell)
    except CellError:
        return False
    return True
