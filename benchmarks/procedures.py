"""Proving all powers in all versions, walking them at random, and what that holds in memory. Needs no database."""

import tracemalloc
from collections.abc import Iterator
from datetime import date

from benchmarks.table import Result, seconds, spread
from redhouse.ground.process.procedure import read_procedure
from redhouse.ground.process.procedure.proofs import examine
from redhouse.ground.process.procedure.tracing import broken
from redhouse.ground.process.procedure.walking import walks
from redhouse.work.decisions.definitions import FOLDER, power_at

ROUNDS = 9


def measure() -> Iterator[Result]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.toml"))]
    reading = seconds(lambda: [read_procedure(text) for text in texts])
    procedures = [read_procedure(text) for text in texts]
    first = seconds(lambda: [examine(each) for each in procedures])
    again = [seconds(lambda: [examine(each) for each in procedures]) for _ in range(ROUNDS)]
    tracemalloc.start()
    states = sum(examine(each).states for each in procedures)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    dividend = power_at("P07", date(2026, 3, 1))
    traces = list(walks(dividend, runs=1000, seed=1))
    walking = seconds(lambda: list(walks(dividend, runs=1000, seed=1)))
    checking = seconds(lambda: [list(broken(dividend, trace)) for trace in traces])
    yield Result(
        title="Proving the ten powers",
        about=f"O1-O6 over every way of {len(procedures)} versions, {states:,} states visited; the first time the rules"
        " of voting are read from their files too.",
        head=("what", "time", "aim"),
        rows=[
            ("read all files", f"{reading:.2f} s", "—"),
            ("prove all, the first time", f"{first:.2f} s", "under 1 s"),
            ("prove all, again", f"{spread(again)} s", "under 1 s"),
            ("most memory held while proving", f"{peak / 2**20:.1f} MiB", "—"),
            ("1,000 random runs of P07", f"{walking:.2f} s", "—"),
            ("checking their traces", f"{checking:.2f} s", "—"),
        ],
        reached=f"Proved in {first:.2f} s, {first * 1e6 / states:.0f} µs a state.",
    )
