"""The code of a post, which changes every 30 s: who knows it is there, or was a moment ago.

Nothing of it is stored: it is an HMAC (RFC 2104) over post, day, band and the number of the time step, keyed with a secret
of the edition that is derived from the site's. Truncated as RFC 4226, section 5.3, does it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core import signing
from django.utils.crypto import salted_hmac

from hostcity.core.models import Edition, Person
from hostcity.volunteers.duty.cells import Cell

STEP_S = 30
DIGITS = 6
STEPS_TAKEN = (0, 1)  # how many steps ago: of now, and the one before, for who types slowly
STEPS_KNOWN = 20  # so long ago a code is told to be expired rather than wrong
SCANNED_LASTS_S = 300  # between opening what was scanned and tapping the button
SALT = "hostcity.duty"


def step_of(now: datetime) -> int:
    """Number of the time step."""
    return int(now.timestamp()) // STEP_S


def step_ends_s(now: datetime) -> int:
    """Seconds until the next one."""
    return STEP_S - int(now.timestamp()) % STEP_S


def secret_of(edition: Edition) -> bytes:
    """The key of an edition's codes."""
    return salted_hmac(f"{SALT}.secret", str(edition.pk), algorithm="sha256").digest()


def code_of(secret: bytes, cell: Cell, step: int) -> str:
    """The digits that a cell shows in a time step."""
    said = json.dumps([*cell, step], ensure_ascii=False).encode()
    digest = hmac.new(secret, said, hashlib.sha256).digest()
    at = digest[-1] & 15
    number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def age_of(code: str, secret: bytes, cell: Cell, step: int, ages: Iterable[int]) -> int | None:
    """How many steps ago (one of ``ages``) this was the code of a cell; None = it was not."""
    return next((age for age in ages if hmac.compare_digest(code, code_of(secret, cell, step - age))), None)


def token_of(edition: Edition, cell: Cell, step: int) -> str:
    """What the picture for phones says in a time step, instead of digits."""
    return signing.Signer(salt=f"{SALT}.token").sign_object([edition.pk, *cell, step])


def read_token(edition: Edition, token: str) -> tuple[Cell, int] | None:
    """Cell and time step of what was scanned; None = it is none of ours."""
    found = _unsigned(f"{SALT}.token", token)
    return (Cell(*found[1:4]), found[4]) if found and found[0] == edition.pk else None


def scanned_of(edition: Edition, cell: Cell, by: Person, now: datetime) -> str:
    """For the form of who opened a token in time: the button may be tapped a little later, by the same person."""
    said = [edition.pk, *cell, by.code, int(now.timestamp())]
    return signing.Signer(salt=f"{SALT}.scanned").sign_object(said)


def read_scanned(edition: Edition, scanned: str, by: Person) -> tuple[Cell, int] | None:
    """Cell and time of opening (seconds of the epoch); None = it is none of ours, or somebody else's."""
    found = _unsigned(f"{SALT}.scanned", scanned)
    is_theirs = found and found[0] == edition.pk and found[4] == by.code
    return (Cell(*found[1:4]), found[5]) if found and is_theirs else None


def _unsigned(salt: str, value: str) -> list[Any] | None:
    try:
        found: list[Any] = signing.Signer(salt=salt).unsign_object(value)
    except (signing.BadSignature, ValueError):
        return None
    return found
