"""How to connect as each role, for Django's DATABASES and for psycopg. Reads the environment, touches nothing."""

from typing import Any

from redhouse.kit.postgres.home import House, home
from redhouse.kit.postgres.url import external_address, has_own_login

PORT = 5432  # of the embedded server: names its socket file, no TCP port is opened
DATABASE = "redhouse"
SUPER = "redhouse_super"
ROLES = {"owner": "redhouse_owner", "app": "redhouse_app", "figures": "redhouse_figures"}

# Given with the connection and not only with the role: after SET ROLE a role's own settings do not apply.
ROLE_SETTINGS = {"figures": {"search_path": "figures,pg_catalog", "default_transaction_read_only": "on"}}


def conninfo(role: str, *, database: str | None = None) -> dict[str, Any]:
    """Keyword arguments for `psycopg.connect`.

    `role` is owner, app, figures, or super. On an external server super is the login of DATABASE_URL itself,
    which need not be a superuser.
    """
    if role not in {*ROLES, "super"}:
        raise ValueError(f"unknown role {role!r}")
    settings = dict(ROLE_SETTINGS.get(role, {}))
    address = external_address(role)
    if address is None:
        params: dict[str, Any] = {
            "host": str(House(home()).sockets),
            "port": PORT,
            "user": ROLES.get(role, SUPER),
            "dbname": database or DATABASE,
        }
    else:
        if role in ROLES and not has_own_login(role):
            settings = {"role": ROLES[role], **settings}
        params = {
            **address.extra,
            "host": address.host,
            "port": address.port,
            "user": address.user,
            "password": address.password,
            "dbname": database or address.database,
        }
    options = [params.pop("options", ""), *(f"-c {name}={value}" for name, value in settings.items())]
    return {**params, "options": " ".join(filter(None, options))}


def connection_params(role: str) -> dict[str, Any]:
    """One entry of Django's DATABASES; the caller may add to it (pool, age, test settings)."""
    params = conninfo(role)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": params.pop("dbname"),
        "HOST": params.pop("host"),
        "PORT": str(params.pop("port")),
        "USER": params.pop("user"),
        "PASSWORD": params.pop("password", ""),
        "OPTIONS": {name: value for name, value in params.items() if value},
    }
