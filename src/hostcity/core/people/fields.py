"""What may stand in the fields of a person: one check for forms, imports and programs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from hostcity.core.errors import Refused

USERNAME = re.compile(r"[\w.+-]{2,150}\Z")
PHONE = re.compile(r"\+?[0-9]{5,20}\Z")
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
#: What of an account may be changed.
CHANGEABLE = ("name", "email", "phone", "language")


def cleaned(fields: Mapping[str, Any]) -> dict[str, str]:
    """The fields as they are kept: trimmed, sign-in name and mail in lower case, phone with digits only."""
    found = {name: str(value or "").strip() for name, value in fields.items()}
    for name in ("username", "email"):
        if name in found:
            found[name] = found[name].lower()
    if "phone" in found:
        found["phone"] = plain_phone(found["phone"])
    if "language" in found:
        found["language"] = found["language"] or LANGUAGES[0]
    return found


def problems_of(fields: Mapping[str, str]) -> dict[str, tuple[Any, Any]]:
    """field -> (what is wrong, how to mend it), all at once."""
    found: dict[str, tuple[Any, Any]] = {}
    for name, value in fields.items():
        problem = _CHECKS[name](value)
        if problem:
            found[name] = problem
    return found


def require_sound(fields: Mapping[str, str]) -> None:
    """Raise ``Refused`` for the first field that cannot be kept."""
    for name, (what, mend) in problems_of(fields).items():
        raise Refused(f"person.{name}", what, mend, field=name)


def plain_phone(text: str) -> str:
    """A phone number as it is kept: digits, and the plus sign of a country's code."""
    return unicodedata.normalize("NFKC", text).translate(str.maketrans("", "", " -()."))


def same_phone(phone: str) -> str:
    """What is equal for one telephone however its number is written: without +, 00 and China's 86."""
    digits = phone.removeprefix("+").removeprefix("00")
    return digits[2:] if re.fullmatch(r"861[0-9]{10}", digits) else digits


def notations_of(phone: str) -> list[str]:
    """Every way in which the number of one telephone may be kept."""
    digits = same_phone(phone)
    numbers = [digits, f"86{digits}"] if re.fullmatch(r"1[0-9]{10}", digits) else [digits]
    return [before + number for number in numbers for before in ("", "+", "00")] if digits else []


@lru_cache(maxsize=10_000)  # lists are prepared before they are written
def pinyin_of(name: str) -> str:
    """What finds a Chinese name by Latin letters: syllables together, and their first letters."""
    if not re.search(r"[\u4e00-\u9fff]", name):
        return ""
    from pypinyin import Style, lazy_pinyin  # its dictionaries take a second to load

    return f"{''.join(lazy_pinyin(name))} {''.join(lazy_pinyin(name, style=Style.FIRST_LETTER))}".lower()[:300]


def _username(value: str) -> tuple[Any, Any] | None:
    if USERNAME.match(value):
        return None
    return _("This is no sign-in name."), _("Use 2 to 150 letters, digits, and . + - _")


def _name(value: str) -> tuple[Any, Any] | None:
    if len(value) <= 150 and value.isprintable():
        return None
    return _("The name is too long, or has signs that cannot be printed."), _("Give at most 150 letters.")


def _email(value: str) -> tuple[Any, Any] | None:
    try:
        if value:
            validate_email(value)
    except ValidationError:
        return _("This is no mail address."), _("Give one like name@example.com, or none.")
    return None


def _phone(value: str) -> tuple[Any, Any] | None:
    if not value or PHONE.match(value):
        return None
    return _("This is no phone number."), _("Give digits only, e.g. +8613812345678, or none.")


def _language(value: str) -> tuple[Any, Any] | None:
    if value in LANGUAGES:
        return None
    return _("There are no pages in this language."), _("Give en or zh-hans.")


_CHECKS = {"username": _username, "name": _name, "email": _email, "phone": _phone, "language": _language}
