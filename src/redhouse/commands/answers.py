"""`redhouse answers`: the answer sheet on the command line, counted from rows."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from redhouse.commands._house import no_house, visited_house
from redhouse.commands._progress import count_bar
from redhouse.kit.errors import IO_FAILED, HouseError
from redhouse.kit.today import today

if TYPE_CHECKING:
    from rich.table import Table

    from redhouse.work.answers.definitions import Answer
    from redhouse.work.answers.views.asking import Question


@click.command()
@click.option("--as-of", "as_of", metavar="YYYY-MM-DD", help="截至哪一天。  [默认：演示镇 2018-12-14，否则今天]")
@click.option("--division", metavar="CODE", help="区划代码，12位；村以下15位。  [默认：本镇]")
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="由 redhouse export 写出的文件夹或批准时的数据存档（zip）答卷，先核对每个文件；不需要数据库。",
)
@click.option("--docx", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="另存为 Word 公文。")
@click.option("--pdf", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="另存为 PDF 公文。")
@click.option("--xlsx", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="另存为 Excel。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON：一个列表，每个数字一个对象。")
def command(
    as_of: str | None,
    division: str | None,
    folder: Path | None,
    docx: Path | None,
    pdf: Path | None,
    xlsx: Path | None,
    as_json: bool,
) -> None:
    """打印答卷：F02 到 F32 各个数字，由明细现算。

    比率的 value 是约分后的分数，例如 "11/32"；整比写成整数，例如 "1"。不适用于该区划的数字为 null，显示为“—”。
    """
    files = {form: path for form, path in (("docx", docx), ("pdf", pdf), ("xlsx", xlsx)) if path}
    if folder is not None and files:
        raise click.UsageError("--from 只打印数字；要 Word、PDF 或 Excel，请在有数据库的房子里运行。")
    counted = in_the_house(as_of, division, files) if folder is None else in_a_folder(folder, as_of, division)
    place, day, answers = counted
    if as_json:
        click.echo(json.dumps([answer.as_json() for answer in answers], ensure_ascii=False, indent=1))
        return
    from rich.console import Console

    Console().print(sheet_table(answers, place, day))


def in_the_house(as_of: str | None, division: str | None, files: dict[str, Path]) -> tuple[str, date, list["Answer"]]:
    """The name of the place, the day, and every figure, counted in the database; `files` are written on the way."""
    with visited_house("answers"):
        from redhouse.ground.ledger.queries import last_fact_id
        from redhouse.work.answers import queries
        from redhouse.work.answers.views.asking import Question

        on = today()
        day = queries.parse_day(as_of, on) if as_of else queries.default_as_of(on)
        place = queries.division_at(division or queries.town_code(), day)
        cut = last_fact_id()
        for form, path in files.items():
            write(path, Question(place, day, cut), form)
        return place.name, day, queries.answer_sheet(place.code, day, cut)


def write(path: Path, asked: "Question", form: str) -> None:
    """Write the sheet in one form. Raises HouseError where the file cannot be written."""
    from redhouse.ground.access.reach import everything
    from redhouse.work.answers.views.exports import FORMS

    make, _media_type = FORMS[form]
    with everything():
        content = make(asked)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise HouseError(f"写不了 {path}（{error.strerror}）：请换一个可写的地方。", IO_FAILED) from None
    click.echo(f"已写入 {path}", err=True)


def in_a_folder(folder: Path, as_of: str | None, division: str | None) -> tuple[str, date, list["Answer"]]:
    """The same out of an exported folder, with no house at all."""
    no_house()
    from redhouse.work.answers.extract.reading import open_extract

    files = sum(1 for _ in folder.rglob("*")) if folder.is_dir() else 0
    with count_bar("核对文件", files) as progress, open_extract(folder, progress) as extract:
        day = extract.day(as_of)
        code = division or extract.manifest.division_code
        return extract.place(code, day), day, extract.answer_sheet(code, day)


def sheet_table(answers: Iterable["Answer"], place: str, as_of: date) -> "Table":
    """The figures as a table: as the article prints them, exactly, their parts, and how many rows stand behind."""
    from rich.table import Table

    answers = list(answers)
    cut = answers[0].last_fact_id if answers else 0
    table = Table(title=f"{place}答卷　截至 {as_of}　账本第 {cut:,} 条", title_justify="left", header_style="bold")
    table.add_column("编号", no_wrap=True)
    table.add_column("数字", overflow="fold")
    for heading in ("显示", "准确值", "明细"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("分项", overflow="fold")
    for answer in answers:
        names = answer.figure.part_names
        # the space inside a pair does not break, the one between pairs does
        parts = "  ".join(f"{names.get(part, part)}\u00a0{answer.part(part)}" for part in answer.parts)
        plan = "（计划）" if answer.figure.is_plan and "计划" not in answer.figure.name else ""
        table.add_row(
            answer.figure.id, answer.figure.name + plan, answer.display, answer.exact, f"{answer.facts:,}", parts
        )
    return table
