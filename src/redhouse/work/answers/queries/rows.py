"""The rows behind a figure: every number opens into what it was counted from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections, transaction

from redhouse.work.answers.definitions import Answer, parameters, with_prelude
from redhouse.work.answers.queries.names import Named, name_all
from redhouse.work.answers.queries.runs import ALIAS, bound, reading

PAGE_SIZE = 50
CHUNK = 5_000  # rows that are read and named at a time when all are wanted

COLUMNS = "happened_on, division_code, kind, label, subject_id, actor_id, quantity, fact_id"
# newest first; rows of the ground bear no fact number and keep the order of their places
IN_ORDER = (
    f"SELECT {COLUMNS} FROM answer"
    " ORDER BY happened_on DESC NULLS LAST, fact_id DESC NULLS LAST, division_code, kind, subject_id"
)
IN_MONTH = "happened_on >= :month_from AND happened_on < :month_until"


@dataclass(frozen=True)
class Row:
    """One row as the figure's second statement returns it."""

    happened_on: date | None
    division_code: str
    kind: str
    label: str
    subject_id: int | None
    actor_id: int | None
    quantity: int
    fact_id: int | None


@dataclass(frozen=True)
class RowPage:
    """A page of named rows: `number` from 1 to `pages`; `total` rows stand behind the figure."""

    rows: list[Named]
    number: int
    pages: int
    total: int

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE_SIZE + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * PAGE_SIZE, self.total)


def rows_behind(answer: Answer, page: int = 1, month: int | None = None) -> RowPage:
    """A page of the rows behind an answer, or of those in one month of its year. A page beyond the last is the last;
    names are looked up in bulk, and only within the reach that is set on the connection."""
    total = rows_in(answer, month)
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(page, 1), pages)
    rows: list[Row] = []
    if total:
        with reading() as cursor:
            rows = _page(cursor, answer, number, month)
    return RowPage(name_all(rows, answer.as_of), number, pages, total)


def plain_rows(*answers: Answer) -> list[list[Row]]:
    """The first page of the rows behind each answer, without names: for whoever needs their keys and days only."""
    with reading() as cursor:
        return [_page(cursor, answer) if answer.facts else [] for answer in answers]


def _page(cursor: Any, answer: Answer, number: int = 1, month: int | None = None) -> list[Row]:
    page_sql = f"{_ordered(month)} LIMIT {PAGE_SIZE} OFFSET {(number - 1) * PAGE_SIZE}"
    cursor.execute(bound(with_prelude(answer.figure.rows_sql, page_sql)), _parameters(answer, month))
    return [Row(*row) for row in cursor.fetchall()]


def all_rows(answer: Answer, month: int | None = None) -> Iterator[Named]:
    """Every row behind an answer, or of one month, streamed: memory does not grow with their number."""
    if not answer.facts:
        return
    connection: Any = connections[ALIAS]
    with transaction.atomic(using=ALIAS), connection.chunked_cursor() as cursor:
        cursor.execute(bound(with_prelude(answer.figure.rows_sql, _ordered(month))), _parameters(answer, month))
        while rows := cursor.fetchmany(CHUNK):
            yield from name_all([Row(*row) for row in rows], answer.as_of)


def rows_in(answer: Answer, month: int | None) -> int:
    """How many rows stand behind an answer, or behind one month of it."""
    return answer.facts if month is None or not answer.facts else _in_month(answer, month)


def _in_month(answer: Answer, month: int) -> int:
    statement = with_prelude(answer.figure.rows_sql, f"SELECT count(*) FROM answer WHERE {IN_MONTH}")
    with reading() as cursor:
        cursor.execute(bound(statement), _parameters(answer, month))
        return int(cursor.fetchone()[0])


def _ordered(month: int | None) -> str:
    return IN_ORDER if month is None else IN_ORDER.replace(" FROM answer", f" FROM answer WHERE {IN_MONTH}")


def _parameters(answer: Answer, month: int | None = None) -> dict[str, Any]:
    given = parameters(answer.division_code, answer.as_of, answer.last_fact_id)
    if month is None:
        return given
    begin = date(answer.as_of.year, month, 1)
    return given | {"month_from": begin, "month_until": date(begin.year + month // 12, month % 12 + 1, 1)}
