"""What each role of the database can and cannot do, asked of the database itself."""

import pytest
from django.db import DatabaseError, connections

from redhouse.work.answers.models import FigureMemo

# The only columns of views for figures that are words, and why each is harmless.
WORDS = {
    "facts.kind", "facts.division_code", "facts.label",  # codes from closed lists
    "division.code", "division.kind", "division.name",  # names of places
    "household.division_code",
    "membership.division_code", "membership.tie", "membership.status",
    "body.kind", "body.sector", "body.name", "body.division_code",  # names of organisations
    "venue.division_code", "venue.name", "venue.level", "venue.kind",
    "venue_status.state",
    "space.name", "space.kind",
}  # fmt: skip


def asked(alias: str, query: str, *values: object) -> list[tuple[object, ...]]:
    with connections[alias].cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()


def refused(alias: str, statement: str) -> None:
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner|read-only"):
        asked(alias, statement)


def test_each_alias_is_its_own_role(house: str) -> None:
    assert {alias: asked(alias, "SELECT current_user")[0][0] for alias in ("default", "owner", "figures")} == {
        "default": "redhouse_app",
        "owner": "redhouse_owner",
        "figures": "redhouse_figures",
    }


def test_no_role_of_ours_has_power_over_the_server(house: str) -> None:
    rows = asked(
        "owner",
        "SELECT rolname FROM pg_roles WHERE rolname LIKE 'redhouse\\_%%' AND rolname <> 'redhouse_super'"
        " AND (rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls OR rolreplication)",
    )
    assert rows == []


def test_the_application_and_the_figures_own_nothing(house: str) -> None:
    owned = asked(
        "owner",
        "SELECT relname, pg_get_userbyid(relowner) FROM pg_class WHERE pg_get_userbyid(relowner) = ANY(%s)"
        " UNION ALL SELECT proname, pg_get_userbyid(proowner) FROM pg_proc WHERE pg_get_userbyid(proowner) = ANY(%s)"
        " UNION ALL SELECT nspname, pg_get_userbyid(nspowner) FROM pg_namespace"
        " WHERE pg_get_userbyid(nspowner) = ANY(%s)",
        *[["redhouse_app", "redhouse_figures"]] * 3,
    )
    assert owned == []


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (n int)",
        "CREATE TABLE figures.mine (n int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE people_person ADD COLUMN more text",
        "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
        "DROP POLICY people_person_reach ON people_person",
        "ALTER TABLE ledger_fact DISABLE TRIGGER ALL",
        "DROP TABLE ledger_fact",
        "TRUNCATE places_division CASCADE",
        "SET session_replication_role = replica",
        "SET SESSION AUTHORIZATION redhouse_owner",
    ],
)
def test_the_application_cannot_change_the_house_itself(house: str, statement: str) -> None:
    if "AUTHORIZATION" in statement and asked("default", "SELECT session_user <> current_user")[0][0]:
        pytest.skip("NOT RUN: one login plays all roles on this server; see REDHOUSE_*_DATABASE_URL")
    refused("default", statement)


def test_the_application_writes_only_its_columns_of_a_fact(house: str) -> None:
    columns = asked(
        "owner",
        "SELECT column_name FROM information_schema.column_privileges WHERE grantee = 'redhouse_app'"
        " AND table_name = 'ledger_fact' AND privilege_type = 'INSERT' ORDER BY column_name",
    )
    names = "kind division_code happened_on actor_id recorder_id subject_id object_id quantity label corrects_id salt"
    assert [name for (name,) in columns] == sorted(names.split())


def test_figures_see_only_their_own_schema(town: str) -> None:
    assert asked("figures", "SELECT count(*) FROM division") == [(7,)]
    assert asked("figures", "SELECT current_schemas(true)::text") == [("{figures,pg_catalog}",)]
    seen = asked(
        "figures",
        "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', 'information_schema')"
        " AND n.nspname NOT LIKE 'pg\\_toast%%' AND has_schema_privilege(n.oid, 'USAGE')"
        " AND has_table_privilege(c.oid, 'SELECT')",
    )
    assert {str(name).split(".")[0] for (name,) in seen} == {"figures"}


@pytest.mark.parametrize("table", ["public.people_person", "public.ledger_fact", "public.access_account"])
def test_figures_cannot_reach_a_table(town: str, table: str) -> None:
    refused("figures", f"SELECT * FROM {table}")


@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE figures.mine (n int)", "CREATE TEMP TABLE mine (n int)", "DELETE FROM figures.venue",
     "UPDATE figures.division SET name = ''", "INSERT INTO figures.division (code) VALUES ('')"],
)  # fmt: skip
def test_figures_only_read(town: str, statement: str) -> None:
    refused("figures", statement)
    refused("figures", f"SET default_transaction_read_only = off; {statement}")


def test_no_view_for_figures_can_carry_the_name_or_number_of_a_resident(house: str) -> None:
    """Whatever is neither a number, a date nor a truth value is on the list above, by name."""
    columns = asked(
        "owner",
        "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'figures'"
        " AND data_type NOT IN ('bigint', 'integer', 'smallint', 'date', 'boolean', 'timestamp with time zone')",
    )
    assert {name for (name,) in columns} == WORDS


def test_the_words_of_facts_are_codes_and_not_text(house: str) -> None:
    from redhouse.ground.ledger.facts import all_kinds

    labels = {label for kind in all_kinds() for label in kind.labels}
    assert labels
    assert all(label.isascii() for label in labels)


def test_a_memo_of_a_figure_is_the_applications_and_no_views(house: str) -> None:
    assert FigureMemo.objects.count() == 0
    refused("figures", f"SELECT * FROM public.{FigureMemo._meta.db_table}")
