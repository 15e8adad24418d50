"""A person's copy as a file: Excel to read, JSON to carry elsewhere (a.45: in a form that can be moved)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import IO, Any

from django.utils import timezone

from redhouse.desk.queries.copy import Section
from redhouse.kit.workbook import Table, write_tables

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_excel(file: IO[bytes], sections: Iterator[Section]) -> None:
    """A sheet a section; moments in the house's time zone, as Excel knows no other."""
    write_tables(
        file,
        (
            Table(
                f"{number}{section.title}",
                list(section.columns.values()),
                [20] * len(section.columns),
                (tuple(_cell(value) for value in row) for row in section.rows),
            )
            for number, section in enumerate(sections, 1)
        ),
    )


def write_json(file: IO[bytes], sections: Iterator[Section]) -> None:
    """One object: section -> title, columns in words, rows. Written row by row."""
    file.write(b"{")
    for number, section in enumerate(sections):
        head = {"title": section.title, "columns": section.columns}
        file.write(b",\n" if number else b"\n")
        file.write(f'{_json(section.name)}: {_json(head)[:-1]}, "rows": ['.encode())
        for line, row in enumerate(section.rows):
            file.write(b",\n " if line else b"\n ")
            file.write(_json(dict(zip(section.columns, row, strict=True))).encode())
        file.write(b"]}")
    file.write(b"\n}\n")


# ending of the file -> media type, writer
FORMATS: dict[str, tuple[str, Callable[[IO[bytes], Iterator[Section]], None]]] = {
    "xlsx": (XLSX, write_excel),
    "json": ("application/json", write_json),
}


def _cell(value: Any) -> Any:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
