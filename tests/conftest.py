"""The site's settings for every test that asks for the database: a home of their own, and a ledger that can be emptied."""

import os
import tempfile

import pytest

os.environ["HOSTCITY_HOME"] = tempfile.mkdtemp(prefix="hostcity-tests-")
os.environ["HOSTCITY_DURABLE"] = "0"


@pytest.fixture(scope="session", autouse=True)
def _emptied_between_tests():
    """Tests with real transactions empty every table afterwards; the ledger's guard stands aside for that alone."""
    from importlib import import_module

    from django.db import connection
    from django.test import TransactionTestCase

    guard = import_module("hostcity.core.migrations.0002_ledger_guard")
    usual = TransactionTestCase._fixture_teardown

    def emptied(self):
        with connection.cursor() as cursor:
            for statement in guard.UNDO[connection.vendor]:
                cursor.execute(statement)
            try:
                usual(self)
            finally:
                for statement in {"sqlite": guard.SQLITE, "postgresql": guard.POSTGRESQL}[connection.vendor]:
                    cursor.execute(statement)

    TransactionTestCase._fixture_teardown = emptied
    yield
    TransactionTestCase._fixture_teardown = usual
