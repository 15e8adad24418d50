"""Connecting to the server of DATABASE_URL, with a sentence for each way in which that fails."""

import socket
from pathlib import Path
from typing import Any

import psycopg

from redhouse.kit.postgres.errors import DatabaseMissing, DatabaseUnreachable, LoginRefused, UnfitServer
from redhouse.kit.postgres.locator import OLDEST_MAJOR
from redhouse.kit.postgres.params import conninfo
from redhouse.kit.postgres.url import Address, external_address

TIMEOUT = 15  # seconds

# A server speaks its own language: English, Chinese, else we show its words.
MISSING = ("does not exist", "不存在")
REFUSED = ("authentication failed", "no password supplied", "pg_hba.conf", "认证失败", "not permitted to log in")


def connect_external() -> psycopg.Connection[Any]:
    """Connect as the login of DATABASE_URL.

    Raises DatabaseUnreachable, LoginRefused, DatabaseMissing, or UnfitServer (older than 15, or not UTF-8).
    """
    address = external_address()
    assert address is not None
    _reach(address)
    try:
        connection = psycopg.connect(**conninfo("super"), connect_timeout=TIMEOUT)
    except psycopg.OperationalError as error:
        raise _explained(str(error), address) from error
    major = connection.info.server_version // 10_000
    encoding = connection.info.parameter_status("server_encoding")
    if major < OLDEST_MAJOR or encoding != "UTF8":
        connection.close()
        raise UnfitServer(
            f"{address} 是 PostgreSQL {major}、编码 {encoding}；红房子需要 {OLDEST_MAJOR} 以上和 UTF8。请换一个数据库。"
        )
    return connection


def _reach(address: Address) -> None:
    """Tell an unknown host and a closed door apart before libpq mixes them into one text."""
    if address.host.startswith("/"):
        if not Path(address.host, f".s.PGSQL.{address.port}").exists():
            raise DatabaseUnreachable(f"{address.host} 里没有端口 {address.port} 的数据库套接字。请确认数据库已启动。")
        return
    try:
        socket.create_connection((address.host, address.port), TIMEOUT).close()
    except socket.gaierror as error:
        raise DatabaseUnreachable(f"DATABASE_URL 里的主机 {address.host} 找不到。请检查主机名。") from error
    except OSError as error:
        raise DatabaseUnreachable(
            f"连不上 {address.host}:{address.port}（{error.strerror or error}）。请确认数据库已启动、端口和防火墙无误。"
        ) from error


def _explained(text: str, address: Address) -> LoginRefused | DatabaseMissing | DatabaseUnreachable:
    words = " ".join(text.split())
    if any(phrase in text for phrase in REFUSED):
        return LoginRefused(
            f"{address.host}:{address.port} 拒绝了登录名 {address.user}。请检查 DATABASE_URL 的用户名和密码。"
        )
    if any(phrase in text for phrase in MISSING) and address.database in text:
        return DatabaseMissing(
            f"{address.host}:{address.port} 上没有数据库 {address.database}。"
            f"请先执行 CREATE DATABASE {address.database} OWNER {address.user} ENCODING 'UTF8' TEMPLATE template0。"
        )
    return DatabaseUnreachable(f"{address} 没有接受连接：{words}")
