"""Rows of every sheet by chance, made from the columns: what hypothesis tries on the plan's forms."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st

from hostcity.plan.columns import Column, columns_of, is_required
from hostcity.plan.plan import SHEETS

#: Texts at which a spreadsheet is likely to lose something.
HARD_TEXTS = (
    "4.10", "007", "1e5", "=1+1", "=SUM(A1:A9)", "@home", "'quoted", '"', "TRUE", "false", "#REF!", "#N/A", "2019-11-06",
    "09:30", "12/1", "_x0041_", "_x005F_x0041_", "__x000D__", "a\nb", "a & b <c>", "]]>", "展厅 5.1", "ﷺ", "🎪", "e\u0301",
    "\u200b", "nan", "inf", "-", "None", "null", "0", "1.0", "+86 21", "{=A1}",
)  # fmt: skip

_CHARACTERS = st.characters(
    exclude_categories=("Cs", "Cc"),
    exclude_characters="\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
_TEXTS = st.one_of(st.sampled_from(HARD_TEXTS), st.text(_CHARACTERS, max_size=20)).map(str.strip)


def codes() -> st.SearchStrategy[str]:
    """Codes as an author may write them, spaces and brackets among them."""
    texts = _TEXTS.map(lambda text: "".join(mark for mark in text if mark not in ";=@\n\t").strip())
    return texts.filter(bool)


def _numbers(column: Column) -> st.SearchStrategy[float]:
    low = -1e300 if column.low is None else column.low
    high = 1e300 if column.high is None else column.high
    return st.floats(low, high, allow_nan=False)


def _integers(column: Column) -> st.SearchStrategy[int]:
    low, high = int(column.low or 0), int(2**60 if column.high is None else column.high)
    # From a spreadsheet every number is a float: larger integers than these it does not tell apart.
    return st.integers(low, high).map(lambda value: int(float(value)) if float(value) <= high else low)


def _clocks(column: Column) -> st.SearchStrategy[float]:
    whole = st.integers(0, 2 * 86_400).map(float)
    return st.one_of(whole, whole.map(lambda second: min(second + 0.1, 172_800.0)), st.floats(0.0, 172_800.0))


def values(column: Column) -> st.SearchStrategy[Any]:
    """Values that a column can hold, but not the empty one."""
    coordinates = st.floats(-1e9, 1e9, allow_nan=False)
    return {
        "code": codes(),
        "text": _TEXTS.filter(
            lambda text: text != "" and len(text) <= (column.most or 200) and (column.has_lines or "\n" not in text)
        ),
        "number": _numbers(column),
        "integer": _integers(column),
        "clock": _clocks(column),
        "date": st.dates(datetime.date(1000, 1, 1)).map(datetime.date.isoformat),
        "flag": st.booleans(),
        "choice": st.sampled_from(column.choices or ("",)),
        "ref": codes(),
        "refs": st.lists(codes(), min_size=1, max_size=4).map(tuple),
        "outline": st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=6).map(tuple),
    }[column.kind]


def rows(sheet: str) -> st.SearchStrategy[Any]:
    """Rows of a sheet; fields with a default are sometimes left to it."""
    row_type = SHEETS[sheet]
    needed, optional = {}, {}
    for name, column in columns_of(row_type).items():
        (needed if is_required(row_type, name) else optional)[name] = values(column)
    return st.fixed_dictionaries(needed, optional=optional).map(lambda fields: row_type(**fields))


def sheets() -> st.SearchStrategy[dict[str, tuple[Any, ...]]]:
    """Every sheet with up to three rows."""
    return st.fixed_dictionaries({name: st.lists(rows(name), max_size=3).map(tuple) for name in SHEETS})
