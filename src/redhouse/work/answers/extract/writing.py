"""Writing the folder: rows by COPY from the read-only role, pieces of bounded size through DuckDB into Parquet."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
from django.db import connections, transaction

from redhouse.ground.ledger.facts import all_kinds
from redhouse.ground.ledger.keys import trusted_keys
from redhouse.ground.ledger.models import TreeHead
from redhouse.ground.ledger.queries import plain
from redhouse.kit.archive import Progress, quiet, sync_folder
from redhouse.kit.divisions import prefix
from redhouse.kit.errors import DATA, IO_FAILED, NO_PERMISSION, HouseError
from redhouse.kit.record import Head
from redhouse.kit.today import today
from redhouse.work.answers.definitions import FOLDER, PRELUDE, load_figures
from redhouse.work.answers.extract.manifest import (
    FIGURES,
    MANIFEST,
    PRELUDE_FILE,
    SCRIPT,
    Manifest,
    Relation,
    digest_of,
)
from redhouse.work.answers.extract.script import literal, script
from redhouse.work.answers.queries.runs import ALIAS
from redhouse.work.answers.queries.scope import default_as_of

PIECE = 100_000  # rows of CSV between the two engines, some 10 MB: bounds memory and scratch space
MEMORY = "512MB"  # of DuckDB; beyond it goes to the scratch folder
STAGING = ".staging"
OUT = r"FORMAT csv, NULL '\N'"  # an empty text stays a text
IN = OUT.replace("NULL", "NULLSTR") + """, HEADER false, AUTO_DETECT false, DELIMITER ',', QUOTE '"', ESCAPE '"'"""

WITHIN = "division_code LIKE %(prefix)s || '%%'"
OF_A_VENUE = f"venue_id IN (SELECT venue_id FROM venue WHERE {WITHIN})"
# A household that moved keeps its contacts from before, and a correction may name another place than what it corrects.
COUNTED = f"""({{0}}.{WITHIN} OR {{0}}.kind = ANY(%(kinds)s) AND EXISTS (
  SELECT 1 FROM household h WHERE h.household_id = {{0}}.subject_id AND h.{WITHIN}))"""
CORRECTS = f"""{{0}}.corrects_id IS NOT NULL AND EXISTS (
  SELECT 1 FROM facts k WHERE k.fact_id = {{0}}.corrects_id AND {COUNTED.format("k")})"""
RELATIONS = {
    "facts": f"fact_id <= %(cut)s AND ({COUNTED.format('facts')} OR {CORRECTS.format('facts')})",
    "division": "code LIKE %(prefix)s || '%%'",
    "household": WITHIN,
    "membership": f"{WITHIN} OR body_id IN (SELECT body_id FROM body WHERE {WITHIN})",
    "body": WITHIN,
    "venue": WITHIN,
    "venue_status": OF_A_VENUE,
    "space": OF_A_VENUE,
}
"""Every view of the schema `figures`, and which of its rows the figures of a division may read."""
PARTITIONED = "facts"


def write_extract(
    folder: Path,
    *,
    division_code: str,
    last_fact_id: int,
    as_of: date | None = None,
    progress: Progress = quiet,
) -> Manifest:
    """Write all that the figures of a division read, as of one instant, with their SQL and a manifest; whole or not
    at all. `folder` may exist but must be empty. `last_fact_id` must be the last fact of a signed head (0: of the empty
    log); `as_of` is the day that a reader asks for when he asks for none. `progress` is told how many facts
    were read by now.

    Reads what is committed, over a connection of its own. Raises HouseError.
    """
    folder = folder.absolute()
    _refuse_full(folder)
    head = head_at(last_fact_id)
    key = trusted_keys().get(head.key_id) if head else None
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
    with _on_disk(fresh):
        with _staging(fresh / STAGING) as engine:
            relations = _read(engine, fresh / STAGING, prefix(division_code), last_fact_id, progress)
            for relation in relations:
                _write_parquet(engine, relation, fresh)
        (fresh / FIGURES).mkdir()
        for path in FOLDER.glob("F*.sql"):
            shutil.copyfile(path, fresh / FIGURES / path.name)
        (fresh / PRELUDE_FILE).write_text(PRELUDE + "\n", encoding="utf-8")
        manifest = Manifest(
            division_code=division_code,
            as_of=as_of or default_as_of(today()),
            last_fact_id=last_fact_id,
            created_at=datetime.now(UTC),
            relations=relations,
            files=_digests(fresh),
            head=head,
            public_key=key.decode() if key else None,
        )
        (fresh / SCRIPT).write_text(script(manifest, list(load_figures().values())), encoding="utf-8")
        manifest.files[SCRIPT] = digest_of(fresh / SCRIPT)
        (fresh / MANIFEST).write_text(manifest.text, encoding="utf-8")
        _sync(fresh)
        fresh.replace(folder)
        sync_folder(folder.parent)
    return manifest


def head_at(last_fact_id: int) -> Head | None:
    """The signed head that a cut stands on; None for the empty log. Raises HouseError for a cut between two heads."""
    if last_fact_id == 0:
        return None
    head = TreeHead.objects.filter(last_fact_id=last_fact_id).first()
    if head is None:
        raise HouseError(f"账本第 {last_fact_id} 条上没有签名的日志头：请用某个日志头的最后一条，例如最新的。", DATA)
    return plain(head)


def _read(
    engine: duckdb.DuckDBPyConnection, scratch: Path, division_prefix: str, cut: int, progress: Progress
) -> dict[str, Relation]:
    """Bring every relation into the staging database, all from one snapshot."""
    given = {
        "prefix": division_prefix,
        "cut": cut,
        "kinds": [kind.name for kind in all_kinds() if kind.subject == "household"],
    }
    relations = {}
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SET LOCAL TimeZone = 'UTC'")
        for name, condition in RELATIONS.items():
            columns = _columns(cursor, name)
            engine.execute(f"CREATE TABLE {name} ({', '.join(f'{c} {kind}' for c, kind in columns.items())})")
            wanted = f"SELECT {', '.join(columns)} FROM {name} WHERE {condition}"
            rows = 0
            for rows, piece in _pieces(cursor, f"COPY ({wanted}) TO STDOUT ({OUT})", given, scratch / "piece.csv"):
                engine.execute(f"COPY {name} FROM {literal(str(piece))} ({IN})")
                if name == PARTITIONED:
                    progress(rows)
            relations[name] = Relation(rows, columns)
    return relations


def _columns(cursor: Any, relation: str) -> dict[str, str]:
    """Columns of a view with their types, whose names PostgreSQL and DuckDB share."""
    cursor.execute(
        "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        [f"figures.{relation}"],
    )
    return dict(cursor.fetchall())


def _pieces(cursor: Any, statement: str, given: dict[str, Any], path: Path) -> Iterator[tuple[int, Path]]:
    """Stream a COPY into one file after the other at the same path; yields how many rows were read so far."""
    rows = 0
    with cursor.copy(statement, given) as copy:
        lines = iter(copy)  # the server sends whole rows
        while piece := list(islice(lines, PIECE)):
            path.write_bytes(b"".join(piece))
            rows += len(piece)
            yield rows, path


def _write_parquet(engine: duckdb.DuckDBPyConnection, relation: str, folder: Path) -> None:
    """One file in the order of its keys; facts one for each town and month. The same rows give the same bytes."""
    if relation != PARTITIONED:
        _copy(engine, f"SELECT * FROM {relation} ORDER BY ALL", folder / f"{relation}.parquet")
        return
    partitions = engine.execute(
        "SELECT DISTINCT substr(division_code, 1, 9), strftime(happened_on, '%Y-%m') FROM facts ORDER BY ALL"
    ).fetchall()
    for town, month in partitions:
        path = folder / relation / f"town={town}" / f"month={month}" / "facts.parquet"
        path.parent.mkdir(parents=True)
        begin = date.fromisoformat(f"{month}-01")
        end = date(begin.year + begin.month // 12, begin.month % 12 + 1, 1)
        _copy(
            engine,
            f"SELECT * FROM facts WHERE division_code LIKE '{town}%' AND happened_on >= DATE '{begin}'"
            f" AND happened_on < DATE '{end}' ORDER BY fact_id",
            path,
        )


def _copy(engine: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    engine.execute(f"COPY ({query}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd)")


@contextmanager
def _staging(scratch: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database on disk that is gone at the end."""
    scratch.mkdir(parents=True)
    with duckdb.connect(str(scratch / "staging.duckdb")) as engine:
        engine.execute(f"SET memory_limit = '{MEMORY}'")
        engine.execute("SET TimeZone = 'UTC'")
        yield engine
    shutil.rmtree(scratch)


def _refuse_full(folder: Path) -> None:
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise HouseError(f"{folder} 已存在，而且不是空文件夹。请换一个名字，或先移走里面的东西。", DATA)
    if not os.access(folder.parent, os.W_OK):
        raise HouseError(f"{folder.parent} 不存在或不可写。请换一个地方存放导出的数据。", NO_PERMISSION)


@contextmanager
def _on_disk(fresh: Path) -> Iterator[None]:
    """Leave nothing behind when the block fails; say a full disk in one sentence."""
    try:
        yield
    except (OSError, duckdb.IOException) as error:
        raise HouseError(f"写不了 {fresh.parent}（{error}）。请腾出空间、改正权限后再试。", IO_FAILED) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): digest_of(path) for path in files}


def _sync(folder: Path) -> None:
    """Have the disk hold every byte before the folder gets its name."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
