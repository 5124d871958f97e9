"""What is kept of an applicant's code, and by what two applications of one person are found: keyed hashes."""

from __future__ import annotations

import unicodedata

from django.utils.crypto import salted_hmac

from hostcity.core.models import Edition
from hostcity.core.people.fields import same_phone


def hash_of_code(code: str) -> str:
    """What is kept of the code with which an applicant sees their application: over its letters alone."""
    letters = "".join(each for each in code.upper() if each.isalnum())
    return salted_hmac("hostcity.joining-code", letters, algorithm="sha256").hexdigest()


def phone_key(edition: Edition, phone: str) -> str:
    """Equal for one telephone, however its number is written; "" = there is none."""
    return _key(edition, "phone", same_phone(phone)) if phone else ""


def name_key(edition: Edition, name: str, where: str) -> str:
    """Equal for one name at one campus, or university, however its letters and spaces are written."""
    plain = "".join(unicodedata.normalize("NFKC", name).casefold().split())
    place = "".join(unicodedata.normalize("NFKC", where).casefold().split())
    return _key(edition, "name", f"{plain}\n{place}") if plain else ""


def _key(edition: Edition, kind: str, value: str) -> str:
    return salted_hmac("hostcity.joining-same", f"{edition.pk}\n{kind}\n{value}", algorithm="sha256").hexdigest()
