"""One cell: from what a spreadsheet or JSON holds to the value of a field, and back without loss."""

from __future__ import annotations

import datetime
import difflib
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hostcity.plan.characters import odd_character
from hostcity.plan.columns import Column
from hostcity.plan.sentences import Sentence, Unit

MOST_NIGHTS = 2  # after the day, to which a clock may run
MOST_PLAIN = 1e15  # larger numbers are written with an exponent
MOST_CHARACTERS = 32_767  # that a spreadsheet keeps in a cell; the rest would be lost without a word
#: Characters that XML, and so a workbook, cannot hold: controls, halves of a pair, and two that are no characters.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MOST_TOLD = 60  # characters of a wrong value that are told
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d(?:\.\d+)?))?")
_TRUE = {"yes", "true", "1", "y", "是"}
_FALSE = {"no", "false", "0", "n", "否"}


class CellError(ValueError):
    """A cell that cannot be read: what is wrong, how to mend it, and the last part of the problem's code."""

    def __init__(self, what: Sentence, mend: Sentence, kind: str) -> None:
        super().__init__(what)
        self.what, self.mend, self.kind = what, mend, kind


def is_empty(raw: Any) -> bool:
    """Whether a cell says nothing."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def read_cell(column: Column, raw: Any) -> Any:
    """The value of a cell that is not empty. Raises CellError."""
    value = _READERS[column.kind](raw)
    wrong = wrong_text(column, value)
    if wrong:
        raise CellError(*wrong)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        _check_range(column, value)
    if column.kind == "choice" and value not in column.choices:
        raise CellError(_is(repr(value[:MOST_TOLD])), _choose(value[:MOST_TOLD], column), "choice")
    return value


def wrong_text(column: Column, value: Any) -> tuple[Sentence, Sentence, str] | None:
    """What is wrong with a text, how to mend it, and the last part of the problem's code; None when nothing is."""
    if column.most is None:
        return None
    for text in value if isinstance(value, tuple) else (value,):
        if odd := odd_character(text, has_lines=column.has_lines):
            what = Sentence("holds the character {character}, which a text here must not.", character=odd)
            return what, Sentence("Remove it."), "character"
        if len(text) > column.most:
            what = Sentence("has {count:,} characters.", count=len(text))
            return what, Sentence("Give at most {most:,}.", most=column.most), "length"
    return None


def _is(value: str) -> Sentence:
    return Sentence("is {value}.", value=value)


def _choose(value: str, column: Column) -> Sentence:
    choices = ", ".join(column.choices)
    near = difflib.get_close_matches(value.lower(), column.choices, 1)
    if near:
        return Sentence("Choose one of: {choices}. Did you mean {near}?", choices=choices, near=near[0])
    return Sentence("Choose one of: {choices}.", choices=choices)


def write_cell(column: Column, value: Any) -> Any:
    """What to put into a cell for a value; None leaves it empty."""
    if value is None or (value == "" and column.kind != "code") or value == ():
        return None
    if column.kind == "clock":
        return clock_text(value)
    if column.kind == "flag":
        return "yes" if value else "no"
    if column.kind == "outline":
        return _outline_text(value)
    if isinstance(value, tuple):
        return "; ".join(value)
    return value


def clock_text(seconds: float) -> str:
    """Seconds after midnight as HH:MM, HH:MM:SS or with as many decimals as it takes."""
    whole = math.floor(seconds)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    text = f"{hours:02d}:{minutes:02d}"
    if seconds != whole:
        return f"{text}:{_seconds_text(seconds - whole + rest, whole - rest)}"
    return f"{text}:{rest:02d}" if rest else text


def _seconds_text(within_s: float, minutes_s: int) -> str:
    """SS.ddd with as few decimals as bring the same time back when the minutes are added again."""
    for decimals in range(1, 17):
        text = f"{within_s:0{decimals + 3}.{decimals}f}"
        if minutes_s + float(text) == minutes_s + within_s:
            return text
    seconds, _, decimals_text = format(Decimal(repr(within_s)), "f").partition(".")
    return f"{int(seconds):02d}.{decimals_text}"


def clock_seconds(text: str) -> float:
    """HH:MM, HH:MM:SS or with decimals as seconds after midnight. Raises CellError."""
    return _clock(text)


def _check_range(column: Column, value: float) -> None:
    outside = outside_range(column, value)
    if outside:
        raise CellError(*outside, "range")


def outside_range(column: Column, value: float) -> tuple[Sentence, Sentence] | None:
    """What is wrong with a value outside its column's range, and how to mend it; None when it is inside."""
    if column.low is not None and value < column.low:
        return _is(_measured(column, value)), Sentence("Give at least {least}.", least=_measured(column, column.low))
    if column.high is not None and value > column.high:
        return _is(_measured(column, value)), Sentence("Give at most {most}.", most=_measured(column, column.high))
    return None


def _measured(column: Column, value: float) -> str:
    """A value with its unit."""
    if column.kind == "clock":
        return clock_text(value) if value >= 0 else f"-{clock_text(-value)}"
    if column.unit == "-":
        return number_text(value)
    return Sentence("{value} {unit}", value=number_text(value), unit=Unit(column.unit))


def number_text(value: float) -> str:
    """A number with all its digits, so that 5,000,001 is not told as more than 5,000,000 by "5e+06"."""
    is_count = value == math.floor(value) and abs(value) < MOST_PLAIN
    return f"{int(value):,}" if is_count else f"{value:,}"


def _text(raw: Any) -> str:
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, (list, tuple, dict)) or (isinstance(raw, float) and not math.isfinite(raw)):
        raise CellError(_is(str(raw)[:40]), Sentence("Write a text."), "text")
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))  # a spreadsheet turns the code 3 into 3.0
    if isinstance(raw, (datetime.date, datetime.time)):
        return raw.isoformat()
    text = str(raw).replace("\r\n", "\n").replace("\r", "\n").strip()  # as XML reads line ends
    if no_character := _NO_CHARACTER.search(text):
        what = Sentence(
            "holds the character {character}, which a workbook cannot hold.", character=f"U+{ord(no_character[0]):04X}"
        )
        raise CellError(what, Sentence("Remove it."), "character")
    return text


def _check_length(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        what = Sentence("has {count:,} characters.", count=len(text))
        raise CellError(what, Sentence("Give at most {most:,}.", most=MOST_CHARACTERS), "length")


def _code(raw: Any) -> str:
    code = _text(raw)
    if any(mark in code for mark in ";=@\n\t") or code != code.strip():
        raise CellError(_is(repr(code[:MOST_TOLD])), Sentence("Use a code without ; = @ or line breaks."), "code")
    return code


def _number(raw: Any) -> float:
    if isinstance(raw, (bool, datetime.date, datetime.time, datetime.timedelta)):
        raise CellError(_is(str(raw)), Sentence("Write a plain number."), "number")
    try:
        if isinstance(raw, str) and "_" in raw:  # Python's own thousands separator
            raise ValueError
        value = float(raw.strip().replace("\u2212", "-")) if isinstance(raw, str) else float(raw)
    except (TypeError, ValueError, OverflowError):
        mend = Sentence("Write a plain number, without unit or thousands separator.")
        raise CellError(_is(repr(str(raw)[:40])), mend, "number") from None
    if not math.isfinite(value):
        raise CellError(_is(str(value)), Sentence("Write a finite number."), "number")
    return value


def _integer(raw: Any) -> int:
    value = _number(raw)
    if value != math.floor(value):
        raise CellError(_is(number_text(value)), Sentence("Write a whole number."), "integer")
    return int(value)


def _clock(raw: Any) -> float:
    if isinstance(raw, datetime.datetime):  # spreadsheets show times past midnight as dates of 1899 and 1900
        days = (raw.date() - datetime.date(1899, 12, 31)).days
        if days > MOST_NIGHTS:
            what = Sentence("is a date with a time, {value}.", value=raw.isoformat(" ", "minutes"))
            raise CellError(what, Sentence("Write the time of day only, as HH:MM."), "clock")
        return max(days, 0) * 86_400.0 + raw.hour * 3600 + raw.minute * 60 + raw.second + raw.microsecond / 1e6
    if isinstance(raw, datetime.time):
        return raw.hour * 3600 + raw.minute * 60 + raw.second + raw.microsecond / 1e6
    if isinstance(raw, datetime.timedelta):
        return raw.total_seconds()
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and 0 <= raw < 1:
        return round(
            float(raw) * 86_400.0, 3
        )  # a time cell without a time format: a share of a day, rounded by its program
    match = _CLOCK.fullmatch(str(raw).strip())
    if not match:
        mend = Sentence("Write a time as HH:MM, e.g. 09:30; 25:30 is half past one at night.")
        raise CellError(_is(repr(str(raw)[:40])), mend, "clock")
    return int(match[1]) * 3600 + int(match[2]) * 60 + float(match[3] or 0)


def _date(raw: Any) -> str:
    if isinstance(raw, datetime.datetime):
        return raw.date().isoformat()
    try:
        return datetime.date.fromisoformat(_text(raw)).isoformat()
    except ValueError:
        raise CellError(_is(repr(str(raw)[:40])), Sentence("Write a date as YYYY-MM-DD."), "date") from None


def _flag(raw: Any) -> bool:
    word = _text(raw).lower()
    if word not in _TRUE | _FALSE:
        raise CellError(_is(repr(word[:40])), Sentence("Write yes or no (是 or 否)."), "flag")
    return word in _TRUE


def _refs(raw: Any) -> tuple[str, ...]:
    parts = raw if isinstance(raw, (list, tuple)) else _text(raw).split(";")
    codes = tuple(_code(part) for part in parts if not is_empty(part))
    _check_length("; ".join(codes))
    return codes


def _outline(raw: Any) -> tuple[tuple[float, float], ...]:
    pairs = raw if isinstance(raw, (list, tuple)) else [part.split(",") for part in str(raw).split(";") if part.strip()]
    try:
        points = tuple(_corner(pair) for pair in pairs)
    except (TypeError, ValueError, OverflowError):
        mend = Sentence("Write corners as x,y; x,y; ... in meters.")
        raise CellError(_is(repr(str(raw)[:40])), mend, "outline") from None
    _check_length(_outline_text(points))
    return points


def _corner(pair: Any) -> tuple[float, float]:
    if not isinstance(pair, (list, tuple)):
        raise TypeError
    x, y = (_number(each) for each in pair)
    return x, y


def _outline_text(points: tuple[tuple[float, float], ...]) -> str:
    return "; ".join(f"{x!r},{y!r}" for x, y in points)


_READERS: dict[str, Callable[[Any], Any]] = {
    "code": _code,
    "text": _text,
    "number": _number,
    "integer": _integer,
    "clock": _clock,
    "date": _date,
    "flag": _flag,
    "choice": _text,
    "ref": _code,
    "refs": _refs,
    "outline": _outline,
}
