"""The verifier finds every way in which a ledger can be tampered with."""

import json
import random
from contextlib import contextmanager
from importlib import import_module

import pytest
from django.db import connection, transaction

from hostcity.core import ledger_verify
from hostcity.core.ledger import record
from hostcity.core.ledger_verify import verify_ledger
from hostcity.core.models import LedgerHead
from tests import people

pytestmark = pytest.mark.django_db
GUARD = import_module("hostcity.core.migrations.0002_ledger_guard")


@pytest.fixture
def edition():
    made = people.edition()
    for count in range(7):
        with transaction.atomic():
            record("plan.change", edition=made, by=None, subject=("gates", "g1"), body={"lanes": [count, count + 1]})
    return made


@contextmanager
def unguarded():
    """A cursor for somebody who took the guard down, as the owner of a database can."""
    with connection.cursor() as cursor:
        for statement in GUARD.UNDO[connection.vendor]:
            cursor.execute(statement)
        yield cursor
        for statement in {"sqlite": GUARD.SQLITE, "postgresql": GUARD.POSTGRESQL}[connection.vendor]:
            cursor.execute(statement)


def test_a_ledger_is_whole_whatever_its_numbers(edition):
    """A database that keeps numbers as decimals gives some back in another form than they were written in."""
    chance = random.Random(5)  # noqa: S311 -- the same numbers each time
    numbers = [0.0, -0.0, 1e15, 1e16, -1e16, 1.5e16, 1e17 / 3, 2.0**53, 1e22, 1e23, -1.7e308, 5e-324, 1e-5, 0.1, 10**30]
    numbers += [chance.uniform(-1, 1) * 10.0 ** chance.randint(-300, 300) for _number in range(200)]
    with transaction.atomic():
        act = record("plan.change", edition=edition, by=None, subject=("gates", "g1"), body={"was": {"x": (numbers,)}})
    assert verify_ledger(edition).is_whole
    act.refresh_from_db()
    assert act.body["was"]["x"] == [numbers]


def test_a_whole_ledger(edition, monkeypatch):
    assert verify_ledger(edition).is_whole
    monkeypatch.setattr(ledger_verify, "BATCH", 3)
    assert (verify_ledger(edition).is_whole, verify_ledger(edition).verified) == (True, 7)
    assert verify_ledger(people.edition("empty")).is_whole


@pytest.mark.parametrize(
    ("statement", "values", "broken", "code"),
    [
        ("UPDATE core_act SET body = %s WHERE number = 4", [json.dumps({"lanes": [3, 5]})], 4, "ledger.hash"),
        ("UPDATE core_act SET by_code = %s WHERE number = 5", ["P-22222222"], 5, "ledger.hash"),
        ("UPDATE core_act SET sha256 = %s WHERE number = 2", ["0" * 64], 2, "ledger.hash"),
        ("UPDATE core_act SET previous_sha256 = %s WHERE number = 2", ["0" * 64], 2, "ledger.link"),
        ("DELETE FROM core_act WHERE number = %s", [3], 3, "ledger.gap"),
        ("DELETE FROM core_act WHERE number >= %s", [6], 6, "ledger.cut"),
        ("UPDATE core_ledgerhead SET sha256 = %s", ["f" * 64], 7, "ledger.head"),
    ],
)
@pytest.mark.parametrize("batch", [1000, 2])
def test_tampering_is_found(edition, statement, values, broken, code, batch, monkeypatch):
    monkeypatch.setattr(ledger_verify, "BATCH", batch)
    with unguarded() as cursor:
        cursor.execute(statement, values)
    verdict = verify_ledger(edition)
    assert (verdict.broken, verdict.code, verdict.verified) == (broken, code, broken - 1)
    assert str(verdict.why)


def test_the_first_broken_line_is_told(edition):
    with unguarded() as cursor:
        cursor.execute("UPDATE core_act SET verb = 'x' WHERE number IN (3, 6)")
    assert verify_ledger(edition).broken == 3


def test_a_shortened_head_with_its_line_is_found_by_what_follows(edition):
    """Head and all: whoever rewrites both has a shorter ledger; copies of its number and hash elsewhere tell."""
    before = LedgerHead.objects.get(edition=edition).sha256
    with unguarded() as cursor:
        cursor.execute("SELECT sha256 FROM core_act WHERE number = 6")
        (sha256,) = cursor.fetchone()
        cursor.execute("DELETE FROM core_act WHERE number = 7")
        cursor.execute("UPDATE core_ledgerhead SET number = 6, sha256 = %s", [sha256])
    verdict = verify_ledger(edition)
    assert (verdict.is_whole, verdict.verified) == (True, 6)
    assert LedgerHead.objects.get(edition=edition).sha256 != before
