"""`redhouse doctor`: what was found, what is wrong, how to mend it."""

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import psycopg

from redhouse.commands._house import pending_migrations, setup
from redhouse.commands.restore import UNFINISHED
from redhouse.kit.errors import HouseError
from redhouse.kit.postgres import House, attach_or_start, conninfo, external_address, home, locate
from redhouse.kit.postgres.account import CANDIDATES, server_account
from redhouse.kit.postgres.cluster import Cluster

ROOM = 1 << 30  # bytes of free disk below which a busy week may fill it


@dataclass(frozen=True)
class Finding:
    """One line of the report; `mend` is empty where all is well."""

    what: str
    mend: str = ""


@click.command()
def command() -> None:
    """逐项体检：每行说明情况，有毛病的给出修法。有毛病则以 1 退出。"""
    sick = 0
    for finding in examine():
        click.echo(
            f"{'✗' if finding.mend else '✓'} {finding.what}" + (f"\n   → {finding.mend}" if finding.mend else "")
        )
        sick += bool(finding.mend)
    click.echo(f"\n{sick} 处需要处理。" if sick else "\n一切正常。")
    sys.exit(1 if sick else 0)


def examine() -> Iterator[Finding]:
    """Every finding, in the order in which one thing rests on another; what rests on a broken one is left out."""
    house = House(home())
    yield Finding(f"Python {platform.python_version()}（{sys.executable}）")
    yield from _place(house)
    yield from _told(lambda: _programs(house))
    yield from _font()
    if not external_address() and not house.pgdata.exists():
        yield Finding("还没有数据：第一次 redhouse demo 或 redhouse serve 时建立")
        return
    try:
        with attach_or_start(what="doctor"):
            yield from _database()
            setup()
            yield from _site()
            yield from _log()
            yield from _procedures()
    except HouseError as error:
        yield Finding("数据库用不了", error.message)


def _told(check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """The findings of `check`, and the error that it ends with as one more."""
    try:
        yield from check()
    except HouseError as error:
        yield Finding("数据库程序用不了", error.message)


def _place(house: House) -> Iterator[Finding]:
    there = next(folder for folder in (house.root, *house.root.parents) if folder.exists())
    writable = os.access(there, os.W_OK)
    yield Finding(
        f"数据目录 {house.root}", "" if writable else f"{there} 不可写：改正权限，或用 REDHOUSE_HOME 另指目录。"
    )
    free = shutil.disk_usage(there).free
    yield Finding(f"磁盘剩余 {free // (1 << 20):,} MB", "" if free >= ROOM else "不足 1 GB：请腾出空间。")
    if (house.root / UNFINISHED).exists():
        yield Finding("有一次恢复没有做完", "再执行一次 redhouse restore，它会从头来过。")


def _programs(house: House) -> Iterator[Finding]:
    if address := external_address():
        yield Finding(f"外部数据库 {address}")
        return
    binaries = locate(Cluster(house).major() if house.pgdata.exists() else None)
    yield Finding(f"PostgreSQL {binaries.version}（{binaries.origin}：{binaries.folder}）")
    account = server_account()
    shared = account.name == CANDIDATES[-1]
    mend = "nobody 与别的服务共用：请执行 useradd --system redhouse，再把数据交给它。" if shared else ""
    yield Finding(f"数据库以用户 {account.name} 运行", mend)


def _font() -> Iterator[Finding]:
    fonts = Path(__file__).parent.parent / "ground" / "papers" / "official" / "fonts"
    found = [path.name for path in fonts.glob("*") if path.suffix in {".otf", ".ttf"}]
    yield Finding(f"公文字体 {'、'.join(found) or '缺失'}", "" if found else "安装不完整：请重新安装 redhouse。")


def _database() -> Iterator[Finding]:
    with psycopg.connect(**conninfo("super")) as connection:
        info = connection.info
        yield Finding(f"数据库 {info.dbname} 接受连接，服务器 PostgreSQL {info.server_version // 10_000}")
        rights = connection.execute(
            "SELECT rolname, rolsuper OR rolbypassrls, EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid)"
            " FROM pg_roles r WHERE rolname IN ('redhouse_owner', 'redhouse_app', 'redhouse_figures')"
        ).fetchall()
    missing = 3 - len(rights)
    yield Finding(
        "所有者、应用、只读三个角色" + ("齐全" if not missing else f"缺 {missing} 个"),
        "重启 redhouse serve。" if missing else "",
    )
    for name, above_walls, owns in rights:
        if above_walls:
            yield Finding(f"角色 {name} 能绕过行级防线", f"ALTER ROLE {name} NOSUPERUSER NOBYPASSRLS;")
        if owns and name != "redhouse_owner":
            yield Finding(f"角色 {name} 拥有表", f"REASSIGN OWNED BY {name} TO redhouse_owner;")


def _site() -> Iterator[Finding]:
    from django.core import checks

    pending = pending_migrations()
    yield Finding(
        f"数据库结构差 {len(pending)} 步" if pending else "数据库结构是最新的",
        "重启 redhouse serve，它会自动补上。" if pending else "",
    )
    problems = [m for m in checks.run_checks(databases=["default", "owner", "figures"]) if m.level >= checks.WARNING]
    if not problems:
        yield Finding("设置检查通过")
    for problem in problems:
        yield Finding(f"{problem.id} {problem.msg}", problem.hint or "按提示改正设置。")


def _log() -> Iterator[Finding]:
    from redhouse.ground.ledger.queries import latest_head, pending

    if pending_migrations():
        return
    head, waiting = latest_head(), pending()
    size = f"{head.size:,} 条，签于 {head.signed_at:%Y-%m-%d %H:%M}" if head else "还是空的"
    yield Finding(f"公开日志{size}；待写入 {waiting:,} 条（核对用 redhouse verify）")


def _procedures() -> Iterator[Finding]:
    """The tables by which the database guards matters are those of the texts, and the texts are proved."""
    from redhouse.ground.process.models import ProcedureVersion
    from redhouse.ground.process.queries.versions import unfaithful_versions

    if pending_migrations():
        return
    count, wrong = ProcedureVersion.objects.count(), unfaithful_versions()
    if wrong:
        names = "、".join(f"{each.code}（{each.from_on}，编号 {each.pk}）" for each in wrong)
        yield Finding(
            f"{len(wrong)} 个程序版本没有经过证明",
            f"{names} 绕过采用程序写入：停办用它的事项，从备份恢复，并查明是谁写的",
        )
    else:
        yield Finding(f"程序版本 {count} 个，与文本一致，全部重新证明")
