"""A database that is busy or away for a moment: an answer that says so and when to come again, instead of a fault."""

from __future__ import annotations

import sqlite3

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string

AGAIN_AFTER_S = 5
#: Of PostgreSQL: too many connections, lock and deadlock, statement stopped, server going down or coming up.
PASSING_CLASSES = ("08", "53", "57")
PASSING = ("40001", "40P01", "55P03")
SAID = (
    "database is locked", "lock timeout", "statement timeout", "couldn't get a connection", "connection failed",
    "connection is lost", "server closed the connection", "could not connect",
)  # fmt: skip
#: Of SQLite.
WAITED_IN_VAIN = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_busy(error: BaseException | None) -> bool:
    """Whether an error passes by itself: nothing is wrong with the request, and nothing of it was written."""
    if isinstance(error, InterfaceError):  # the connection was lost
        return True
    if not isinstance(error, OperationalError):
        return False
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in WAITED_IN_VAIN
    state = getattr(cause, "sqlstate", None)
    if state:
        return state in PASSING or state.startswith(PASSING_CLASSES)
    return any(each in str(error) for each in SAID)  # the connection itself failed, and no server said a state


def answer_busy() -> HttpResponse:
    """A page with 503 and Retry-After; it asks the database nothing."""
    answer = HttpResponse(render_to_string("503.html"), status=503)
    answer["Retry-After"] = str(AGAIN_AFTER_S)
    answer["Cache-Control"] = "no-store"
    return answer
