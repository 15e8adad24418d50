"""Workbooks that go out: templates, tables, and a workbook back with a column of results. Constant memory."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import IO, Any

import xlsxwriter

from redhouse.kit.workbook.reading import Cell, Sheet

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_SHOWN_ROWS = 5000  # rows of a template that carry the check of their column


@dataclass(frozen=True)
class Heading:
    """A column of a template: `help` is its line on the instruction sheet, `choices` its closed vocabulary."""

    name: str
    help: str
    required: bool = False
    choices: tuple[str, ...] = ()
    width: int = 16
    is_day: bool = False
    example: str = ""


def write_template(
    file: IO[bytes], *, name: str, headings: Sequence[Heading], instructions: Sequence[str], labels: Sequence[str]
) -> None:
    """An empty table and a sheet of instructions. Every column is text, so that no number loses a digit.

    `labels` are the four words above the table of columns: column, required, meaning, allowed values.
    """
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        sheet, guide = book.add_worksheet(name), book.add_worksheet(labels[0])
        text = book.add_format({"num_format": "@"})
        grey = book.add_format({"num_format": "@", "font_color": "#8A8178", "italic": True})
        for column, heading in enumerate(headings):
            sheet.set_column(column, column, heading.width, text)
            if heading.choices and sum(len(choice) + 1 for choice in heading.choices) < 255:
                sheet.data_validation(
                    1, column, _SHOWN_ROWS, column, {"validate": "list", "source": list(heading.choices)}
                )
        _head(book, sheet, [heading.name for heading in headings], [heading.required for heading in headings])
        for column, heading in enumerate(headings):
            sheet.write_string(1, column, heading.example, grey)
        sheet.freeze_panes(1, 0)
        _guide(book, guide, headings, instructions, labels[1:])


def _guide(book: Any, sheet: Any, headings: Sequence[Heading], lines: Sequence[str], labels: Sequence[str]) -> None:
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate((20, 10, 60, 60)):
        sheet.set_column(column, column, width)
    for line, text in enumerate(lines):
        sheet.write_string(line, 0, text)
    _head(book, sheet, labels, [False] * len(labels), line=len(lines) + 1)
    for line, heading in enumerate(headings, start=len(lines) + 2):
        cells = (heading.name, "✓" if heading.required else "", heading.help, "、".join(heading.choices))
        for column, cell in enumerate(cells):
            sheet.write_string(line, column, cell, wrap)


@dataclass(frozen=True)
class Table:
    """A sheet to be written: rows are taken once, as they come."""

    name: str
    headings: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Any]]


def write_table(
    file: IO[bytes], *, name: str, headings: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[Any]]
) -> int:
    """One sheet of rows as they come; returns how many. Numbers stay numbers, days days, all else is text."""
    return write_tables(file, [Table(name, headings, widths, rows)])


def write_tables(file: IO[bytes], tables: Iterable[Table]) -> int:
    """A sheet for each table; returns how many rows there are in all."""
    total = 0
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for table in tables:
            sheet = book.add_worksheet(table.name[:31])
            for column, width in enumerate(table.widths):
                sheet.set_column(column, column, width)
            _head(book, sheet, table.headings, [False] * len(table.headings))
            sheet.freeze_panes(1, 0)
            for line, row in enumerate(table.rows, start=1):
                total += 1
                for column, cell in enumerate(row):
                    _write(sheet, line, column, cell, day)
    return total


def write_back(
    file: IO[bytes], sheet: Sheet, *, headings: tuple[str, str], result: Callable[[int], tuple[str, str, bool]]
) -> None:
    """The same table, every cell as it was, with two columns more. `result(i)` gives word, explanation, and whether
    the row was refused, for row i of `sheet.rows`."""
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        target = book.add_worksheet(sheet.name[:31])
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        bad = book.add_format({"font_color": "#A8231B", "bold": True})
        width = len(sheet.headings)
        target.set_column(0, width, 18)
        target.set_column(width + 1, width + 1, 80)
        for line, row in enumerate(sheet.above):
            for column, cell in enumerate(row):
                _write(target, line, column, cell, day)
            if line == len(sheet.above) - 1:
                for offset, heading in enumerate(headings):
                    target.write_string(line, width + offset, heading)
        for index, row in enumerate(sheet.rows):
            line = index + sheet.first - 1
            for column, cell in enumerate(row):
                _write(target, line, column, cell, day)
            word, why, refused = result(index)
            target.write_string(line, width, word, bad if refused else None)
            target.write_string(line, width + 1, why)


def _write(sheet: Any, line: int, column: int, cell: Cell | None, day: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(line, column, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(line, column, cell)
    elif isinstance(cell, datetime):
        sheet.write_datetime(line, column, cell, day)
    elif isinstance(cell, date):
        sheet.write_datetime(line, column, datetime.combine(cell, time()), day)
    else:
        sheet.write_string(line, column, str(cell))


def _head(book: Any, sheet: Any, names: Sequence[str], required: Sequence[bool], line: int = 0) -> None:
    plain = {"bold": True, "bg_color": "#F4F0EA", "bottom": 1}
    usual, must = book.add_format(plain), book.add_format(plain | {"font_color": "#B3261E"})
    for column, name in enumerate(names):
        sheet.write_string(line, column, name, must if required[column] else usual)
