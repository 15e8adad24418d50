"""(d) Every figure on PostgreSQL, DuckDB and Spark from the same text: same values and types, times and memory.

Each engine runs in a process of its own: `python -m benchmarks.identity ENGINE FOLDER SCHEMA CODE CUT`.
"""

import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import psycopg

from benchmarks.table import Result, seconds
from redhouse.kit import postgres
from redhouse.work.answers.definitions import COUNT, NAME, load_figures, parameters, with_prelude

AS_OF, TOWN, COUNTY = date(2018, 12, 14), "440605122000", "440605000000"
TOWNS = 14
SHIFT = 10_000_000  # above every key of the demo, so that each town has keys of its own
ROUNDS = 2
ENGINES = ("postgresql", "duckdb", "spark")
NOT_RUN = "not run: pip install 'redhouse[spark]', with Java 17"

Run = Callable[[str, dict[str, Any]], list[list[Any]]]


def measure() -> Iterator[Result]:
    with postgres.attach_or_start(what="bench"), tempfile.TemporaryDirectory(prefix="redhouse-identity-") as scratch:
        one, many = Path(scratch, "one"), Path(scratch, "many")
        cut = _extract(one)
        yield _compare("350 thousand visits, one town", one, "figures", TOWN, cut)
        _multiply(one, many)
        load = seconds(lambda: _load(many))
        title = f"5 million visits, {TOWNS} towns"
        result = _compare(title, many, "bench", COUNTY, cut + TOWNS * SHIFT)
        result.about += f" Loading PostgreSQL by COPY, with indexes: {load:.0f} s."
        yield result


def _extract(folder: Path) -> int:
    import django

    django.setup()
    from django.db import connections

    from redhouse.ground.ledger.queries import last_fact_id
    from redhouse.work.answers.extract.writing import write_extract

    cut = last_fact_id()
    took = seconds(lambda: write_extract(folder, division_code=TOWN, last_fact_id=cut))
    print(f"   extract of one town: {took:.1f} s, {_size(folder):.1f} MB", flush=True)
    connections.close_all()
    return cut


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*.parquet")) / 1e6


def _files(folder: Path) -> dict[str, str]:
    """Relation -> pattern of its files."""
    return {path.stem: str(path) for path in folder.glob("*.parquet")} | {"facts": f"{folder}/facts/*/*/*.parquet"}


def _multiply(one: Path, many: Path) -> None:
    """The same town many times under codes and keys of its own."""
    many.mkdir()
    with duckdb.connect() as engine:
        for relation, files in _files(one).items():
            source = f"read_parquet('{files}', hive_partitioning = false)"
            columns = [name for name, *_ in engine.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()]
            shifted = ", ".join(_shifted(name) for name in columns)
            for k in range(TOWNS) if relation == "facts" else [0]:
                towns = f"range({k}, {k + 1})" if relation == "facts" else f"range({TOWNS})"
                query = f"SELECT {shifted} FROM {source}, (SELECT range AS k FROM {towns})"
                if relation == "facts":
                    town, month = "substr(division_code, 1, 9) AS town", "strftime(happened_on, '%Y-%m') AS month"
                    query = f"SELECT *, {town}, {month} FROM ({query})"
                    target = f"'{many}/facts' (FORMAT parquet, PARTITION_BY (town, month), APPEND)"
                else:
                    target = f"'{many}/{relation}.parquet' (FORMAT parquet)"
                engine.execute(f"COPY ({query}) TO {target}")


def _shifted(column: str) -> str:
    if column in {"code", "division_code"}:
        return f"substr({column}, 1, 6) || CAST(122 + k AS varchar) || substr({column}, 10) AS {column}"
    if column.endswith("_id") and column != "object_id":
        return f"{column} + k * {SHIFT} AS {column}"
    return column


def _load(folder: Path) -> None:
    """The folder into tables of the same shape as the views, with the ledger's indexes."""
    csv = folder.with_name("piece.csv")
    with psycopg.connect(**postgres.conninfo("owner"), autocommit=True) as target, duckdb.connect() as source:
        source.execute("SET TimeZone = 'UTC'")
        target.execute("CREATE SCHEMA bench; GRANT USAGE ON SCHEMA bench TO redhouse_figures")
        for relation, files in _files(folder).items():
            target.execute(f"CREATE TABLE bench.{relation} (LIKE figures.{relation})")
            for k in range(TOWNS) if relation == "facts" else [None]:
                part = files if k is None else f"{folder}/facts/town=440605{122 + k}/*/*.parquet"
                source.execute(
                    f"COPY (SELECT * FROM read_parquet('{part}', hive_partitioning = false)) TO '{csv}'"
                    r" (FORMAT csv, HEADER false, NULLSTR '\N')"
                )
                with (
                    csv.open("rb") as file,
                    target.cursor().copy(rf"COPY bench.{relation} FROM STDIN (FORMAT csv, NULL '\N')") as copy,
                ):
                    while block := file.read(1 << 20):
                        copy.write(block)
        for table, index in (
            ("facts", "(kind, division_code COLLATE \"C\", happened_on) WHERE kind <> 'visit_recorded'"),
            ("facts", "(division_code COLLATE \"C\", happened_on) INCLUDE (fact_id, subject_id, quantity)"
                      " WHERE kind = 'visit_recorded'"),
            ("facts", "(kind, subject_id) WHERE kind <> 'visit_recorded'"),
            ("facts", "(corrects_id) WHERE corrects_id IS NOT NULL"),
            ("household", '(division_code COLLATE "C", from_on) INCLUDE (household_id, until_on)'),
        ):  # fmt: skip
            target.execute(f"CREATE INDEX ON bench.{table} {index}")
        target.execute("GRANT SELECT ON ALL TABLES IN SCHEMA bench TO redhouse_figures")
        target.execute("VACUUM ANALYZE")
    csv.unlink()


def _compare(title: str, folder: Path, schema: str, code: str, cut: int) -> Result:
    found = {engine: _apart(engine, folder, schema, code, cut) for engine in ENGINES}
    ran = {engine: report for engine, report in found.items() if report}
    different = [
        f"{figure} on {engine}" for engine, report in ran.items() for figure, rows in report["rows"].items()
        if rows != ran["postgresql"]["rows"][figure]
    ]  # fmt: skip
    if different:
        raise AssertionError(f"figures differ from PostgreSQL: {', '.join(different)}")
    fastest = ran["duckdb"]["seconds"][-1]
    visits = ran["postgresql"]["rows"]["F03"][0][1]
    rows = [
        (engine, *(f"{took:.2f}" for took in report["seconds"]), f"{report['seconds'][-1] / fastest:.1f}",
         f"{report['peak'] // 1024:,}")
        if report else (engine, *["—"] * ROUNDS, "—", NOT_RUN)
        for engine, report in found.items()
    ]  # fmt: skip
    return Result(
        title=f"(d) One text, three engines: {title}",
        about=f"All {len(load_figures())} figures counted from {visits:,} visits, no memo; {_size(folder):.0f} MB of"
        " Parquet. The process that counts is new; memory is its high-water mark: of Spark the Java machine's, of"
        " PostgreSQL the connection's with what it touched of the shared buffers.",
        head=("engine", "seconds, first", "seconds, again", "ratio to DuckDB", "peak MiB"),
        rows=rows,
        reached=f"Identical values and types on {', '.join(ran)}: {len(ran) * len(load_figures())} results compared."
        + ("" if len(ran) == len(ENGINES) else f" **Spark {NOT_RUN}.**"),
    )


def _apart(engine: str, folder: Path, schema: str, code: str, cut: int) -> dict[str, Any] | None:
    if engine == "spark" and find_spec("pyspark") is None:
        print(f"   SPARK {NOT_RUN.upper()}", flush=True)
        return None
    command = [sys.executable, "-m", "benchmarks.identity", engine, str(folder), schema, code, str(cut)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(f"   {engine}: {report['seconds']}", flush=True)
    return report


# ── in the process of an engine ────────────────────────────────────────────────────────────────────────────────


def count_all(run: Run, code: str, cut: int) -> dict[str, list[list[Any]]]:
    """Every figure's rows in an order of their own; JSON tells whole numbers from others, and refuses decimals."""
    given = parameters(code, AS_OF, cut)
    return {
        figure.id: sorted(run(text, {name: given[name] for name in set(NAME.findall(text))}), key=repr)
        for figure in load_figures().values()
        for text in [with_prelude(figure.count_sql, COUNT)]
    }


def on_postgresql(folder: Path, schema: str, work: Callable[[Run], None]) -> int:
    settings = postgres.conninfo("figures")
    with psycopg.connect(**settings, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute(f"SET search_path = {schema}")

        def run(text: str, given: dict[str, Any]) -> list[list[Any]]:
            bound = NAME.sub(r"%(\1)s", text.replace("%", "%%"))
            return [list(row) for row in connection.execute(bound, given).fetchall()]

        work(run)
        return _peak(connection.info.backend_pid)


def on_duckdb(folder: Path, schema: str, work: Callable[[Run], None]) -> int:
    with duckdb.connect() as engine:
        for relation, files in _files(folder).items():
            engine.execute(
                f"CREATE VIEW {relation} AS SELECT * FROM read_parquet('{files}', hive_partitioning = false)"
            )
        work(lambda text, given: [list(row) for row in engine.execute(NAME.sub(r"$\1", text), given).fetchall()])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def on_spark(folder: Path, schema: str, work: Callable[[Run], None]) -> int:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.driver.memory", "4g")
    for name, value in {
        "spark.ui.enabled": "false", "spark.sql.session.timeZone": "UTC", "spark.sql.shuffle.partitions": "8",
        "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", "spark.log.level": "ERROR",
    }.items():  # fmt: skip
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    for relation, files in _files(folder).items():
        place = str(folder / "facts") if relation == "facts" else files
        spark.read.parquet(place).drop("town", "month").createOrReplaceTempView(relation)
    work(lambda text, given: [list(row) for row in spark.sql(text, args=given).collect()])
    peak = max(_peak(pid) for pid in _children(os.getpid()))
    spark.stop()
    return peak


def _peak(pid: int) -> int:
    """Resident high-water mark in KiB."""
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    assert found is not None
    return int(found[1])


def _children(pid: int) -> list[int]:
    return [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]


def main(engine: str, folder: str, schema: str, code: str, cut: str) -> None:
    """Print one line of JSON: rows by figure, seconds of each round, peak KiB."""
    rounds: list[float] = []
    rows: list[dict[str, list[list[Any]]]] = []

    def work(run: Run) -> None:
        rounds.extend(seconds(lambda: rows.append(count_all(run, code, int(cut)))) for _ in range(ROUNDS))

    on = {"postgresql": on_postgresql, "duckdb": on_duckdb, "spark": on_spark}[engine]
    peak = on(Path(folder), schema, work)
    assert all(found == rows[0] for found in rows)
    print(json.dumps({"rows": rows[0], "seconds": rounds, "peak": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
