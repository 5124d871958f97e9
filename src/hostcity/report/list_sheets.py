"""Sheets of workbooks that are lists for people, not plans: headings in both languages, texts that stay texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


def add_sheet(book: Any, name: str, headings: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Add a sheet with headings; a text that begins with = is no formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    heads = []
    for at, heading in enumerate(headings, 1):
        sheet.column_dimensions[get_column_letter(at)].width = 18
        cell = WriteOnlyCell(sheet, heading)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        cell.fill = PatternFill("solid", fgColor="E8EEF4")
        heads.append(cell)
    sheet.append(heads)
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value)
            if isinstance(value, str):
                cell.data_type = "s"  # a name that begins with = is no formula
            cells.append(cell)
        sheet.append(cells)
