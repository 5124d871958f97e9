"""What every answer has, what the log says, and what it does not say."""

import json
import logging
import re
import sqlite3

import psycopg
import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from hostcity.core.busy import is_busy
from hostcity.core.models.people import Role
from hostcity.site.operations import logs
from hostcity.site.urls import urlpatterns as usual
from tests import people

pytestmark = pytest.mark.django_db


def raised(error: Exception, cause: Exception | None) -> Exception:
    error.__cause__ = cause
    return error


def of_sqlite(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("some words")
    error.sqlite_errorcode = code
    return error


class Trouble:
    """What the pages of these tests raise."""

    now: Exception = RuntimeError("none")


@login_not_required
def broken(request):
    raise Trouble.now


def plain(request):
    return HttpResponse("plain")


urlpatterns = [path("broken/", broken), path("plain/", plain), *usual]
handler500 = "hostcity.site.operations.views.server_error"


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


BUSY = [
    raised(OperationalError("database is locked"), of_sqlite(sqlite3.SQLITE_BUSY)),
    raised(OperationalError("x"), of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT)),
    raised(OperationalError("x"), psycopg.errors.LockNotAvailable()),
    raised(OperationalError("x"), psycopg.errors.QueryCanceled()),
    raised(OperationalError("x"), psycopg.errors.AdminShutdown()),
    raised(OperationalError("connection failed: refused"), psycopg.OperationalError("connection failed: refused")),
    raised(InterfaceError("connection already closed"), None),
]
FAULTS = [
    raised(OperationalError("no such table: x"), of_sqlite(sqlite3.SQLITE_ERROR)),
    raised(OperationalError("disk I/O error"), of_sqlite(sqlite3.SQLITE_IOERR)),
    raised(IntegrityError("duplicate key of zhang-san"), psycopg.errors.UniqueViolation()),
    ValueError("database is locked"),
]


@pytest.mark.parametrize("error", BUSY, ids=str)
@pytest.mark.urls("tests.site.test_operations")
def test_a_busy_database_is_told_as_such(client, error):
    assert is_busy(error)
    Trouble.now = error
    answer = client.get("/broken/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("error", FAULTS, ids=str)
@pytest.mark.urls("tests.site.test_operations")
def test_a_fault_is_told_without_its_words(client, error):
    assert not is_busy(error)
    Trouble.now = error
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert str(error) not in answer.content.decode()
    assert answer.headers["X-Request-ID"]


def test_health_needs_nobody_and_is_not_kept(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert client.post("/healthz").status_code in (403, 405)


def test_health_asks_the_database_one_thing(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/healthz")


def test_health_without_a_database(client, monkeypatch):
    def gone():
        raise OperationalError("connection failed")

    monkeypatch.setattr("hostcity.site.operations.views.connection.cursor", gone)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "no database"})


# Headers


def test_headers_of_a_page_of_somebody_signed_in():
    edition = people.edition()
    answer = people.signed_in(people.person(Role.PLANNER, edition)).get(f"/e/{edition.code}/")
    assert answer.status_code == 200
    policy = answer.headers["Content-Security-Policy"]
    nonce = re.search(r"script-src [^;]*'nonce-([\w+/=-]{16,})'", policy)
    assert nonce or "script-src 'self'" in policy  # Django's nonce is written only where a page uses it
    assert "unsafe" not in policy
    for wanted in (
        "default-src 'none'",
        "frame-ancestors 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
    ):
        assert wanted in policy
    assert re.search(r"https?:|\*", policy) is None  # no other host
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert (
        answer.headers["Cross-Origin-Opener-Policy"] == answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    )
    assert answer.headers["Permissions-Policy"].startswith("camera=()")
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_page_of_signing_in_is_not_kept(client):
    answer = client.get("/accounts/login/")
    assert answer.status_code == 200
    assert re.search("no-store|no-cache", answer.headers["Cache-Control"])


@pytest.mark.urls("tests.site.test_operations")
def test_every_page_has_a_number_that_strangers_cannot_choose(client, settings):
    first, second = (client.get("/healthz", headers={"X-Request-ID": "chosen-by-me"}) for _ in range(2))
    assert re.fullmatch(r"[0-9a-f]{32}", first.headers["X-Request-ID"])
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]


# The log


@pytest.fixture
def lines():
    """What the log says, a dictionary per line, through its own formatter."""
    kept: list[str] = []

    class Keeper(logging.Handler):
        def emit(self, record):
            kept.append(self.format(record))

    keeper = Keeper()
    keeper.setFormatter(logs.json_formatter())
    root, ours = logging.getLogger(), logging.getLogger("hostcity")
    level = ours.level
    root.addHandler(keeper)
    ours.setLevel("INFO")
    yield lambda: [json.loads(line) for line in kept]
    root.removeHandler(keeper)
    ours.setLevel(level)


def test_a_request_is_one_line_without_address_and_person(lines):
    edition = people.edition("secret-fair")
    who = people.person(Role.PLANNER, edition, username="zhang-san", email="zhang@example.org")
    answer = people.signed_in(who).get("/e/secret-fair/?token=hidden")
    (line,) = [each for each in lines() if each["event"] == "request"]
    assert line["request"] == answer.headers["X-Request-ID"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "e/<slug:edition>/", 200)
    assert line["ms"] > 0
    text = json.dumps(lines())
    assert not [each for each in ("secret-fair", "zhang", "hidden", people.PASSWORD) if each in text]


@pytest.mark.urls("tests.site.test_operations")
def test_a_fault_is_logged_by_its_places(client, lines):
    Trouble.now = ValueError("Zhang San, 13800000000")
    number = client.get("/broken/?phone=13800000000").headers["X-Request-ID"]
    (line,) = [each for each in lines() if "error" in each]
    assert line["error"] == "builtins.ValueError"
    assert line["places"][-1].startswith("test_operations.py:")
    assert line["request"] == number
    assert "13800000000" not in json.dumps(lines())


def test_what_libraries_log_keeps_its_values_to_itself(lines):
    logging.getLogger("some.library").error("could not mail %s", "zhang@example.org")
    assert [each["event"] for each in lines()] == ["could not mail %s"]


def test_a_database_that_cannot_be_reached_is_told(lines):
    try:
        raise OperationalError("connection refused\nDETAIL: more")
    except OperationalError:
        logging.getLogger("hostcity.jobs").exception("the database does not answer")
    (line,) = lines()
    assert line["said"] == "connection refused"
