"""Rows as a workbook. Written row by row in constant memory; numbers stay numbers, keys stay text."""

from collections.abc import Callable
from datetime import datetime, time
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _

from redhouse.work.answers.definitions import Answer
from redhouse.work.answers.queries.rows import CHUNK, all_rows

LIMIT = 1_048_575 - 8  # rows of a sheet, less the lines above and below the table


def write_workbook(
    file: IO[bytes], answer: Answer, month: int | None = None, progress: Callable[[int], object] = lambda _: None
) -> None:
    """One sheet: what was counted, its two cuts, then every row, or those of one month. Past Excel's own limit it ends
    with a sentence that says so. `progress` is told now and then how many rows are written."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        _write(book, answer, month, progress)


def _write(book: xlsxwriter.Workbook, answer: Answer, month: int | None, progress: Callable[[int], object]) -> None:
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(_("明细"))
    for column, width in enumerate((12, 28, 56, 16, 12, 12)):
        sheet.set_column(column, column, width)
    head = {"cut": f"{answer.last_fact_id:,}", "day": answer.as_of.isoformat()}
    sheet.write_string(0, 0, f"{answer.figure.id}　{answer.figure.name}　{answer.exact}", bold)
    sheet.write_string(1, 0, answer.figure.word("definition"))
    sheet.write_string(2, 0, _("事发截至%(day)s，录入截至账本第%(cut)s条。姓名和门牌已遮住。") % head)
    titles = (_("日期"), _("区划"), _("记录"), _("状态"), _("数量"), _("账本条号"))
    for column, title in enumerate(titles):
        sheet.write_string(4, column, title, bold)
    line = 5
    for named in all_rows(answer, month):
        if line - 5 == LIMIT:
            sheet.write_string(line, 0, _("表格最多容纳%(n)s行，其余请按村（社区）分别导出。") % {"n": f"{LIMIT:,}"})
            break
        if named.row.happened_on is not None:
            sheet.write_datetime(line, 0, datetime.combine(named.row.happened_on, time()), day)
        sheet.write_string(line, 1, named.place)
        sheet.write_string(line, 2, named.sentence)
        sheet.write_string(line, 3, named.label)
        sheet.write_number(line, 4, named.row.quantity)
        if named.row.fact_id is not None:
            sheet.write_string(line, 5, str(named.row.fact_id))
        line += 1
        if line % CHUNK == 0:
            progress(line - 5)
