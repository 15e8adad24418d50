"""Roles, database and schemas, made where missing: the same on the embedded server and on an external one."""

from typing import Any

import psycopg
from psycopg import sql

from redhouse.kit.postgres.errors import CannotPrepare
from redhouse.kit.postgres.external import connect_external
from redhouse.kit.postgres.params import DATABASE, ROLE_SETTINGS, ROLES, conninfo

Connection = psycopg.Connection[Any]
LOCK = 0x5265_6448  # "RedH": two processes that prepare the same server at once take turns

# In a database, run by a superuser, or by the database's owner who is a member of the three roles.
SCHEMAS = """\
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {database} TO redhouse_owner;
GRANT CONNECT, TEMPORARY ON DATABASE {database} TO redhouse_app;
GRANT CONNECT ON DATABASE {database} TO redhouse_figures;
ALTER SCHEMA public OWNER TO redhouse_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO redhouse_app;
CREATE SCHEMA IF NOT EXISTS figures AUTHORIZATION redhouse_owner;
GRANT USAGE ON SCHEMA figures TO redhouse_figures;
"""
DEFAULTS = """\
ALTER DEFAULT PRIVILEGES FOR ROLE redhouse_owner IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO redhouse_app;
ALTER DEFAULT PRIVILEGES FOR ROLE redhouse_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO redhouse_app;
ALTER DEFAULT PRIVILEGES FOR ROLE redhouse_owner IN SCHEMA figures GRANT SELECT ON TABLES TO redhouse_figures;
"""

# The last statement of DEFAULTS has been run in this database.
PREPARED = """
SELECT EXISTS (SELECT FROM pg_default_acl d JOIN pg_namespace n ON n.oid = d.defaclnamespace
               WHERE n.nspname = 'figures' AND d.defaclrole = to_regrole('redhouse_owner'))
"""


def bootstrap() -> None:
    """Prepare the embedded server: roles that may sign in, the database, its schemas. Idempotent."""
    with psycopg.connect(**conninfo("super", database="postgres"), autocommit=True) as connection:
        create_roles(connection, login=True)
        if connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER redhouse_owner")
    prepare_database()


def prepare_database(name: str | None = None) -> None:
    """Prepare one database of the server (by default the house's own): owner, schemas, default privileges."""
    with psycopg.connect(**conninfo("super", database=name)) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        prepare_schemas(connection)


def create_roles(connection: Connection, *, login: bool) -> None:
    """Create the roles that are missing. Without `login` they are only to be switched to, with SET ROLE."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        for statement in role_statements(missing_roles(connection), login=login):
            connection.execute(statement.encode())


def missing_roles(connection: Connection) -> list[str]:
    """Keys of `ROLES` whose role the server does not have yet."""
    there = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    return [key for key, name in ROLES.items() if name not in there]


def role_statements(keys: list[str], *, login: bool) -> list[str]:
    """SQL that creates the roles of these keys with their settings."""
    statements = []
    for key in keys:
        statements.append(f"CREATE ROLE {ROLES[key]} {'LOGIN' if login else 'NOLOGIN'}")
        for name, value in ROLE_SETTINGS.get(key, {}).items():
            statements.append(f"ALTER ROLE {ROLES[key]} SET {name} = {value}")
    return statements


def prepare_schemas(connection: Connection) -> None:
    """Run SCHEMAS and DEFAULTS in the connected database, unless they have been."""
    prepared = connection.execute(PREPARED).fetchone()
    if not (prepared and prepared[0]):
        make_schemas(connection)
        connection.execute(DEFAULTS)


def make_schemas(connection: Connection) -> None:
    """Run SCHEMAS alone: what is created then has no privileges but its own."""
    connection.execute(sql.SQL(SCHEMAS).format(database=sql.Identifier(connection.info.dbname)))


def bootstrap_external() -> None:
    """Check the server of DATABASE_URL and prepare it as far as its login may; else say what to run there.

    Raises the errors of `connect_external`, and CannotPrepare with the SQL for an administrator.
    """
    with connect_external() as connection:
        login = sql.Identifier(connection.info.user).as_string(connection)
        try:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            for statement in _external_roles(connection, login):
                connection.execute(statement.encode())
            prepare_schemas(connection)
        except psycopg.errors.InsufficientPrivilege as error:
            connection.rollback()
            script = ";\n".join([*_external_roles(connection, login), SCHEMAS + DEFAULTS])
            script = script.format(database=sql.Identifier(connection.info.dbname).as_string(connection))
            raise CannotPrepare(
                f"登录名 {connection.info.user} 无权在 {connection.info.host} 上建立角色和模式"
                f"（{error.diag.message_primary}）。"
                f"请数据库管理员在数据库 {connection.info.dbname} 中执行以下语句，然后再启动：\n\n{script}"
            ) from error


def _external_roles(connection: Connection, login: str) -> list[str]:
    wanted = role_statements(missing_roles(connection), login=False)
    row = connection.execute(
        "SELECT coalesce(bool_and(pg_has_role(current_user, oid, 'MEMBER')), false) AND count(*) = %s"
        " FROM pg_roles WHERE rolname = ANY(%s)",
        [len(ROLES), list(ROLES.values())],
    ).fetchone()
    if not (row and row[0]):
        wanted.append(f"GRANT {', '.join(ROLES.values())} TO {login}")
    return wanted
