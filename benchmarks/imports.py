"""Import of 100,000 households from Excel, dry run and import, against reading the file and COPY of the rows."""

import tempfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import django

from benchmarks.table import Result, median, seconds, spread
from redhouse.kit import postgres
from redhouse.kit.bulk import copy_rows

ROWS, ROUNDS = 100_000, 3
ON = date(2018, 12, 1)


class Undo(Exception):
    """Leaves the town as it was for the next round."""


def measure() -> Iterator[Result]:
    with postgres.attach_or_start(what="bench"):
        django.setup()
        yield _importing()


def _importing() -> Result:
    from django.conf import settings
    from django.db import connections, transaction

    from redhouse.ground.access.models import Account
    from redhouse.ground.access.reach import set_reach
    from redhouse.ground.people.enums import PostKind
    from redhouse.ground.places.models import Division
    from redhouse.work.registry import actions
    from redhouse.work.registry.enums import ImportKind, ImportState

    settings.REDHOUSE_DEMO = True
    set_reach("*")
    by = Account.objects.filter(person__posts__kind=PostKind.ORG_OFFICER).first()
    assert by is not None
    assert by.person is not None
    codes = list(Division.objects.filter(kind="society", until_on=None).values_list("code", flat=True)[:400])
    content = _workbook(codes)
    times: dict[str, list[float]] = {"read": [], "copy": [], "check": [], "apply": []}

    def read() -> list[list[object]]:
        from python_calamine import load_workbook

        return load_workbook(BytesIO(content)).get_sheet_by_index(0).to_python()[1:]  # type: ignore[return-value]

    for _round in range(ROUNDS):
        times["read"].append(seconds(read))
        try:
            with transaction.atomic():
                before = _last_keys()
                row = actions.upload_workbook(
                    kind=ImportKind.HOUSEHOLDS, content=content, file_name="住户.xlsx", by=by.person, on=ON
                )
                times["check"].append(seconds(lambda row=row: actions.check_import(row.pk)))
                actions.confirm_import(row=row, by=by.person, on=ON)
                apply = seconds(lambda row=row: actions.apply_import(row.pk))
                times["apply"].append(apply + seconds(connections["default"].check_constraints))  # as a commit would
                row.refresh_from_db()
                assert (row.state, row.outcome["counts"]["n"]) == (ImportState.DONE, ROWS), row.outcome["counts"]
                times["copy"].append(_copy_again(before))
                raise Undo
        except Undo:
            set_reach("*")
    raw = [a + b for a, b in zip(times["read"], times["copy"], strict=True)]
    ours = [a + b for a, b in zip(times["check"], times["apply"], strict=True)]
    ratios = [o / r for o, r in zip(ours, raw, strict=True)]
    once = [o / r for o, r in zip(times["apply"], raw, strict=True)]
    return Result(
        title=f"Import of {ROWS:,} households from Excel ({len(content) / 1e6:.1f} MB)",
        about="Raw: python-calamine reads the sheet, and the rows that come of it (doors, heads, households, facts) "
        "are copied ready-made from the same Python into four bare tables. Ours: the dry run, which reads and judges "
        "and writes nothing, then the import, which reads and judges again, seals, and writes in one transaction "
        "through row security, with every index, foreign key, check and trigger.",
        head=("way", "seconds", "ratio to raw"),
        rows=[
            ("reading the file", spread(times["read"]), ""),
            ("COPY into bare tables", spread(times["copy"]), ""),
            ("dry run", spread(times["check"]), spread([o / r for o, r in zip(times["check"], raw, strict=True)])),
            ("import", spread(times["apply"]), spread(once)),
            ("dry run and import", spread(ours), spread(ratios)),
        ],
        reached=f"Aim: under 3x. Reached: {median(ratios):.2f}x for both together, {median(once):.2f}x for the import.",
    )


TABLES = {"places_dwelling": "id", "people_person": "id", "people_household": "id", "ledger_fact": "fact_id"}


def _last_keys() -> dict[str, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        keys = {}
        for table, key in TABLES.items():
            cursor.execute(f"SELECT max({key}) FROM {table}")
            keys[table] = cursor.fetchone()[0]
        return keys


def _copy_again(before: dict[str, int]) -> float:
    """Seconds to COPY the very rows that the import wrote into tables without index, check or trigger."""
    from django.db import connection

    took = 0.0
    with connection.cursor() as cursor:
        for table, key in TABLES.items():
            cursor.execute(f"SELECT * FROM {table} WHERE {key} > %s", [before[table]])
            columns = [column.name for column in cursor.description]
            rows = [[bytes(v) if isinstance(v, memoryview) else v for v in row] for row in cursor.fetchall()]
            assert len(rows) >= ROWS, (table, len(rows))
            cursor.execute(f"CREATE TEMP TABLE bare ON COMMIT DROP AS SELECT * FROM {table} WITH NO DATA")
            took += seconds(lambda rows=rows, columns=columns: copy_rows(cursor, "bare", columns, rows))
            cursor.execute("DROP TABLE bare")
    return took


def _workbook(codes: list[str]) -> bytes:
    from redhouse.kit.workbook import write_table
    from redhouse.work.registry.enums import ImportKind
    from redhouse.work.registry.rules.columns import TEMPLATES

    made = TEMPLATES[ImportKind.HOUSEHOLDS]
    rows = (
        (codes[n % len(codes)], f"新建路{n}号", "", str(n % 6 + 1), "新住户", "", ON.isoformat(), "")
        for n in range(ROWS)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "homes.xlsx")
        with path.open("wb") as file:
            write_table(file, name=made.name, headings=made.headings, widths=[16] * 8, rows=rows)
        return path.read_bytes()
