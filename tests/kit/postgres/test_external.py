"""An external server over TCP with passwords: prepared as far as the login may, else told in one sentence."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from redhouse.kit.errors import HouseError
from redhouse.kit.postgres import attach_or_start, conninfo
from redhouse.kit.postgres.errors import (
    CannotPrepare,
    DatabaseError,
    DatabaseMissing,
    DatabaseUnreachable,
    LoginRefused,
    UnfitServer,
)
from tests.kit.postgres.tcp import free_port, tcp_server, url

pytestmark = pytest.mark.drill

Admin = psycopg.Connection[tuple[object, ...]]


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with tcp_server() as port:
        yield port


@pytest.fixture
def admin(port: int) -> Iterator[Admin]:
    """The administrator, on a server without any trace of the house."""
    with psycopg.connect(url(port, "dba", "postgres"), autocommit=True) as connection:
        for database in ("town", "latin"):
            connection.execute(f"DROP DATABASE IF EXISTS {database}")
        for role in ("clerk", "redhouse_owner", "redhouse_app", "redhouse_figures"):
            connection.execute(f"DROP ROLE IF EXISTS {role}")
        connection.execute("CREATE ROLE clerk LOGIN PASSWORD 'secret'")
        connection.execute("CREATE DATABASE town OWNER clerk")
        yield connection


def start(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    for name in list(os.environ):
        if name.startswith("REDHOUSE_") and name.endswith("_DATABASE_URL"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", address)
    with attach_or_start(what="test") as server:
        assert server is None


def failure(monkeypatch: pytest.MonkeyPatch, kind: type[DatabaseError], address: str) -> HouseError:
    with pytest.raises(kind) as caught:
        start(monkeypatch, address)
    assert "secret" not in caught.value.message
    return caught.value


def test_login_that_may_create_roles_prepares_the_server_itself(
    monkeypatch: pytest.MonkeyPatch, port: int, admin: Admin
) -> None:
    admin.execute("ALTER ROLE clerk CREATEROLE")
    for _ in range(2):
        start(monkeypatch, url(port, "clerk", "town"))
    check_roles()


def test_login_without_the_right_is_given_the_sql_that_its_administrator_runs(
    monkeypatch: pytest.MonkeyPatch, port: int, admin: Admin
) -> None:
    error = failure(monkeypatch, CannotPrepare, url(port, "clerk", "town"))
    assert error.exit_code == 77
    sentence, script = error.message.split("\n\n", 1)
    assert sentence.startswith("登录名 clerk 无权在 127.0.0.1 上建立角色和模式")
    with psycopg.connect(url(port, "dba", "town"), autocommit=True) as connection:
        connection.execute(script.encode())
    start(monkeypatch, url(port, "clerk", "town"))
    check_roles()


def check_roles() -> None:
    """The three roles are apart: the owner makes, the application writes, figures reads."""
    with psycopg.connect(**conninfo("owner")) as owner:
        owner.execute("CREATE TABLE drill (number int)")
        owner.execute("CREATE VIEW figures.drill AS SELECT number FROM drill")
    with psycopg.connect(**conninfo("app")) as app:
        assert app.execute("SELECT current_user").fetchone() == ("redhouse_app",)
        app.execute("INSERT INTO drill VALUES (5)")
        app.commit()
        for forbidden in ("CREATE TABLE other (number int)", "DROP TABLE drill", "ALTER TABLE drill ADD more int"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden.encode())
            app.rollback()
    with psycopg.connect(**conninfo("figures")) as figures:
        assert figures.execute("SELECT number FROM drill").fetchone() == (5,)
        for forbidden in ("SELECT number FROM public.drill", "CREATE TEMPORARY TABLE t (n int)", "DELETE FROM drill"):
            with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)):
                figures.execute(forbidden.encode())
            figures.rollback()


def test_wrong_password(monkeypatch: pytest.MonkeyPatch, port: int, admin: Admin) -> None:
    error = failure(monkeypatch, LoginRefused, url(port, "clerk", "town", password="wrong"))
    assert (error.exit_code, error.message.split("。")[0]) == (77, f"127.0.0.1:{port} 拒绝了登录名 clerk")


def test_missing_database(monkeypatch: pytest.MonkeyPatch, port: int, admin: Admin) -> None:
    error = failure(monkeypatch, DatabaseMissing, url(port, "clerk", "village"))
    assert (error.exit_code, error.message.split("。")[0]) == (78, f"127.0.0.1:{port} 上没有数据库 village")


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = free_port()
    error = failure(monkeypatch, DatabaseUnreachable, url(closed, "clerk", "town"))
    assert (error.exit_code, error.message.split("（")[0]) == (69, f"连不上 127.0.0.1:{closed}")


def test_unknown_host(monkeypatch: pytest.MonkeyPatch) -> None:
    error = failure(monkeypatch, DatabaseUnreachable, url(5432, "clerk", "town", host="no-such-house.invalid"))
    assert error.message.startswith("DATABASE_URL 里的主机 no-such-house.invalid 找不到")


def test_socket_folder_without_a_socket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    error = failure(monkeypatch, DatabaseUnreachable, f"postgresql://clerk@/town?host={tmp_path}")
    assert error.message.startswith(f"{tmp_path} 里没有端口 5432 的数据库套接字")


def test_database_that_is_not_utf8(monkeypatch: pytest.MonkeyPatch, port: int, admin: Admin) -> None:
    admin.execute("CREATE DATABASE latin OWNER clerk TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    error = failure(monkeypatch, UnfitServer, url(port, "clerk", "latin"))
    assert "编码 LATIN1" in error.message
