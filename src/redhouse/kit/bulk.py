"""COPY into PostgreSQL from Python rows. Works on any psycopg cursor (Django's included)."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any

BLOCK = 512  # rows a write: the network call hardly counts, and the database works on one while we write the next


def _text(value: object) -> str:
    """One value in COPY's text format."""
    if value is None:
        return r"\N"
    if isinstance(value, str):
        if "\\" in value or "\t" in value or "\n" in value or "\r" in value:
            return value.replace("\\", r"\\").replace("\t", r"\t").replace("\n", r"\n").replace("\r", r"\r")
        return value
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, bytes):
        return r"\\x" + value.hex()
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _blocks(rows: Iterable[Sequence[object]]) -> Iterator[tuple[int, str]]:
    iterator = iter(rows)
    while block := list(islice(iterator, BLOCK)):
        yield len(block), "".join(["\t".join(map(_text, row)) + "\n" for row in block])


def copy_rows(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """COPY rows into `table`; returns how many. One statement: all rows or none."""
    count = 0
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for size, block in _blocks(rows):
            copy.write(block)
            count += size
    return count


def copy_through(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """The same through a temporary table, for tables under row-level security, where COPY is refused: the rows
    then pass the table's policies like any INSERT. Call inside a transaction."""
    names = ", ".join(columns)
    staging = f"staging_{table}"
    cursor.execute(f"CREATE TEMP TABLE {staging} ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA")
    count = copy_rows(cursor, staging, columns, rows)
    cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {staging}")
    cursor.execute(f"DROP TABLE {staging}")
    return count


def draw_ids(cursor: Any, table: str, count: int, column: str = "id") -> list[int]:
    """Draw `count` numbers from the identity sequence of a table, so that rows and facts can name each other."""
    # the sequence is looked up once, not once a number
    cursor.execute(
        "SELECT nextval(s.sequence) FROM (SELECT pg_get_serial_sequence(%s, %s)::regclass AS sequence OFFSET 0) s,"
        " generate_series(1, %s)",
        [table, column, count],
    )
    return [row[0] for row in cursor.fetchall()]
