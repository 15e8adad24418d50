"""`redhouse demo`: the town of the article, from an empty machine to open doors."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

import click

from redhouse.commands._house import own_house
from redhouse.commands.serve import HOST, PORT, free_port, serve_house

SEED = 2018


@click.command()
@click.option("--load-only", is_flag=True, help="建好就停，不开门。")
@click.option("--host", default=HOST, show_default=True, help="监听的地址；演示身份只在本机可用。")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="端口；0 表示任选。")
@click.option("--seed", default=SEED, show_default=True, help="生成器的种子；同一种子总是同一座镇。")
def command(load_only: bool, host: str, port: int, seed: int) -> None:
    """把西樵镇建在数据库里（截至2018年12月14日），打印答卷，然后开门。

    人名全部虚构。第二次运行直接开门。
    """
    os.environ["REDHOUSE_DEMO"] = "1"  # read by the settings, here and in the web processes
    if not load_only:
        port = free_port(host, port)
    with own_house("demo"):
        _fill(seed)
        _show()
        if not load_only:
            serve_house(host, port)


def _fill(seed: int) -> None:
    """Load the town where it does not stand yet."""
    from redhouse.demo.helper import helper
    from redhouse.demo.loader import HouseState, house_state, load_town
    from redhouse.demo.source import read_source
    from redhouse.demo.town import build_town

    if house_state() == HouseState.DEMO:
        with _bars() as progress:
            load_town(progress=progress)  # only what the public log still lacks
        click.echo("演示镇已经建好，直接使用。" + ("" if seed == SEED else "要换种子，请另用一个 REDHOUSE_HOME。"))
        return
    with helper() if (os.cpu_count() or 1) > 1 else nullcontext() as second, _bars() as progress:
        load_town(build_town(read_source(), seed), progress, helper=second)


def _show() -> None:
    """Print the answer sheet and who can sign in."""
    from rich.console import Console
    from rich.table import Table

    from redhouse.commands.answers import sheet_table
    from redhouse.demo.source import read_source
    from redhouse.ground.access.models import Account
    from redhouse.work.answers import queries

    as_of = read_source().as_of
    console = Console()
    place = queries.division_at(queries.town_code(), as_of)
    console.print(sheet_table(queries.answer_sheet(place.code, as_of), place.name, as_of))
    table = Table(title="演示身份（人名虚构；在本机的登录页点一下即可进入）", title_justify="left", header_style="bold")
    table.add_column("用户名", no_wrap=True)
    table.add_column("身份")
    for account in Account.objects.filter(is_demo=True).order_by("pk"):
        table.add_row(account.username, account.demo_note)
    console.print(table)


@contextmanager
def _bars() -> Iterator[Callable[[str, int, int], None]]:
    """One bar a stage, with percent; a line a stage where nobody looks on."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda stage, done, total: click.echo(f"{stage}：{total:,}", err=True) if done >= total else None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bars:
        tasks = {}

        def progress(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield progress
