"""(a) The year's visits through the house's own door, against raw COPY of the same rows."""

from collections.abc import Iterator

import django
from django.db import connections

from benchmarks.table import Result, median, seconds, spread
from redhouse.kit import postgres
from redhouse.kit.bulk import copy_rows

ROUNDS = 3


def measure() -> Iterator[Result]:
    with postgres.attach_or_start(what="bench"):
        django.setup()
        result = _loading()
        connections.close_all()  # the server goes with this block, the connections must not outlive it
    yield result


def _loading() -> Result:
    from django.db import transaction

    from redhouse.ground.ledger import actions

    columns = actions.COLUMNS[:-1]
    with connections["default"].cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM ledger_fact WHERE kind = 'visit_recorded' ORDER BY fact_id")
        rows = cursor.fetchall()

    class Undo(Exception):
        pass

    def raw() -> float:
        """A bare table: no index, no constraint, no trigger, no salt, no clock."""
        with connections["default"].cursor() as cursor:
            cursor.execute(f"CREATE TEMP TABLE bare AS SELECT {', '.join(columns)} FROM ledger_fact WITH NO DATA")
            took = seconds(lambda: copy_rows(cursor, "bare", columns, rows))
            cursor.execute("DROP TABLE bare")
        return took

    def logged() -> float:
        """The same into a permanent bare table, which writes the same write-ahead log as ours."""
        with connections["owner"].cursor() as cursor:
            cursor.execute(f"CREATE TABLE bench_bare AS SELECT {', '.join(columns)} FROM ledger_fact WITH NO DATA")
            took = seconds(lambda: copy_rows(cursor, "bench_bare", columns, rows))
            cursor.execute("DROP TABLE bench_bare")
        return took

    def ours() -> float:
        took = 0.0
        try:
            with transaction.atomic():
                took = seconds(lambda: actions.record_many(rows))
                raise Undo
        except Undo:
            return took

    times: dict[str, list[float]] = {"bare": [], "logged": [], "ours": []}
    for _ in range(ROUNDS):
        times["bare"].append(raw())
        times["logged"].append(logged())
        times["ours"].append(ours())
    ratios = [o / b for o, b in zip(times["ours"], times["logged"], strict=True)]
    return Result(
        title=f"(a) Loading the year's visits: {len(rows):,} rows",
        about="Ours: `ledger.actions.record_many`, with five indexes, four checks, salt, clock and the writers' lock. "
        "Raw: COPY of the same rows from the same Python into a bare table.",
        head=("way", "seconds", "ratio to raw COPY"),
        rows=[
            ("raw COPY, bare temporary table (not logged)", spread(times["bare"]), ""),
            ("raw COPY, bare permanent table", spread(times["logged"]), "1"),
            ("through the ledger", spread(times["ours"]), spread(ratios)),
        ],
        reached=f"Aim: under 3x. Reached: {median(ratios):.2f}x.",
    )
