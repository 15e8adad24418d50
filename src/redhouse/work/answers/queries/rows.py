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


def rows_behind(answer: Answer, page: int = 1) -> RowPage:
    """A page of the rows behind an answer. A page beyond the last is the last; names are looked up in bulk, and only
    within the reach that is set on the connection."""
    pages = max(1, -(-answer.facts // PAGE_SIZE))
    number = min(max(page, 1), pages)
    rows: list[Row] = []
    if answer.facts:
        page_sql = f"{IN_ORDER} LIMIT {PAGE_SIZE} OFFSET {(number - 1) * PAGE_SIZE}"
        statement = with_prelude(answer.figure.rows_sql, page_sql)
        with reading() as cursor:
            cursor.execute(bound(statement), _parameters(answer))
            rows = [Row(*row) for row in cursor.fetchall()]
    return RowPage(name_all(rows, answer.as_of), number, pages, answer.facts)


def all_rows(answer: Answer) -> Iterator[Named]:
    """Every row behind an answer, streamed: memory does not grow with their number."""
    if not answer.facts:
        return
    connection: Any = connections[ALIAS]
    with transaction.atomic(using=ALIAS), connection.chunked_cursor() as cursor:
        cursor.execute(bound(with_prelude(answer.figure.rows_sql, IN_ORDER)), _parameters(answer))
        while rows := cursor.fetchmany(CHUNK):
            yield from name_all([Row(*row) for row in rows], answer.as_of)


def _parameters(answer: Answer) -> dict[str, Any]:
    return parameters(answer.division_code, answer.as_of, answer.last_fact_id)
