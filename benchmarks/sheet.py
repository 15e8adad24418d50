"""(a) The whole answer sheet, cold and warm, against DuckDB over the Parquet that the house exports."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import django

from benchmarks.figures import AS_OF, TOWN
from benchmarks.table import Result, median, seconds, spread
from redhouse.kit import postgres

ROUNDS = 7


def measure() -> Iterator[Result]:
    with tempfile.TemporaryDirectory(prefix="redhouse-sheet-") as scratch:
        folder = Path(scratch, "town")
        with postgres.attach_or_start(what="bench"):
            django.setup()
            _export(folder)
            _close()
        with postgres.attach_or_start(what="bench"):  # a server that has just started
            cold = _counted()
            yield _compare(folder, cold)
            _close()


def _close() -> None:
    from django.db import connections

    connections.close_all()


def _export(folder: Path) -> None:
    from redhouse.ground.ledger.queries import last_fact_id
    from redhouse.work.answers.extract.writing import write_extract

    write_extract(folder, division_code=TOWN, last_fact_id=last_fact_id(), as_of=AS_OF)


def _counted() -> float:
    from redhouse.ground.ledger.queries import last_fact_id
    from redhouse.work.answers.queries import count_sheet

    cut = last_fact_id()
    return seconds(lambda: count_sheet(TOWN, AS_OF, cut))


def _remembered() -> float:
    from redhouse.work.answers.queries import answer_sheet

    return seconds(lambda: answer_sheet(TOWN, AS_OF))


def _duckdb(folder: Path) -> tuple[float, float]:
    """Seconds with a new engine, opened without checking digests, and again with the same one."""
    import duckdb

    from redhouse.work.answers.extract.manifest import Manifest
    from redhouse.work.answers.extract.reading import Extract
    from redhouse.work.answers.extract.script import view

    manifest = Manifest.parse((folder / "manifest.json").read_text())

    def opened() -> Extract:
        from redhouse.work.answers.definitions import PRELUDE, load_figures

        engine = duckdb.connect()
        for relation in manifest.relations:
            engine.execute(view(manifest, relation, [str(folder / name) for name in manifest.of(relation)]))
        return Extract(manifest, load_figures(), PRELUDE, engine)

    kept: list[Extract] = []

    def first() -> None:
        kept.append(opened())
        kept[0].answer_sheet(TOWN, AS_OF)

    took = seconds(first)
    again = seconds(lambda: kept[0].answer_sheet(TOWN, AS_OF))
    kept[0].engine.close()
    return took, again


def _compare(folder: Path, cold: float) -> Result:
    from redhouse.ground.ledger.queries import last_fact_id
    from redhouse.work.answers.queries import answer_sheet, count_sheet

    assert count_sheet(TOWN, AS_OF, last_fact_id()) == answer_sheet(TOWN, AS_OF)
    times: dict[str, list[float]] = {"first": [], "again": [], "rows": [], "memo": []}
    for _round in range(ROUNDS):
        first, again = _duckdb(folder)
        times["first"].append(first)
        times["again"].append(again)
        times["rows"].append(_counted())
        times["memo"].append(_remembered())
    base = median(times["again"])

    def row(name: str, values: list[float]) -> tuple[str, ...]:
        return name, spread([1000 * value for value in values], 1), f"{median(values) / base:.2f}"

    return Result(
        title="(a) The whole answer sheet of the town",
        about="All figures as of 2018-12-14. DuckDB reads the exported Parquet (columns, no rights); "
        "the house counts the rows by its read-only role.",
        head=("", "milliseconds", "ratio to DuckDB, warm"),
        rows=[
            row("DuckDB over Parquet, new engine", times["first"]),
            row("DuckDB over Parquet, warm", times["again"]),
            row("house, server just started, from the rows", [cold]),
            row("house, warm, from the rows", times["rows"]),
            row("house, from the memo of its cut", times["memo"]),
        ],
        reached=f"From the rows {median(times['rows']) / base:.1f}x DuckDB, once a cut; from then on"
        f" {median(times['memo']) / base:.3f}x.",
    )
