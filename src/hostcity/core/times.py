"""Dates and times of long lists. Django writes one in twenty times as many steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.dateformat import DateFormat
from django.utils.formats import get_format
from django.utils.translation import get_language

#: What a letter of a format stands for; the names of months are Django's.
LETTERS: dict[str, Callable[[datetime], str]] = {
    "Y": lambda at: f"{at.year:04}",
    "m": lambda at: f"{at.month:02}",
    "n": lambda at: str(at.month),
    "d": lambda at: f"{at.day:02}",
    "j": lambda at: str(at.day),
    "H": lambda at: f"{at.hour:02}",
    "i": lambda at: f"{at.minute:02}",
    "M": lambda at: _month("M", at.month, get_language()),
    "F": lambda at: _month("F", at.month, get_language()),
}


@lru_cache(maxsize=256)
def _month(letter: str, month: int, _language: str | None) -> str:
    """Its name in the language of the reader, which is part of the key."""
    return str(getattr(DateFormat(datetime(2000, month, 1)), letter)())


def written(at: datetime, form: str = "SHORT_DATETIME_FORMAT") -> str:
    """A time in the zone and the format of the moment, as the filter ``date`` writes it."""
    return writer(form)(at)


def writer(form: str = "SHORT_DATETIME_FORMAT") -> Callable[[datetime], str]:
    """`written` for many times: zone and format are those of this moment."""
    zone, parts = timezone.get_current_timezone(), _parts_of(get_format(form))

    def write(at: datetime) -> str:
        local = at.astimezone(zone)
        return "".join([each if isinstance(each, str) else each(local) for each in parts])

    return write


@lru_cache(maxsize=64)
def _parts_of(form: str) -> tuple[str | Callable[[datetime], str], ...]:
    unknown = [each for each in form if (each.isascii() and each.isalpha() and each not in LETTERS) or each == "\\"]
    if unknown:
        raise ValueError(f"{form!r}: {unknown[0]!r} is no letter that times are written with here")
    return tuple(LETTERS.get(each, each) for each in form)
