"""A database to a file and back, with PostgreSQL's own pg_dump and pg_restore, as the owner role."""

import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from redhouse.kit.errors import IO_FAILED, HouseError
from redhouse.kit.postgres.bootstrap import make_schemas, prepare_schemas
from redhouse.kit.postgres.errors import DISK_FULL, OtherMajor
from redhouse.kit.postgres.leash import leashed
from redhouse.kit.postgres.locator import Binaries, candidates
from redhouse.kit.postgres.params import conninfo

SCHEMAS = ("public", "figures")


class DumpFailed(HouseError):
    exit_code = IO_FAILED


def dump_database(target: Path, *, server_major: int, snapshot: str) -> None:
    """Write the schemas of the house as they are in the exported `snapshot`, in pg_dump's custom format."""
    schemas = [f"--schema={name}" for name in SCHEMAS]
    options = ["--format=custom", "--compress=3", f"--snapshot={snapshot}", f"--file={target}", *schemas]
    _run(tools_for(server_major), "pg_dump", options)


def restore_database(source: Path, *, server_major: int) -> None:
    """Empty the database of the house and fill it, in one transaction: all of it, or nothing.

    Default privileges are off meanwhile: they would add to what the dump grants. It brings them along, as the last.
    """
    _empty(defaults=False)
    tools = tools_for(server_major)
    listing = _run(tools, "pg_restore", ["--list", str(source)], connect=False)
    wanted = source.with_name(f"{source.name}.list")
    wanted.write_text("".join(f"{line}\n" for line in listing.splitlines() if not _makes_schema(line)))
    options = ["--single-transaction", "--exit-on-error", "--no-owner", f"--use-list={wanted}", str(source)]
    _run(tools, "pg_restore", options)
    with psycopg.connect(**conninfo("owner"), autocommit=True) as connection:
        connection.execute("ANALYZE")  # without statistics the first pages would be slow


def empty_database() -> None:
    """Drop everything that the house has in its database and prepare it anew. For `restore` only."""
    _empty(defaults=True)


def _empty(*, defaults: bool) -> None:
    with psycopg.connect(**conninfo("super")) as connection:
        for name in SCHEMAS:
            connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name)))
        connection.execute("CREATE SCHEMA public AUTHORIZATION redhouse_owner")
        prepare_schemas(connection) if defaults else make_schemas(connection)


def tools_for(server_major: int) -> Binaries:
    """pg_dump and pg_restore of the server's major version, else of the next newer one. Raises OtherMajor."""
    fit = sorted((b for b in candidates() if b.major >= server_major), key=lambda b: b.major)
    if not fit:
        raise OtherMajor(f"服务器是 PostgreSQL {server_major}，本机没有它的 pg_dump。请用 REDHOUSE_PG_BIN 指明目录。")
    return fit[0]


def _makes_schema(line: str) -> bool:
    """Whether a line of the listing ("217; 2615 2200 SCHEMA - public owner") is about a schema itself: ours stand."""
    words = line.split()
    return "SCHEMA" in words[3:6] and "-" in words[3:6]


def _run(tools: Binaries, program: str, options: list[str], *, connect: bool = True) -> str:
    command, environment = [tools.program(program)], dict(os.environ, LC_ALL="C")
    if connect:
        params: dict[str, Any] = conninfo("owner")
        environment["PGPASSWORD"] = str(params.pop("password", ""))  # not on the command line, which others see
        command.append(f"--dbname={make_conninfo(**{key: value for key, value in params.items() if value})}")
    # on the leash: what outlived us would write into whatever server comes next
    tied = leashed([*command, *options], with_signal=signal.SIGTERM, uid=os.geteuid(), gid=os.getegid())
    ran = subprocess.run(tied, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode == 0:
        return ran.stdout
    if DISK_FULL.search(ran.stderr):
        raise DumpFailed("磁盘已满。请腾出空间后再试。")
    raise DumpFailed(f"{program} 没有完成：{' / '.join(ran.stderr.strip().splitlines()[-3:])}")
