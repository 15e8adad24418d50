"""(b) Facts a second with eight writers, each fact its own transaction, with and without the public log."""

import multiprocessing
import time
from collections.abc import Iterator
from datetime import date

import django
import psycopg

from benchmarks.table import Result, median, spread
from redhouse.kit import postgres

WRITERS, SECONDS, ROUNDS = 8, 4.0, 3


def _write(begin: float, stop_at: float, counts: "multiprocessing.Queue[int]", number: int) -> None:
    django.setup()
    from django.db import connection

    from redhouse.ground.ledger.actions import record

    connection.ensure_connection()
    time.sleep(max(0.0, begin - time.time()))
    written = 0
    while time.time() < stop_at:
        record(
            "visit_recorded", happened_on=date(2018, 12, 14), division_code="440605122220", by=number,
            subject=written, label="household",
        )  # fmt: skip
        written += 1
    counts.put(written)


def _sequence(stop_at: float) -> None:
    django.setup()
    from redhouse.ground.ledger.jobs import sequence_once

    while time.time() < stop_at:
        sequence_once()
        time.sleep(0.5)


def measure() -> Iterator[Result]:
    with postgres.attach_or_start(what="bench"):
        rates: dict[bool, list[float]] = {False: [], True: []}
        for _ in range(ROUNDS):
            for log in (False, True):
                rates[log].append(_round(with_log=log))
        ratios = [b / a for a, b in zip(rates[False], rates[True], strict=True)]
        yield Result(
            title=f"(b) Facts a second with {WRITERS} writers",
            about="Eight processes through `ledger.actions.record`, one transaction a fact, on the same two cores as "
            "the server; with the log, the sequencer runs every half second beside them.",
            head=("", "facts a second", "ratio"),
            rows=[
                ("without the public log", spread(rates[False], 0), "1"),
                ("with the public log", spread(rates[True], 0), spread(ratios)),
            ],
            reached=f"The log costs {100 - 100 * median(ratios):.0f} % of the throughput.",
        )


def _round(*, with_log: bool) -> float:
    spawn = multiprocessing.get_context("spawn")
    counts: multiprocessing.Queue[int] = spawn.Queue()
    begin = time.time() + 6  # the processes import Django first
    stop_at = begin + SECONDS
    before = _last()
    processes = [spawn.Process(target=_write, args=(begin, stop_at, counts, n)) for n in range(WRITERS)]
    if with_log:
        processes.append(spawn.Process(target=_sequence, args=(stop_at,)))
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    acknowledged = sum(counts.get() for _ in range(WRITERS))
    with psycopg.connect(**postgres.conninfo("app")) as connection:
        found = connection.execute("SELECT count(*) FROM ledger_fact WHERE fact_id > %s", [before]).fetchone()
    assert found == (acknowledged,), f"{acknowledged} facts were acknowledged, {found} are there"
    return acknowledged / SECONDS


def _last() -> int:
    with psycopg.connect(**postgres.conninfo("app")) as connection:
        row = connection.execute("SELECT coalesce(max(fact_id), 0) FROM ledger_fact").fetchone()
    assert row is not None
    return int(row[0])
