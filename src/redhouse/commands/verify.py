"""`redhouse verify`: does the public record hold? In this house, or in a bundle on an auditor's laptop."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from redhouse.commands._house import visited_house
from redhouse.kit import dossier
from redhouse.kit.errors import NO_PERMISSION, HouseError
from redhouse.kit.record import Known, Report, check_bundle

Progress = Callable[[int], None]
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", required=False, type=FILE, metavar="[FILE]")
@click.option("--export", type=FILE, help="核对后，把日志导出成一个文件。")
@click.option("--bundle", type=FILE, help="核对导出的文件，不需要数据库。")
@click.option("--expect", metavar="条数:根", multiple=True, help="别处保存的日志头，可写多个：换掉整本日志也瞒不过它。")
def command(file: Path | None, export: Path | None, bundle: Path | None, expect: tuple[str, ...]) -> None:
    """核对公开日志：逐条重算，找出第一条被改、被删、被插入或调换的记录。

    写 FILE 则核对这个文件，不需要数据库：一件事项的档案包，或导出的日志（同 --bundle）。
    成立则退出码为 0；不成立则为 1，并说出第一处。
    """
    known = [Known.parse(text) for text in expect]
    if file is not None and bundle is not None:
        raise HouseError("FILE 和 --bundle 只写一个。", 2)
    if file is not None and dossier.is_bundle(file):
        if export is not None:
            raise HouseError("核对文件时不能同时 --export：请分两次运行。", 2)
        _tell_matter(dossier.check_bundle(file, known=known), file, known)
        return
    bundle = bundle or file
    if bundle is not None:
        if export is not None:
            raise HouseError("--bundle 只核对文件，不能同时 --export：请分两次运行。", 2)
        with _bar("核对文件", bundle.stat().st_size // 250 if bundle.exists() else 0) as progress:
            report = check_bundle(bundle, known=known, progress=progress)
        _tell(report, str(bundle), known)
        return
    with visited_house("verify", migrated=False):
        from redhouse.ground.ledger import queries

        head = queries.latest_head()
        with _bar("核对日志", head.size if head else 0) as progress:
            report = queries.verify(known=known, progress=progress)
        _tell(report, "公开日志", known)
        click.echo(f"等待写入日志的事实：{queries.pending():,} 条")
        if export is not None:
            _export(export)


def _tell(report: Report, what: str, known: list[Known]) -> None:
    """Print what holds, or stop with the first finding."""
    if report.finding is not None:
        raise HouseError(f"{what}不成立。{report.finding.sentence}。此前 {report.size:,} 条相符。", 1)
    click.echo(f"{what}成立：{report.size:,} 条事实逐条相符，{report.heads:,} 个日志头的签名与根相符。")
    if known:
        click.echo(f"与别处保存的 {len(known)} 个日志头相符。")
    click.echo(f"日志头 {report.size}:{report.root.hex()}")


def _tell_matter(checked: dossier.Checked, file: Path, known: list[Known]) -> None:
    """Print what holds of one matter, or stop with the first finding."""
    about, head = checked.about, checked.head
    if checked.finding is not None:
        raise HouseError(f"{file} 不成立。{checked.finding.sentence}。此前 {checked.facts:,} 条事实相符。", 1)
    assert head is not None
    click.echo(f"{about.get('number', '')} {about.get('title', '')}：档案成立。")
    click.echo(f"{checked.rows:,} 行与 {checked.files:,} 份文件同封存时一致。")
    click.echo(f"{checked.facts:,} 条事实都在公开日志里，签名相符。")
    if not known:
        click.echo("请把下面的日志头和公钥编号同公布的核对；有抄下的日志头，用 --expect 一并核对。")
    click.echo(f"日志头 {head.size}:{head.root.hex()}  公钥 {head.key_id}")


def _export(path: Path) -> None:
    from redhouse.ground.ledger import queries

    if not os.access(path.absolute().parent, os.W_OK):
        raise HouseError(f"{path.absolute().parent} 不存在或不可写：请换一个地方存放。", NO_PERMISSION)
    count = queries.export(path)
    click.echo(f"已导出 {count:,} 条到 {path}；在任何一台机器上用 redhouse verify --bundle {path.name} 核对。")


@contextmanager
def _bar(label: str, total: int) -> Iterator[Progress]:
    """A bar over facts; it is told how many are done. Silent where nobody looks on."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Bars(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task(label, total=total or None)
        yield lambda done: bars.update(task, completed=done)
