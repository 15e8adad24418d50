"""DATABASE_URL and its three role-specific relatives: read, checked, never printed with the password."""

import os
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

from redhouse.kit.postgres.errors import BadDatabaseUrl

EXAMPLE = "postgresql://用户:密码@127.0.0.1:5432/redhouse"


@dataclass(frozen=True)
class Address:
    """Where an external server listens, and as whom to sign in. `extra` holds libpq parameters such as sslmode."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    database: str
    extra: dict[str, str]

    def __str__(self) -> str:
        return f"{self.user}@{self.host}:{self.port}/{self.database}"


def external_address(role: str | None = None) -> Address | None:
    """The external server to use, or None for the embedded one.

    REDHOUSE_<ROLE>_DATABASE_URL, where given, names a login of its own for that role.
    """
    names = [f"REDHOUSE_{role.upper()}_DATABASE_URL"] if role else []
    for name in [*names, "DATABASE_URL"]:
        text = os.environ.get(name, "").strip()
        if text:
            return parse(text, name)
    return None


def has_own_login(role: str) -> bool:
    """Whether this role signs in with a login of its own rather than by SET ROLE."""
    return bool(os.environ.get(f"REDHOUSE_{role.upper()}_DATABASE_URL", "").strip())


def parse(text: str, name: str = "DATABASE_URL") -> Address:
    """Read a URL. Raises BadDatabaseUrl saying what is wrong with it."""

    def wrong(what: str) -> BadDatabaseUrl:
        return BadDatabaseUrl(f"环境变量 {name} {what}。应形如 {EXAMPLE}；不设它则用内嵌数据库。")

    try:
        parts = urlsplit(text)
        port = parts.port or 5432
    except ValueError:
        raise wrong("读不懂（端口或地址写法有误）") from None
    if parts.scheme not in {"postgres", "postgresql"}:
        raise wrong(f"的类型是“{parts.scheme or '空'}”，只支持 postgresql")
    extra = dict(parse_qsl(parts.query))
    host = unquote(parts.hostname or "") or extra.pop("host", "")
    database = unquote(parts.path.lstrip("/"))
    if not host:
        raise wrong("没有写主机")
    if not database or "/" in database:
        raise wrong("没有写数据库名" if not database else f"的数据库名“{database}”读不懂")
    if not parts.username:
        raise wrong("没有写用户名")
    return Address(
        host, int(extra.pop("port", port)), unquote(parts.username), unquote(parts.password or ""), database, extra
    )
