"""The site's settings for every test that asks for the database: a home of their own, and a ledger that can be emptied."""

import gc
import os
import re
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from tests.shared_rows import opened

TESTS = Path(__file__).parent
#: Fixtures of pytest-django that open the database.
OPENING = frozenset(
    {"db", "module_db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server"}
)
#: A quarter of the time of all.
LONG = frozenset(
    {
        "core/jobs/test_worker.py",
        "engines/day/test_timeline.py",
        "flows/test_axe.py",
        "flows/test_report_page.py",
        "flows/test_site_shell.py",
        "site/api/test_conformity.py",
        "site/test_access.py",
        "site/test_command.py",
        "site/test_doctor.py",
        "site/test_init.py",
        "site/test_rehearse_command.py",
        "site/test_serve.py",
        "studies/advice/test_advise.py",
        "studies/calibration/test_calibrate.py",
        "studies/runs/test_cluster.py",
        "studies/runs/test_local.py",
        "test_readme.py",
    }
)

#: What asks the database nothing else than the tests of services, queries and races beside it: pages, addresses and commands.
#: The second database sees it with `make test-all`.
OUTSIDE = re.compile(
    r"(^|/)test_(\w+_)?(pages?|shell_\w+)\.py$"
    r"|^site/test_access\.py|^site/api/(?!test_conformity|test_once)"
    r"|^rehearsal/test_(calibration|advice|comparing|looks|many_days|last_verdict)|^volunteers/test_drafts"
)

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


@pytest.fixture(scope="session", autouse=True)
def _passwords_hashed_quickly():
    """Passwords are hashed at the least cost; a site that runs as a process of its own hashes them as it does."""
    from django.test import override_settings

    with override_settings(PASSWORD_HASHERS=["tests.people.QuickHasher"]):
        yield


@pytest.hookimpl(tryfirst=True, wrapper=True)  # before pytest chooses by marks, after the order has been drawn
def pytest_collection_modifyitems(items):
    """Mark what is passed on both databases: what opens one.

    The site of the flows in a browser lies on SQLite, so a second time they would show nothing new.

    Files that take long begin first: else one process would work at the last of them when the other has nothing left.
    """
    for item in items:
        if item.get_closest_marker("django_db") or OPENING & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.database)
        if OUTSIDE.search(item.path.relative_to(TESTS).as_posix()):
            item.add_marker(pytest.mark.once)
    answer = yield
    many = [name for name, times in Counter(item.nodeid for item in items).items() if times > 1]
    if many:
        raise pytest.UsageError(f"tests of one name, of which several processes would pass one alone: {many}")
    items.sort(key=lambda item: item.path.relative_to(TESTS).as_posix() not in LONG)
    return answer


def pytest_collection_finish():
    """What has been imported stays to the end: nothing looks through it for what could be let go."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """SQLite in a file, as on a site: in memory, threads would share one cache and know neither waiting nor WAL."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
        database["TEST"]["NAME"] = str(Path(os.environ["HOSTCITY_HOME"]) / f"{worker}.sqlite3")
    else:  # jobs run within the transaction of their test, which waits for them however slow the machine is
        database["OPTIONS"]["options"] += " -c idle_in_transaction_session_timeout=0"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """The database of the tests, whatever was chosen of them; pytest-django's own makes one for tests with a mark alone."""
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="module")
def module_db(django_db_setup, django_db_blocker):
    """The database for what all tests of a module find there (tests/shared_rows.py)."""
    with opened(django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def _language_of_no_reader():
    """A request leaves the language of its reader behind in the thread; the next test begins without."""
    yield
    from django.utils import translation

    translation.deactivate()
