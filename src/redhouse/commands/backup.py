"""`redhouse backup FILE`: the whole house in one file."""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from redhouse.commands._house import visited_house
from redhouse.commands._progress import bytes_bar
from redhouse.kit.archive import Archive, write_archive
from redhouse.kit.errors import DATA, NO_PERMISSION, HouseError
from redhouse.kit.postgres import House, home
from redhouse.kit.postgres.dump import dump_database

FORMAT, VERSION = "redhouse-backup", 1
DUMP = "database.dump"


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--without-keys", is_flag=True, help="不装入密钥：文件可放心存放，但恢复时须另有密钥。")
@click.option("--force", is_flag=True, help="覆盖已有的同名文件。")
def command(file: Path, without_keys: bool, force: bool) -> None:
    """把数据库、文件、密钥和日志头备份成一个文件。可在开门时进行。"""
    if file.exists() and not force:
        raise HouseError(f"{file} 已存在。请换一个名字，或加 --force 覆盖。", DATA)
    if not os.access(file.absolute().parent, os.W_OK):
        raise HouseError(f"{file.absolute().parent} 不存在或不可写。请换一个地方存放备份。", NO_PERMISSION)
    with visited_house("backup", migrated=False):
        archive = back_up(file.absolute(), with_keys=not without_keys)
    head = archive.manifest["head"]
    click.echo(f"已备份到 {file}（{file.stat().st_size:,} 字节；公开日志 {head['size'] if head else 0:,} 条）。")
    if without_keys:
        click.echo("未装入密钥：请另行妥善保管数据目录下的 keys 文件夹，没有它无法恢复。")
    else:
        click.secho("注意：文件内含签名密钥和个人信息的解密密钥。请像保管钥匙一样保管它，不要随意传送。", bold=True)


def back_up(file: Path, *, with_keys: bool) -> Archive:
    """Write the backup, consistent as of one instant, with Django ready and the database standing."""
    from django.db import connections, transaction

    house = House(home())
    with tempfile.TemporaryDirectory(prefix=".redhouse-backup-", dir=file.parent) as scratch:
        dump = Path(scratch, DUMP)
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            major = connections["owner"].connection.info.server_version // 10_000
            head = _head()
            dump_database(dump, server_major=major, snapshot=snapshot)
        # Papers are only ever added, under their digest: those of the snapshot are all there after it.
        parts = [(DUMP, dump), *_files(house.papers, "papers")]
        keys = _files(house.keys, "keys")
        facts = {
            "format": FORMAT,
            "version": VERSION,
            "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "pg_major": major,
            "head": head,
            "keys_included": with_keys,
        }
        parts += keys if with_keys else []
        with bytes_bar("写备份", sum(path.stat().st_size for _, path in parts)) as progress:
            return write_archive(file, parts, facts, progress)


def _head() -> dict[str, Any] | None:
    from redhouse.ground.ledger.models import TreeHead

    head = TreeHead.objects.using("owner").order_by("-size").first()
    if head is None:
        return None
    return {
        "size": head.size,
        "last_fact_id": head.last_fact_id,
        "root": bytes(head.root).hex(),
        "signature": bytes(head.signature).hex(),
        "key_id": head.key_id,
        "signed_at": head.signed_at.isoformat(),
    }


def _files(folder: Path, name: str) -> list[tuple[str, Path]]:
    """Finished files under a folder; those still being written begin with a dot."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return [(f"{name}/{path.relative_to(folder).as_posix()}", path) for path in found]
