"""`redhouse restore FILE`: a backup into an empty house, checked before and after."""

import shutil
import tempfile
from pathlib import Path

import click
import psycopg

from redhouse.commands._house import migrate, setup
from redhouse.commands._progress import bytes_bar, count_bar
from redhouse.commands.backup import DUMP, FORMAT, VERSION
from redhouse.kit.archive import Archive, BadArchive, read_archive
from redhouse.kit.errors import CONFIG, DATA, HouseError
from redhouse.kit.postgres import House, Server, bootstrap_external, conninfo, external_address, home
from redhouse.kit.postgres.dump import empty_database, restore_database
from redhouse.kit.postgres.errors import OtherMajor

# Rows here mean that somebody lives in the house; what migrations themselves insert does not.
LIVED_IN = ("ledger_fact", "people_person", "access_account")
UNFINISHED = "restore.unfinished"  # marks a house whose restore was cut off: it counts as empty


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def command(file: Path) -> None:
    """把备份恢复到一座空房子：先核对每个字节，恢复后核对公开日志；不符则退回空房子。"""
    archive = checked(file.absolute())
    server = None if external_address() else Server(what="restore")
    if server:
        server.start()
    else:
        bootstrap_external()
    try:
        restore(archive, House(home()))
    finally:
        if server:
            server.stop()
    head = archive.manifest["head"]
    click.echo(f"已恢复 {archive.manifest['created_at']} 的备份，公开日志 {head['size'] if head else 0:,} 条核对无误。")


def checked(file: Path) -> Archive:
    """Read the whole file before anything is touched. Raises BadArchive."""
    total = 2 * file.stat().st_size if file.exists() else 0
    with bytes_bar("核对备份", total) as progress:
        return read_archive(file, format_name=FORMAT, newest=VERSION, progress=progress)


def restore(archive: Archive, house: House) -> None:
    """Fill an empty house, with the database standing and Django not yet set up: its keys come out of the archive.

    Raises HouseError when the house is not empty or the backup does not fit; then nothing was touched. Raises
    BadArchive when the restored log does not hold; then the house is empty again.
    """
    major = _check_fits(archive, house)
    marker, keys_before = house.root / UNFINISHED, house.root / "keys.before"
    marker.touch()
    if keys_before.exists():  # a restore was cut off here
        _replace(house.keys, keys_before)
    try:
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=house.root) as scratch:
            with bytes_bar("取出备份", sum(p["size"] for p in archive.manifest["parts"].values())) as progress:
                for name in archive.manifest["parts"]:
                    archive.extract(name, Path(scratch, name), progress)
            click.echo("写入数据库……")
            restore_database(Path(scratch, DUMP), server_major=major)
            _replace(house.papers, Path(scratch, "papers"))
            if archive.manifest["keys_included"]:
                house.keys.replace(keys_before)
                _replace(house.keys, Path(scratch, "keys"))
        _check_log(archive)
    except BaseException:
        empty_database()
        _replace(house.papers, None)
        if keys_before.exists():
            _replace(house.keys, keys_before)
        marker.unlink()
        raise
    shutil.rmtree(keys_before, ignore_errors=True)
    marker.unlink()


def _check_fits(archive: Archive, house: House) -> int:
    """The server's major version. Raises when the house is lived in, or too old for the backup, or lacks its keys."""
    with psycopg.connect(**conninfo("super")) as connection:
        major = connection.info.server_version // 10_000
        there = [
            t for t in LIVED_IN if connection.execute("SELECT to_regclass(%s)", [f"public.{t}"]).fetchone() != (None,)
        ]
        full = any(connection.execute(f"SELECT FROM public.{t} LIMIT 1").fetchone() is not None for t in there)
    unfinished = (house.root / UNFINISHED).exists()
    if not unfinished and (full or any(path.is_file() for path in house.papers.rglob("*"))):
        raise HouseError(f"{house.root} 里已有数据，只能恢复到空房子。请用 REDHOUSE_HOME 另指一个空目录。", DATA)
    if major < archive.manifest["pg_major"]:
        raise OtherMajor(
            f"备份来自 PostgreSQL {archive.manifest['pg_major']}，这里是 {major}。请恢复到同版本或更新版本。"
        )
    if not archive.manifest["keys_included"] and not any(house.keys.glob("*")):
        raise HouseError(f"这份备份不含密钥。请先把原来的 keys 文件夹放到 {house.keys}，再恢复。", CONFIG)
    return int(major)


def _check_log(archive: Archive) -> None:
    setup()
    migrate()
    from redhouse.ground.ledger.queries import latest_head, verify

    stated = archive.manifest["head"]
    with count_bar("核对公开日志", stated["size"] if stated else 0) as progress:
        report = verify(progress=progress)
    if report.finding is not None:
        raise BadArchive(f"备份里的公开日志不成立：{report.finding.sentence}。已退回空房子。")
    head = latest_head()
    if (head and bytes(head.root).hex()) != (stated and stated["root"]):
        raise BadArchive("备份里的日志头与清单不符。已退回空房子。")


def _replace(folder: Path, source: Path | None) -> None:
    """Put `source` in the place of `folder`; an empty folder where there is none."""
    shutil.rmtree(folder, ignore_errors=True)
    if source is not None and source.exists():
        source.replace(folder)
    else:
        folder.mkdir()
    folder.chmod(0o700)
