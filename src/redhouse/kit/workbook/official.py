"""A table as it is printed, signed and filed: title and particulars above, a sum and signatures below, on A4."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import IO, Any

import xlsxwriter

from redhouse.kit.workbook.writing import OPTIONS


@dataclass(frozen=True)
class Form:
    """`rows` are taken once; a Decimal is money, which Excel keeps exactly up to fifteen digits. `numbers` are the
    columns (from 0) set to the right, `total` is the last row of the table. A reader finds the headings again, since no
    more than eight lines stand above them."""

    name: str
    title: str
    above: Sequence[str]
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Any]]
    total: Sequence[Any]
    below: Sequence[str]
    numbers: frozenset[int] = field(default_factory=frozenset)


def write_form(file: IO[bytes], form: Form) -> int:
    """Returns how many rows there are."""
    count, last = 0, len(form.headings) - 1
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        sheet = book.add_worksheet(form.name[:31])
        title = book.add_format({"bold": True, "font_size": 18, "align": "center", "valign": "vcenter"})
        cell = {"border": 1, "valign": "vcenter"}
        head = book.add_format(cell | {"bold": True, "align": "center", "bg_color": "#F4F0EA"})
        usual, strong = (_styles(book, cell | more) for more in ({}, {"bold": True}))
        for column, width in enumerate(form.widths):
            sheet.set_column(column, column, width)
        sheet.set_row(0, 30)
        sheet.merge_range(0, 0, 0, last, form.title, title)
        for line, words in enumerate(form.above, start=1):
            sheet.write_string(line, 0, words)
        at = len(form.above) + 1
        for column, word in enumerate(form.headings):
            sheet.write_string(at, column, word, head)
        for row in form.rows:
            count += 1
            _row(sheet, at + count, row, form.numbers, usual)
        _row(sheet, at + count + 1, form.total, form.numbers, strong)
        for line, words in enumerate(form.below, start=at + count + 3):
            sheet.write_string(line, 0, words)
        sheet.set_paper(9)
        sheet.set_margins(left=0.7, right=0.7, top=0.8, bottom=0.8)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(at)
        sheet.set_footer("&C— &P —")
        sheet.freeze_panes(at + 1, 0)
    return count


def _styles(book: Any, cell: dict[str, Any]) -> tuple[Any, Any, Any]:
    """For text, for what is set to the right, for money."""
    right = cell | {"align": "right"}
    return book.add_format(cell), book.add_format(right), book.add_format(right | {"num_format": "#,##0.00"})


def _row(sheet: Any, line: int, row: Sequence[Any], numbers: frozenset[int], styles: tuple[Any, Any, Any]) -> None:
    text, right, money = styles
    for column, value in enumerate(row):
        if isinstance(value, Decimal):
            sheet.write_number(line, column, float(value), money)
        elif isinstance(value, int):
            sheet.write_number(line, column, value, right)
        else:
            sheet.write_string(line, column, str(value), right if column in numbers else text)
