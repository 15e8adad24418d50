"""The only writers of facts. The application may insert these columns and the salt, no others: the number and the
clock belong to the database."""

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, transaction

from redhouse.ground.ledger import facts
from redhouse.kit.bulk import copy_rows

COLUMNS = (
    "kind", "division_code", "happened_on", "actor_id", "recorder_id",
    "subject_id", "object_id", "quantity", "label", "corrects_id",
)  # fmt: skip

# kind, division_code, happened_on, actor_id, recorder_id, subject_id, object_id, quantity, label
FactRow = tuple[str, str, date, int | None, int | None, int | None, int | None, int, str]


class UnknownKind(LookupError):
    """A fact of a kind that no room declared."""


class UnknownLabel(LookupError):
    """A label outside the closed list that the kind declared."""


class AlreadyCorrected(ValueError):
    """The fact was corrected before; correct the correction instead."""


def record(
    kind: str,
    *,
    happened_on: date,
    division_code: str,
    by: int | None,
    actor: int | None = None,
    subject: int | None = None,
    object: int | None = None,
    quantity: int = 1,
    label: str = "",
    corrects: int | None = None,
) -> int:
    """Write one fact and return its number.

    `by` is the person (key) who recorded it, `actor` the person who did it (default: the same). Keys only, no text.
    """
    _declared(kind, label)
    actor = by if actor is None else actor
    row = (kind, division_code, happened_on, actor, by, subject, object, quantity, label, corrects)
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_fact ({', '.join(COLUMNS)})"
            f" VALUES ({', '.join(['%s'] * len(COLUMNS))}) RETURNING fact_id",
            row,
        )
        return int(cursor.fetchone()[0])


def record_all(rows: Sequence[FactRow]) -> list[int]:
    """Write a few facts in one statement and return their numbers, in order. Kinds must be declared."""
    for row in rows:
        _declared(row[0], row[8])
    one = f"({', '.join(['%s'] * len(COLUMNS[:-1]))})"
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_fact ({', '.join(COLUMNS[:-1])}) VALUES {', '.join([one] * len(rows))}"
            " RETURNING fact_id",
            [value for row in rows for value in row],
        )
        return [int(number) for (number,) in cursor.fetchall()]


def record_many(rows: Iterable[FactRow]) -> int:
    """COPY many facts, in order, in one statement; returns how many. Kinds must be declared."""

    seen: set[tuple[str, str]] = set()
    salts = _salts()

    def checked() -> Iterable[Sequence[object]]:
        for row in rows:
            if (row[0], row[8]) not in seen:
                _declared(row[0], row[8])
                seen.add((row[0], row[8]))
            yield (*row, next(salts))

    connection = connections[DEFAULT_DB_ALIAS]
    with transaction.atomic(), connection.cursor() as cursor, connection.wrap_database_errors:
        return copy_rows(cursor, "ledger_fact", (*COLUMNS[:-1], "salt"), checked())


def _salts() -> Iterator[bytes]:
    """Sixteen random bytes for each fact, drawn many at a time. The database's own cost four times a bare COPY."""
    while True:
        drawn = os.urandom(16 * 1024)
        yield from (drawn[at : at + 16] for at in range(0, len(drawn), 16))


def correct(*, fact_id: int, by: int, **changes: object) -> int:
    """Record a fact of the same kind that takes the place of `fact_id`, with some columns changed."""
    old = _uncorrected(fact_id)
    fields = {
        "happened_on": old["happened_on"], "division_code": old["division_code"], "actor": old["actor_id"],
        "subject": old["subject_id"], "object": old["object_id"], "quantity": old["quantity"], "label": old["label"],
    } | changes  # fmt: skip
    return _in_place_of(fact_id, str(old["kind"]), by=by, **fields)


def void(*, fact_id: int, by: int, on: date) -> int:
    """Take a fact away by a later one that nothing counts."""
    old = _uncorrected(fact_id)
    return _in_place_of(
        fact_id,
        facts.FACT_VOIDED,
        happened_on=on,
        division_code=old["division_code"],
        by=by,
        subject=old["subject_id"],
    )


def _declared(kind: str, label: str) -> None:
    try:
        labels = facts.kind_named(kind).labels
    except KeyError:
        raise UnknownKind(f"没有名为“{kind}”的事实：先在该条线的 facts.py 里声明它的句子") from None
    if labels and label and label not in labels:
        raise UnknownLabel(f"“{kind}”没有“{label}”这个标签：只能是 {'、'.join(labels)}，或留空")


def _in_place_of(fact_id: int, kind: str, **fields: object) -> int:
    """Two may look at once and find the fact uncorrected; the unique `corrects_id` lets one of them in."""
    try:
        with transaction.atomic():
            return record(kind, corrects=fact_id, **fields)  # type: ignore[arg-type]
    except IntegrityError:
        _uncorrected(fact_id)  # by now it says who was first
        raise


def _uncorrected(fact_id: int) -> dict[str, object]:
    """The fact to be corrected, in columns. Raises LookupError, and AlreadyCorrected naming the correction."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT f.kind, f.division_code, f.happened_on, f.actor_id, f.subject_id, f.object_id, f.quantity, f.label,"
            " c.fact_id AS corrected FROM ledger_fact f LEFT JOIN ledger_fact c ON c.corrects_id = f.fact_id"
            " WHERE f.fact_id = %s",
            [fact_id],
        )
        row = cursor.fetchone()
        if row is None:
            raise LookupError(f"没有第 {fact_id} 条事实")
        old = dict(zip([column.name for column in cursor.description], row, strict=True))
    if old["corrected"] is not None:
        raise AlreadyCorrected(f"第 {fact_id} 条已由第 {old['corrected']} 条更正：请更正第 {old['corrected']} 条")
    return old
