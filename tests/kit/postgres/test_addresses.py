"""Where the data is and how to connect: read from the environment, without touching anything."""

from pathlib import Path

import pytest

from redhouse.kit.postgres import House, connection_params, conninfo, home
from redhouse.kit.postgres.errors import BadDatabaseUrl
from redhouse.kit.postgres.url import parse

URL = "postgresql://clerk:p%40ss@db.example:6543/redhouse?sslmode=require"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "REDHOUSE_APP_DATABASE_URL", "REDHOUSE_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)


def test_home_is_the_named_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REDHOUSE_HOME", str(tmp_path))
    assert home() == tmp_path


def test_home_by_convention(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    monkeypatch.setenv("HOME", "/home/mei")
    assert home() == Path("/home/mei/.local/share/redhouse")
    monkeypatch.setenv("XDG_DATA_HOME", "relative/is/ignored")
    assert home() == Path("/home/mei/.local/share/redhouse")
    monkeypatch.setenv("XDG_DATA_HOME", "/data/mei")
    assert home() == Path("/data/mei/redhouse")
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert home() == Path("/var/lib/redhouse")
    monkeypatch.setattr("sys.platform", "darwin")
    assert home() == Path("/home/mei/Library/Application Support/redhouse")


def test_long_path_gets_a_short_socket_folder() -> None:
    assert House(Path("/srv/redhouse")).sockets == Path("/srv/redhouse/database/run")
    deep = House(Path("/srv") / ("深" * 40))
    assert str(deep.sockets) == f"/tmp/redhouse-{deep.tag}"


def test_embedded_roles_sign_in_through_the_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDHOUSE_HOME", "/srv/redhouse")
    assert connection_params("app") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "redhouse",
        "HOST": "/srv/redhouse/database/run",
        "PORT": "5432",
        "USER": "redhouse_app",
        "PASSWORD": "",
        "OPTIONS": {},
    }
    assert conninfo("figures")["options"] == "-c search_path=figures,pg_catalog -c default_transaction_read_only=on"


def test_external_roles_are_switched_to_unless_they_have_a_login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", URL)
    assert conninfo("app") == {
        "host": "db.example",
        "port": 6543,
        "user": "clerk",
        "password": "p@ss",
        "dbname": "redhouse",
        "sslmode": "require",
        "options": "-c role=redhouse_app",
    }
    monkeypatch.setenv("REDHOUSE_APP_DATABASE_URL", URL.replace("clerk", "app_login"))
    assert (conninfo("app")["user"], conninfo("app")["options"]) == ("app_login", "")
    assert conninfo("owner")["user"] == "clerk"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mysql://u:p@h/d", "类型是“mysql”"),
        ("redhouse", "类型是“空”"),
        ("postgresql://u:p@/d", "没有写主机"),
        ("postgresql://u:p@h", "没有写数据库名"),
        ("postgresql://h/d", "没有写用户名"),
        ("postgresql://u:p@h:door/d", "读不懂"),
        ("postgresql://u:p@[::1/d", "读不懂"),
    ],
)
def test_wrong_url_is_named_without_its_password(url: str, says: str) -> None:
    with pytest.raises(BadDatabaseUrl) as caught:
        parse(url)
    assert says in caught.value.message
    assert ":p@" not in caught.value.message
    assert caught.value.exit_code == 78


def test_url_of_a_socket_folder() -> None:
    address = parse("postgresql://clerk@/town?host=/run/postgresql&port=5433")
    assert (address.host, address.port, address.database) == ("/run/postgresql", 5433, "town")
