"""A dataset as CSV, JSON or Parquet."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from redhouse.desk.public.datasets import DAY, TEXT, WHOLE, Dataset
from redhouse.desk.public.moment import Moment

LICENCE = "CC BY 4.0"
Rows = list[tuple[Any, ...]]
SQL_TYPES = {TEXT: "VARCHAR", WHOLE: "BIGINT", DAY: "DATE"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins so


def as_csv(dataset: Dataset, rows: Rows, moment: Moment) -> bytes:
    """UTF-8 with the mark by which Excel knows it; an empty cell for null; text never becomes a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.name for column in dataset.columns])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_json(dataset: Dataset, rows: Rows, moment: Moment) -> bytes:
    """One object: what it is, its licence, its cuts, its columns, its rows."""
    names = [column.name for column in dataset.columns]
    whole = {
        "dataset": dataset.name,
        "title": str(dataset.title),
        "about": str(dataset.about),
        "licence": LICENCE,
        "division": {"code": moment.code, "name": moment.town.name},
        "as_of": moment.as_of,
        "cut": moment.cut,
        "log_head": {"size": moment.head.size, "root": bytes(moment.head.root).hex()},
        "columns": [{"name": one.name, "type": one.type, "title": str(one.title)} for one in dataset.columns],
        "rows": [dict(zip(names, row, strict=True)) for row in rows],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, default=date.isoformat).encode()


def as_parquet(dataset: Dataset, rows: Rows, moment: Moment) -> bytes:
    """Typed columns: bigint, date, varchar."""
    import duckdb  # a tenth of a second to load, for whoever asks for Parquet only

    columns = ", ".join(f'"{column.name}" {SQL_TYPES[column.type]}' for column in dataset.columns)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as base:
        path = Path(folder) / "table.parquet"
        base.execute(f"CREATE TABLE found ({columns})")
        if rows:
            base.executemany(f"INSERT INTO found VALUES ({', '.join('?' * len(dataset.columns))})", rows)
        base.execute(f"COPY found TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
        return path.read_bytes()


FORMATS: dict[str, tuple[str, Callable[[Dataset, Rows, Moment], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json),
    "parquet": ("application/vnd.apache.parquet", as_parquet),
}


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
