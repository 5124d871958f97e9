"""What a plan's field is: its kind, unit, range, headings and help.

A field of a row dataclass carries one `Column` in its metadata. Workbook columns, JSON schema, form help and the
reference page are all made from it, so that a new field is written once.
"""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, dataclass, field
from typing import Any, Literal

Kind = Literal["code", "text", "number", "integer", "clock", "date", "flag", "choice", "ref", "refs", "outline"]

#: Python type of a value, by kind. An optional number or clock is ``None`` when empty; an optional text or ref is "".
PYTHON_TYPE: dict[str, type] = {
    "code": str,
    "text": str,
    "number": float,
    "integer": int,
    "clock": float,  # seconds after the day's midnight in the expo's zone; may pass 86400 for the night after
    "date": str,  # ISO 8601
    "flag": bool,
    "choice": str,
    "ref": str,  # the code of a row of another sheet
    "refs": tuple,  # codes
    "outline": tuple,  # ((x_m, y_m), ...), a closed ring without its last point repeated
}

#: Characters that a code, a name or any other text may have where its column says nothing else, by kind.
MOST_CHARACTERS: dict[str, int] = {"code": 60, "ref": 60, "refs": 60, "text": 200}
MOST_OF_A_NOTE = 2_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column of a sheet."""

    kind: Kind
    heading_en: str
    heading_zh: str
    help_en: str
    help_zh: str
    unit: str = "-"
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    sheet: str = ""  # the sheet that a ref or refs points into
    most: int | None = None  # characters of a text, of each code of refs; None = the kind holds no text
    has_lines: bool = False  # a text may have more than one line


def column(
    kind: Kind,
    heading_en: str,
    heading_zh: str,
    help_en: str,
    help_zh: str,
    *,
    unit: str = "-",
    low: float | None = None,
    high: float | None = None,
    choices: tuple[str, ...] = (),
    sheet: str = "",
    most: int | None = None,
    has_lines: bool = False,
    default: Any = MISSING,
) -> Any:
    """Declare a field of a row; a field with a default may be left empty in the workbook.

    ``most`` is for texts that may be longer, or must be shorter, than others of their kind.
    """
    described = Column(
        kind=kind,
        heading_en=heading_en,
        heading_zh=heading_zh,
        help_en=help_en,
        help_zh=help_zh,
        unit=unit,
        low=low,
        high=high,
        choices=choices,
        sheet=sheet,
        most=most or MOST_CHARACTERS.get(kind),
        has_lines=has_lines,
    )
    if default is MISSING:
        return field(metadata={"column": described})
    return field(default=default, metadata={"column": described})


def columns_of(row_type: type) -> dict[str, Column]:
    """The columns of a row dataclass by field name, in order."""
    return {each.name: each.metadata["column"] for each in dataclasses.fields(row_type)}


def default_text(row_type: type, name: str) -> str:
    """What an empty cell means: "" = nothing in particular."""
    default = next(each.default for each in dataclasses.fields(row_type) if each.name == name)
    if default is MISSING or default is None or default in ("", ()):
        return ""
    if isinstance(default, bool):
        return "yes" if default else "no"
    if columns_of(row_type)[name].kind == "clock":
        return f"{int(default // 3600):02d}:{int(default // 60 % 60):02d}"
    return f"{default:g}" if isinstance(default, (int, float)) else str(default)


def is_required(row_type: type, name: str) -> bool:
    """Whether a field has no default, so that its cell may not be empty."""
    return any(each.name == name and each.default is MISSING for each in dataclasses.fields(row_type))
