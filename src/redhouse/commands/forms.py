"""`redhouse forms`: the report forms of the house, and one of them filled, on the command line."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from redhouse.commands._house import visited_house
from redhouse.kit.errors import DATA, IO_FAILED, HouseError
from redhouse.kit.today import today

if TYPE_CHECKING:
    from redhouse.work.forms.definitions import ReportForm

FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def command() -> None:
    """报表：列出、查看、自动填好并另存为 Excel 或 Word。"""


@command.command("list")
def list_() -> None:
    """列出每份报表：多少栏系统里已有，多少栏要人填。"""
    from rich.console import Console
    from rich.table import Table

    table = Table(title="报表", title_justify="left", header_style="bold")
    for heading in ("编号", "名称", "版次", "起", "每行", "已有", "要问"):
        table.add_column(heading, no_wrap=heading != "名称", overflow="fold")
    with visited_house("forms"):
        for form in _forms():
            counts = (str(len(form.known)), str(len(form.asks)))
            table.add_row(form.code, form.zh, str(form.version), str(form.from_on), str(form.holding.title), *counts)
    Console().print(table)


@command.command()
@click.argument("code")
def show(code: str) -> None:
    """查看一份报表：每一栏从哪里来。"""
    with visited_house("forms"):
        forms = {form.code: form for form in _forms()}
        if code not in forms:
            raise HouseError(f"没有编号为 {code} 的报表；可用：{'、'.join(forms)}。", DATA)
        form = forms[code]
        click.echo(f"{form.code} {form.zh}　{form.from_on} 起　{form.every.label}")
        click.echo(f"依据：{form.clause}")
        for number, column in enumerate(form.columns, start=1):
            source = f"已有：{form.holding.holder}，{form.holding.title}"
            if column.ask:
                source = f"要人填：{column.ask.per.label}，{column.ask.kind.label}"
            click.echo(f"{number:>2} {column.name}　{source}")


@command.command()
@click.argument("code")
@click.option("--place", required=True, metavar="CODE", help="镇或村（社区）的12位区划代码。")
@click.option("--month", required=True, metavar="YYYY-MM", help="哪个月。")
@click.option("--xlsx", type=FILE, metavar="FILE", help="另存为 Excel。")
@click.option("--docx", type=FILE, metavar="FILE", help="另存为 Word。")
@click.option("--pdf", type=FILE, metavar="FILE", help="另存为 PDF，供打印。")
def fill(code: str, place: str, month: str, xlsx: Path | None, docx: Path | None, pdf: Path | None) -> None:
    """自动填好一份报表，打印合计；姓名、门牌照样遮住。"""
    files = {kind: path for kind, path in (("xlsx", xlsx), ("docx", docx), ("pdf", pdf)) if path}
    with visited_house("forms"):
        from redhouse.ground.access.reach import everything
        from redhouse.work.forms.queries import asked_at
        from redhouse.work.forms.queries import fill as filled_at
        from redhouse.work.forms.queries.workbook import title_of
        from redhouse.work.forms.views.documents import PAPERS

        with everything():
            asked = asked_at(code, place, month)
            filled = filled_at(asked)
            click.echo(f"{title_of(asked)}　{filled.count:,}行")
            for column in asked.form.columns:
                if column.known and column.known.key in filled.totals:
                    click.echo(f"{column.name}　{filled.totals[column.known.key]:,}")
            for cell in filled.place:
                click.echo(f"{cell.column.name}　{cell.text or '（未填）'}")
            for kind, path in files.items():
                _write(path, PAPERS[kind][0](asked))


def _forms() -> "list[ReportForm]":
    from redhouse.work.forms.queries import forms_in_force

    return forms_in_force(today().replace(day=1))


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise HouseError(f"写不了 {path}（{error.strerror}）：请换一个可写的地方。", IO_FAILED) from None
    click.echo(f"已写入 {path}", err=True)
