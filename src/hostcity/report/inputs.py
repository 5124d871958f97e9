"""Every figure that the plan puts in, with how well it is known."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from hostcity.plan.cells import write_cell
from hostcity.plan.columns import Column, columns_of
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.provenance import provenance_of
from hostcity.plan.rows import Provenance
from hostcity.plan.sentences import Choice
from hostcity.report.words import Both, in_both

#: Sheets that speak about the plan's figures rather than hold some.
ABOUT = ("sources", "provenance", "reported")
#: Kinds of column that hold a figure, and not a name or a reference.
FIGURES = ("number", "integer", "clock", "flag", "choice")
SHOWN_VALUES = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Input:
    """The figures of one field that share what is known of them."""

    sheet: str
    figure: str  # SHEET.KEY.FIELD; * stands for every key
    field: Column
    count: int  # figures spoken of
    values: str
    mark: str
    known: Provenance | None  # None = no row speaks of it, so that it counts as assumed


def inputs_of(plan: Plan) -> tuple[Input, ...]:
    """All figures of the plan, grouped by field and by the row of sheet provenance that speaks of them."""
    found = []
    for sheet, rows in plan.sheets():
        if sheet in ABOUT:
            continue
        mini = _only(plan, sheet)
        for name, column in columns_of(SHEETS[sheet]).items():
            if column.kind in FIGURES and name != "code":
                found.extend(_of_field(mini, sheet, name, column, rows))
    return tuple(found)


def _only(plan: Plan, sheet: str) -> Plan:
    """The plan with no provenance but what speaks of a sheet, so that looking it up stays quick."""
    return dataclasses.replace(
        plan, provenance=tuple(row for row in plan.provenance if row.figure.startswith(f"{sheet}."))
    )


def _of_field(plan: Plan, sheet: str, name: str, column: Column, rows: tuple[Any, ...]) -> list[Input]:
    groups: dict[str, tuple[Provenance | None, list[Any]]] = {}
    for row in rows:
        value = getattr(row, name)
        if value is None or value == "":
            continue
        known = provenance_of(plan, sheet, row.code, name)
        groups.setdefault(known.code if known else "", (known, []))[1].append((row.code, value))
    return [
        Input(
            sheet=sheet,
            figure=_figure(sheet, name, known, pairs),
            field=column,
            count=len(pairs),
            values=_values(column, [value for _, value in pairs]),
            mark=known.mark if known else "assumed",
            known=known,
        )
        for known, pairs in groups.values()
    ]


def _figure(sheet: str, name: str, known: Provenance | None, pairs: list[Any]) -> str:
    if len(pairs) == 1:
        return f"{sheet}.{pairs[0][0]}.{name}"
    if known is None:
        return f"{sheet}.*.{name}"
    return f"{known.figure.removesuffix('.*')}.{name}" if known.figure.endswith(".*") else known.figure


def _values(column: Column, values: list[Any]) -> str:
    """Each different value, or the range of many."""
    different = sorted(set(values))
    if len(different) <= SHOWN_VALUES or column.kind in ("choice", "flag"):
        return ", ".join(_value(column, value) for value in different)
    return f"{_value(column, different[0])} – {_value(column, different[-1])}"


def shown_values(each: Input) -> Both:
    """The values of an input as a person reads them, choices in words."""
    if each.field.kind not in ("choice", "flag"):
        return Both(each.values, each.values)
    words = [in_both(Choice(value)) for value in each.values.split(", ")]
    return Both(each.values, "、".join(word.zh for word in words))


def _value(column: Column, value: Any) -> str:
    text = write_cell(column, value)
    return f"{text:g}" if isinstance(text, float) and abs(text) < 1e6 else str(text)
