"""The ledger is append-only: the database itself refuses to change or delete a line of it."""

from django.db import migrations

SQLITE = [
    f"""CREATE TRIGGER core_act_no_{verb.lower()} BEFORE {verb} ON core_act
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"""
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL = [
    """CREATE FUNCTION core_act_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$""",
    """CREATE TRIGGER core_act_append_only BEFORE UPDATE OR DELETE ON core_act
    FOR EACH ROW EXECUTE FUNCTION core_act_refuse()""",
    """CREATE TRIGGER core_act_no_truncate BEFORE TRUNCATE ON core_act
    FOR EACH STATEMENT EXECUTE FUNCTION core_act_refuse()""",
]
UNDO = {
    "sqlite": ["DROP TRIGGER core_act_no_update", "DROP TRIGGER core_act_no_delete"],
    "postgresql": ["DROP FUNCTION core_act_refuse() CASCADE"],
}


def guard(apps, schema_editor):
    """Put the triggers up."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unguard(apps, schema_editor):
    """Take them down."""
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Triggers on core_act."""

    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
