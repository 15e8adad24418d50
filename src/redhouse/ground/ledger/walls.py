"""What the database itself refuses, as operations for migrations of any room.

Statements are core PostgreSQL 15. The application role is `redhouse_app`; it owns nothing.
"""

from django.db.migrations import RunSQL


def refuse_change(*tables: str) -> list[RunSQL]:
    """Append-only: UPDATE, DELETE and TRUNCATE are refused to everybody, the owner included, also in replica mode."""
    return [
        RunSQL(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION redhouse_refuse_change();"
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only;"
            f"REVOKE UPDATE, DELETE ON {table} FROM redhouse_app;",
            f"DROP TRIGGER {table}_append_only ON {table}; GRANT UPDATE, DELETE ON {table} TO redhouse_app;",
        )
        for table in tables
    ]


def wall(table: str, *, person: str) -> RunSQL:
    """Row-level security by `division_code`, and one's own row by the column `person`.

    The settings are read once a statement (sub-selects become init plans), never once a row.
    """
    condition = (
        "(SELECT current_setting('redhouse.reach', true)) = '*'"
        " OR division_code ^@ ANY"
        " ((SELECT string_to_array(nullif(current_setting('redhouse.reach', true), ''), ','))::text[])"
        f" OR {person} = (SELECT nullif(current_setting('redhouse.person', true), '')::bigint)"
    )
    return RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;"
        f"CREATE POLICY {table}_reach ON {table} USING ({condition}) WITH CHECK ({condition});",
        f"DROP POLICY {table}_reach ON {table}; ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;",
    )
