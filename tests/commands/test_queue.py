"""Jobs in the queue: done by the worker's loop, taken up again when a worker died over them, whole or not at all."""

import os
import signal
import subprocess
import sys
from datetime import date

import pytest
from django.db import connection, connections

from redhouse.commands._queue import HOUSE, work_off_jobs
from redhouse.commands.worker import Jobs
from redhouse.ground.access.reach import set_reach
from redhouse.ground.people.models import Household
from redhouse.work.registry import actions
from redhouse.work.registry.enums import ImportKind, ImportState
from redhouse.work.registry.models import Import
from tests.cast import SOCIETY, TODAY, person
from tests.kit.postgres.house import SECONDS, until
from tests.work.registry.books import book

DAY = date(2018, 3, 1)


def uploaded(rows: int = 3) -> Import:
    content = book(
        ImportKind.HOUSEHOLDS, *((SOCIETY, f"新{n}号", None, "2", None, None, DAY, None) for n in range(rows))
    )
    return actions.upload_workbook(
        kind=ImportKind.HOUSEHOLDS, content=content, file_name="住户.xlsx", by=person("secretary"), on=TODAY
    )


def jobs() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, status::text FROM procrastinate_jobs ORDER BY id")
        return list(cursor.fetchall())


def test_nothing_to_do_is_one_query(town: str) -> None:
    assert not work_off_jobs()


def test_upload_is_checked_confirmed_and_written_by_the_queue(town: str) -> None:
    row = uploaded()
    assert work_off_jobs()
    set_reach("*")
    row.refresh_from_db()
    assert row.state == ImportState.READY
    actions.confirm_import(row=row, by=person("secretary"), on=TODAY)
    assert work_off_jobs()
    set_reach("*")
    row.refresh_from_db()
    assert row.state == ImportState.DONE
    assert Household.objects.filter(dwelling__door__startswith="新").count() == 3
    assert jobs() == []
    assert not work_off_jobs()


def test_a_job_that_breaks_says_so_on_the_page(town: str, settings: object) -> None:
    row = uploaded()
    for path in settings.REDHOUSE_PAPERS.rglob(row.sealed_sha256[2:]):  # type: ignore[attr-defined]
        path.unlink()
    work_off_jobs()
    set_reach("*")
    row.refresh_from_db()
    assert row.state == ImportState.FAILED
    assert "没有写入任何内容" in row.outcome["failure"][0]
    assert jobs() == [("registry.check_import", "failed")]


def test_jobs_are_done_in_a_thread_beside_the_log(town: str) -> None:
    row, jobs = uploaded(), Jobs(HOUSE)
    jobs.go_on()
    try:
        until(lambda: is_ready(row, jobs), "the workbook is checked")
    finally:
        jobs.ended.set()
        jobs.join(SECONDS)
    assert jobs.error is None


def is_ready(row: Import, jobs: Jobs) -> bool:
    jobs.go_on()
    row.refresh_from_db()
    return row.state == ImportState.READY


@pytest.mark.drill
def test_a_worker_killed_in_the_middle_leaves_nothing_and_the_next_one_finishes(town: str) -> None:
    """The process is killed after the rows are written and before they are committed: the commit waits for a lock."""
    row = uploaded(2000)
    actions.check_import(row.pk)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    actions.confirm_import(row=row, by=person("secretary"), on=TODAY)
    before = Household.objects.count()
    with connections["owner"].cursor() as owner:
        owner.execute("BEGIN")
        owner.execute("LOCK TABLE ledger_fact IN SHARE MODE")  # facts come last: the households are in by then
        worker = subprocess.Popen([sys.executable, "-c", KILLED, connection.settings_dict["NAME"]])
        try:
            until(is_blocked, "the worker comes to the facts")
        finally:
            os.kill(worker.pid, signal.SIGKILL)
            worker.wait()
            owner.execute("ROLLBACK")
    row.refresh_from_db()
    assert row.state == ImportState.IMPORTING
    assert Household.objects.count() == before
    assert jobs() == [("registry.apply_import", "doing")]
    assert not work_off_jobs(), "its worker may still be alive"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    assert work_off_jobs()
    set_reach("*")
    row.refresh_from_db()
    assert row.state == ImportState.DONE
    assert Household.objects.count() == before + 2000


KILLED = """
import sys, django
django.setup()
from django.db import connections
for alias in ("default", "owner", "figures"):
    connections.settings[alias]["NAME"] = connections[alias].settings_dict["NAME"] = sys.argv[1]
from redhouse.commands._queue import HOUSE, work_off_jobs
work_off_jobs()
"""


def is_blocked() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'COPY ledger_fact%'"
        )
        return bool(cursor.fetchone()[0])
