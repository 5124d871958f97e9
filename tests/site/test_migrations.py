"""The database's shape and the program's models."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from hostcity.site.migrating import shape_of_database

pytestmark = pytest.mark.django_db


def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_database_of_the_tests_was_made_by_all_migrations():
    shape = shape_of_database()
    assert (shape.missing, shape.unknown, shape.is_fresh) == ((), (), False)


@pytest.mark.django_db(transaction=True)
def test_back_and_forth():
    """Every migration of ours can be taken back and made again."""
    try:
        call_command("migrate", "core", "zero", verbosity=0)
        assert "core_act" not in connection.introspection.table_names()
    finally:
        call_command("migrate", verbosity=0)
    executor = MigrationExecutor(connection)
    assert executor.migration_plan(executor.loader.graph.leaf_nodes()) == []


def test_every_migration_says_why():
    loader = MigrationExecutor(connection).loader
    ours = [each for (app, _name), each in loader.disk_migrations.items() if app in ("core", "rehearsal")]
    silent = [str(each) for each in ours if each.name != "0001_initial" and not type(each).__doc__]
    assert len(ours) >= 2
    assert silent == []
