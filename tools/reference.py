"""Write docs/reference/plan.md from the plan's columns: `python tools/reference.py`."""

from __future__ import annotations

import inspect
from pathlib import Path

from hostcity.plan.columns import Column, columns_of, default_text, is_required
from hostcity.plan.plan import SHEETS

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "plan.md"
HEAD = """# The plan, sheet by sheet

Made by `python tools/reference.py` from `src/hostcity/plan/rows/`: change the fields there, not here.

A plan is an Excel workbook (or the same as JSON, `hostcity convert`). Row 1 of a sheet names the fields, row 2 explains
them with their units, rows begin in row 3. Clocks are written HH:MM in the expo's time zone; 25:30 is half past one in
the night after. Fields in **bold** must be filled in.
"""


def reference() -> str:
    """The page."""
    return HEAD + "".join(_sheet(name, row_type) for name, row_type in SHEETS.items())


def _sheet(name: str, row_type: type) -> str:
    lines = [
        f"\n## {name}\n",
        f"{_described(row_type)}\n",
        "| field | 名称 | kind | range | empty = | meaning | 含义 |",
        "|---|---|---|---|---|---|---|",
    ]
    for field, column in columns_of(row_type).items():
        shown = f"**`{field}`**" if is_required(row_type, field) else f"`{field}`"
        cells = [
            shown, column.heading_zh, _kind(column), _range(column), default_text(row_type, field), column.help_en, column.help_zh,
        ]  # fmt: skip
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _described(row_type: type) -> str:
    """The docstring; a table in it keeps its columns."""
    text, _, table = (inspect.getdoc(row_type) or "").partition("\n\n====")
    text = text.replace("``", "`")
    return f"{text}\n\n```text\n===={table}\n```" if table else text


def _kind(column: Column) -> str:
    if column.kind in ("ref", "refs"):
        return f"code{'s' if column.kind == 'refs' else ''} of {column.sheet or 'several sheets'}"
    if column.kind == "choice":
        return ", ".join(column.choices)
    unit = "" if column.unit in ("-", "HH:MM") else f" [{column.unit}]"
    return f"{column.kind}{unit}"


def _range(column: Column) -> str:
    if column.kind in ("code", "text"):
        return f"≤ {column.most:,} characters"
    if column.kind == "clock" or (column.low is None and column.high is None):
        return ""
    if column.high is None:
        return f"≥ {column.low:g}"
    return f"{column.low:g} … {column.high:,g}" if column.low is not None else f"≤ {column.high:,g}"


if __name__ == "__main__":
    PAGE.write_text(reference(), "utf-8")
    print(PAGE)
