"""Workbooks as people make them."""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from redhouse.work.registry.enums import ImportKind
from redhouse.work.registry.rules.columns import TEMPLATES


def book(kind: ImportKind, *rows: Sequence[Any], headings: Sequence[str] | None = None, sheet: str = "") -> bytes:
    """A workbook of this kind; cells as Python gives them, days as real days."""
    made = TEMPLATES[kind]
    return grid([list(headings or made.headings), *rows], sheet=sheet or made.name)


def grid(rows: Sequence[Sequence[Any]], *, sheet: str, more: Any = None) -> bytes:
    """Any grid at all; `more(workbook, worksheet)` adds what people add."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as workbook:
        target = workbook.add_worksheet(sheet)
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for line, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    target.write_datetime(line, column, datetime.combine(cell, time()), day)
                elif cell is not None:
                    target.write(line, column, cell)
        if more is not None:
            more(workbook, target)
    return file.getvalue()
