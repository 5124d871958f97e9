"""Values of properties: each kind of value says what is wrong with one, and how to mend it.

Kinds are those of OGC 20-094, page Reference, of which only the beginning could be read: the forms of doors, times of
validity, phones and provinces are those of its examples and of programs that follow it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection
from typing import Any

from hostcity.plan.sentences import Sentence

Wrong = tuple[Sentence, Sentence]
Check = Callable[[Any], Wrong | None]

#: Form of a language tag: en, zh-Hans, pt-BR.
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_WORD = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_PROVINCE = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_PHONE = re.compile(
    r"[+(]?[0-9][0-9 ().+-]{2,}(?:(?:;ext=|x)[0-9]+)?"
)  # wide: no floor plan is refused for a dialing code
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?")
MOST_CHOICES = 12  # listed


def shown(value: Any) -> str:
    """A value as it may be printed, cut."""
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _is(value: Any) -> Sentence:
    return Sentence("is not given.") if value is None else Sentence("is {value}.", value=shown(value))


def one_of(choices: Collection[str]) -> Check:
    """One of a list of words."""
    named = ", ".join(sorted(choices)[:MOST_CHOICES])
    if len(choices) > MOST_CHOICES:
        mend = Sentence("Choose one of IMDF's {count}: {choices}, ...", count=len(choices), choices=named)
    else:
        mend = Sentence("Choose one of: {choices}.", choices=named)
    return lambda value: None if isinstance(value, str) and value in choices else (_is(value), mend)


def some_of(choices: Collection[str]) -> Check:
    """A list of such words."""
    one = one_of(choices)
    mend = Sentence("Write a list of words, or null.")

    def check(value: Any) -> Wrong | None:
        if not isinstance(value, list):
            return _is(value), mend
        return next((wrong for each in value if (wrong := one(each))), None)

    return check


def _matching(form: re.Pattern[str], mend: Sentence) -> Check:
    return lambda value: None if isinstance(value, str) and form.fullmatch(value) else (_is(value), mend)


def text(value: Any) -> Wrong | None:
    """A text that says something."""
    return None if isinstance(value, str) and value.strip() else (_is(value), Sentence("Write a text."))


def labels(value: Any) -> Wrong | None:
    """Texts by language: {"en": ...}."""
    if isinstance(value, dict) and value:
        for language, label in value.items():
            if not LANGUAGE.fullmatch(language) or text(label):
                what = Sentence("says {label} in language {language}.", label=shown(label), language=shown(language))
                return what, Sentence("Write {form}.", form='{"en": "...", "zh-Hans": "..."}')
        return None
    return _is(value), Sentence("Write {form}.", form='{"en": "...", "zh-Hans": "..."}')


def whole(value: Any) -> Wrong | None:
    """A whole number that a floor may have."""
    is_whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) <= 1_000
    return None if is_whole else (_is(value), Sentence("Give a whole number."))


def flag(value: Any) -> Wrong | None:
    """True or false."""
    return None if isinstance(value, bool) else (_is(value), Sentence("Write true or false."))


def is_position(value: Any) -> bool:
    """Whether something is longitude, latitude and perhaps a height."""
    return (
        isinstance(value, list)
        and 2 <= len(value) <= 3
        and all(type(each) in (int, float) and abs(each) <= 1e6 and math.isfinite(each) for each in value)
        and abs(value[0]) <= 180
        and abs(value[1]) <= 90
    )


def point(value: Any) -> Wrong | None:
    """A GeoJSON point."""
    if isinstance(value, dict) and value.get("type") == "Point" and is_position(value.get("coordinates")):
        return None
    return _is(value), Sentence("Write {form}.", form='{"type": "Point", "coordinates": [longitude, latitude]}')


def door(value: Any, types: Collection[str], materials: Collection[str]) -> Wrong | None:
    """Type, whether it opens by itself, material; each may be null."""
    if not isinstance(value, dict):
        return _is(value), Sentence("Write {form}.", form='{"type": "swinging", "automatic": false, "material": null}')
    for name, check in (("type", one_of(types)), ("automatic", flag), ("material", one_of(materials))):
        if value.get(name) is not None and (wrong := check(value[name])):
            return wrong
    return None


def feature_object(value: Any) -> Wrong | None:
    """A reference of a relationship: {"id": ..., "feature_type": ...}."""
    if isinstance(value, dict) and isinstance(value.get("id"), str) and isinstance(value.get("feature_type"), str):
        return None
    return _is(value), Sentence("Write {form}.", form='{"id": "...", "feature_type": "unit"}')


def feature_objects(value: Any) -> Wrong | None:
    """A list of such references."""
    if isinstance(value, list) and value:
        return next((wrong for each in value if (wrong := feature_object(each))), None)
    return _is(value), Sentence("Write a list, or null.")


def reference(value: Any) -> Wrong | None:
    """The id of another feature."""
    return None if isinstance(value, str) and value else (_is(value), Sentence("Give the id of a feature."))


def references(value: Any) -> Wrong | None:
    """A list of such ids, at least one."""
    if isinstance(value, list) and value:
        return next((wrong for each in value if (wrong := reference(each))), None)
    return _is(value), Sentence("Give a list of ids of features.")


def validity(value: Any) -> Wrong | None:
    """Start, end and when that was changed, each a time or null."""
    if not isinstance(value, dict):
        return _is(value), Sentence("Write {form}.", form='{"start": "2026-11-05T09:00:00+08:00", "end": null}')
    return next(
        (
            wrong
            for name in ("start", "end", "modified")
            if value.get(name) is not None and (wrong := date_time(value[name]))
        ),
        None,
    )


#: The standard knows 1.0.0 only; archives that were made while it was drafted say 1.0.0.beta.2 and the like.
version = _matching(re.compile(r"1\.0\.0(?:[.-][0-9A-Za-z.-]+)?"), Sentence("Write {form}.", form="1.0.0"))
word = _matching(_WORD, Sentence("Write a category of the standard: small letters and dots."))
uuid = _matching(UUID, Sentence("Give a UUID, such as {form}.", form="6b1f3c0e-0d0a-5a55-9c3e-2f1d6a7b8c9d"))
country = _matching(_COUNTRY, Sentence("Give the ISO 3166 code of two capital letters."))
province = _matching(_PROVINCE, Sentence("Give an ISO 3166-2 code, such as CN-SH, or null."))
phone = _matching(_PHONE, Sentence("Write it as +86 21 1234 5678, or null."))
website = _matching(re.compile(r"https?://\S+"), Sentence("Write an address that begins with https://, or null."))
date_time = _matching(_DATE_TIME, Sentence("Write a time such as {form}.", form="2026-11-05T00:00:00Z"))
language = _matching(LANGUAGE, Sentence("Write a language tag, such as en or zh-Hans."))
