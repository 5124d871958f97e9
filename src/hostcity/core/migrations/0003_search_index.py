"""The index of search, kept by the database itself: FTS5 on SQLite, tsvector and GIN on PostgreSQL.

Both hold the tokens that search/words.py made, and cut nothing themselves: FTS5's own tokenizers miss Chinese of two
characters (trigram) or know fewer characters than Python does (unicode61), and PostgreSQL's parser depends on the locale.
The edition (@7) and the action (!plan.see) stand in the index as tokens that no text gives, so that the index alone
says who finds what.
"""

from django.db import migrations

NEW = "'@' || new.edition_id || ' !' || new.action"
OLD = NEW.replace("new.", "old.")
INSERT = f"""INSERT INTO core_searchindex (rowid, scope, title, body)
    VALUES (new.id, {NEW}, new.title_tokens, new.tokens);"""  # noqa: S608 -- nothing of it comes from outside
DELETE = f"""INSERT INTO core_searchindex (core_searchindex, rowid, scope, title, body)
    VALUES ('delete', old.id, {OLD}, old.title_tokens, old.tokens);"""  # noqa: S608
SQLITE = [
    """CREATE VIRTUAL TABLE core_searchindex USING fts5(
        scope, title, body, content='', detail=column, prefix='2 3', tokenize="ascii tokenchars '@!=.-_'")""",
    f"CREATE TRIGGER core_searchdoc_new AFTER INSERT ON core_searchdoc BEGIN {INSERT} END",
    f"CREATE TRIGGER core_searchdoc_gone AFTER DELETE ON core_searchdoc BEGIN {DELETE} END",
    f"CREATE TRIGGER core_searchdoc_changed AFTER UPDATE ON core_searchdoc BEGIN {DELETE} {INSERT} END",
]
ALONE = "'@' || edition_id::text || ' !' || action"
POSTGRESQL = [
    f"""ALTER TABLE core_searchdoc
    ADD COLUMN title_index tsvector GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(
        {ALONE} || ' ' || title_tokens, ' '), ''))) STORED,
    ADD COLUMN whole_index tsvector GENERATED ALWAYS AS (array_to_tsvector(array_remove(string_to_array(
        {ALONE} || ' ' || title_tokens || ' ' || tokens, ' '), ''))) STORED""",
    "CREATE INDEX core_searchdoc_title ON core_searchdoc USING gin (title_index) WITH (fastupdate = off)",
    "CREATE INDEX core_searchdoc_whole ON core_searchdoc USING gin (whole_index) WITH (fastupdate = off)",
]
UNDO = {
    "sqlite": [
        "DROP TRIGGER core_searchdoc_new",
        "DROP TRIGGER core_searchdoc_gone",
        "DROP TRIGGER core_searchdoc_changed",
        "DROP TABLE core_searchindex",
    ],
    "postgresql": ["ALTER TABLE core_searchdoc DROP COLUMN title_index, DROP COLUMN whole_index"],
}


def make(apps, schema_editor):
    """Make the index, empty as the documents are."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    """Drop it; documents stay."""
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """The index of core_searchdoc."""

    dependencies = [("core", "0002_ledger_guard")]
    operations = [migrations.RunPython(make, drop)]
