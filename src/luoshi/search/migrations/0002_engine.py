"""The engine's own index: FTS5 on SQLite, tsvector with GIN on PostgreSQL. Keep it when squashing."""

from django.db import migrations, models

SQLITE = (
    "CREATE VIRTUAL TABLE search_fts USING fts5(pieces, detail='none', tokenize='ascii')",
)
POSTGRES = (
    "ALTER TABLE search_indexed ADD COLUMN tsv tsvector GENERATED ALWAYS AS "
    "(array_to_tsvector(string_to_array(pieces, ' '))) STORED",
    "CREATE INDEX search_indexed_tsv ON search_indexed USING gin (tsv)",
)


def forwards(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in SQLITE if vendor == "sqlite" else POSTGRES:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE IF EXISTS search_fts")
    else:
        schema_editor.execute("ALTER TABLE search_indexed DROP COLUMN IF EXISTS tsv")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [
        migrations.RunSQL("DELETE FROM search_indexed", migrations.RunSQL.noop),
        migrations.AddField(
            "indexed", "docid", models.BigIntegerField(unique=True, default=0, verbose_name="索引号"),
            preserve_default=False,
        ),
        migrations.RunPython(forwards, backwards),
    ]
