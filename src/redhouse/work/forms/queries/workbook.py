"""A filled form as a workbook, in its official layout, and the sentences that it shares with Word and PDF."""

from collections.abc import Callable, Iterator
from typing import Any

from redhouse.ground.papers.official.layout import chinese_date
from redhouse.kit.workbook import Form, write_form
from redhouse.work.forms.definitions import AnswerKind
from redhouse.work.forms.queries.filling import A_BATCH, Filled, all_lines, fill, is_number
from redhouse.work.forms.queries.gathering import gathered
from redhouse.work.forms.queries.ledgers import Asked

SIGNED = "填表人：　　　　　　审核人：　　　　　　填报日期：　　　　年　　月　　日"


def title_of(asked: Asked) -> str:
    name = asked.form.zh
    return f"{asked.division.name}{name}（{asked.month_on.year}年{asked.month_on.month}月）"


def write_workbook(file: Any, asked: Asked, progress: Callable[[int], object] = lambda _rows: None) -> None:
    """All rows, however many, in constant memory; a number stays a number. `progress` is told now and then how many
    rows are written."""
    filled = fill(asked)
    columns = asked.form.shown
    numbers = {place for place, column in enumerate(columns) if is_numeric(column)}
    form = Form(
        name=asked.form.zh,
        title=title_of(asked),
        above=above(filled),
        headings=["序号", *(column.name for column in columns)],
        widths=[6, *(column.width + 2 for column in columns)],
        rows=_counted(rows_of(asked), progress),
        total=["合计", *(filled.totals.get(column.known.key, "") if column.known else "" for column in columns)],
        below=[*answers_of(filled), source_of(filled), SIGNED],
        numbers=frozenset({0, *(place + 1 for place in numbers)}),
    )
    write_form(file, form)


def _counted(rows: Iterator[list[Any]], progress: Callable[[int], object]) -> Iterator[list[Any]]:
    for number, row in enumerate(rows, start=1):
        yield row
        if number % A_BATCH == 0:
            progress(number)


def is_numeric(column: Any) -> bool:
    return is_number(column.known) if column.known else column.ask.kind == AnswerKind.NUMBER


def rows_of(asked: Asked) -> Iterator[list[Any]]:
    for number, line in enumerate(all_lines(asked), start=1):
        yield [number, *(cell.value if isinstance(cell.value, int) else cell.text for cell in line.cells)]


def above(filled: Filled) -> list[str]:
    asked = filled.asked
    month = f"{asked.month_on.year}年{asked.month_on.month}月"
    return [f"填报单位：{asked.division.name}　　月份：{month}　　共{filled.count:,}行"]


def answers_of(filled: Filled) -> list[str]:
    """What was asked once for the place, with who wrote it and when; below a town's, what its villages wrote."""
    lines = []
    for cell in filled.place:
        by = f"（{cell.entry.filled_by.name}，{chinese_date(cell.entry.filled_on)}填）" if cell.entry else ""
        lines.append(f"{cell.column.name}：{cell.text or '（未填）'}{by}")
    for each in gathered(filled.asked):
        total = "" if each.total is None else f"　合计{each.total:,}"
        said = [f"{village} {cell.text}" for village, cell in each.answers]
        silent = [f"没填的：{'、'.join(each.silent)}"] if each.silent else []
        lines.append(f"各村（社区）填的{each.ask.name}{total}：{'；'.join([*said, *silent])}")
    return lines


def source_of(filled: Filled) -> str:
    form = filled.asked.form
    asked = f"，手工填写{len(form.asks)}栏" if form.asks else "，没有手工填写的栏目"
    return f"来源：“{form.holding.holder}”的“{form.holding.title}”自动填写{len(form.known)}栏{asked}"
