"""The sequencer beside busy writers: every committed fact gets into the log once, in order, and nothing else does."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from redhouse.ground.ledger import jobs
from redhouse.ground.ledger.actions import record_many
from redhouse.ground.ledger.jobs import sequence_all, sequence_once
from redhouse.ground.ledger.models import Entry, Fact, TreeHead
from redhouse.ground.ledger.queries import last_fact_id, latest_head, pending, verify
from tests.ground.ledger.factories import visit, visit_rows


def log() -> list[tuple[int, int]]:
    return list(Entry.objects.order_by("position").values_list("position", "fact_id"))


def in_thread(work: Callable[[], object]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_an_empty_ledger_has_no_head(house: str) -> None:
    assert sequence_once() == 0
    assert (latest_head(), last_fact_id(), pending()) == (None, 0, 0)


def test_each_call_appends_what_is_new_and_signs_one_head(house: str) -> None:
    first = [visit(1), visit(2)]
    assert (sequence_once(), sequence_once()) == (2, 0)
    third = visit(3)
    assert pending() == 1
    assert sequence_once() == 1
    assert log() == list(enumerate([*first, third]))
    assert list(TreeHead.objects.order_by("size").values_list("size", "last_fact_id")) == [(2, first[1]), (3, third)]
    assert pending() == 0


def test_numbers_lost_to_a_rollback_leave_no_gap_in_the_log(house: str) -> None:
    first = visit(1)
    with transaction.atomic():
        visit(2)
        transaction.set_rollback(True)
    third = visit(3)
    assert third == first + 2
    assert sequence_once() == 2
    assert log() == [(0, first), (1, third)]
    assert verify().holds


def test_a_large_load_goes_in_batches_with_a_head_each(house: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 40)
    record_many(visit_rows(100))
    told: list[int] = []
    assert sequence_all(progress=told.append) == 100
    assert told == [40, 40, 20]
    assert list(TreeHead.objects.order_by("size").values_list("size", flat=True)) == [40, 80, 100]
    assert (verify().size, verify().heads, verify().holds) == (100, 3, True)


def test_an_open_import_makes_the_sequencer_wait_a_moment_and_try_later(house: str) -> None:
    visit(1)
    opened, finish = threading.Event(), threading.Event()

    def importer() -> None:
        with transaction.atomic():
            visit(2)
            opened.set()
            finish.wait(120)

    thread = in_thread(importer)
    assert opened.wait(60)
    begun = time.monotonic()
    assert sequence_once() == 0
    assert time.monotonic() - begun < 60  # and not as long as the import is open
    visit(3)  # other writers go on
    finish.set()
    thread.join()
    assert sequence_once() == 3
    assert verify().holds


def test_a_second_sequencer_finds_the_first_at_work_and_goes_home(house: str) -> None:
    record_many(visit_rows(10))
    cut = jobs._still_cut()
    with transaction.atomic():
        assert jobs._append_batch(cut) == 10
        counts: list[int] = []
        in_thread(lambda: counts.append(sequence_once())).join()
        assert counts == [0]
    assert sequence_once() == 0
    assert verify().size == 10


def test_writers_and_sequencer_at_once_lose_double_and_reorder_nothing(house: str) -> None:
    """Four writers with COPY, INSERT, long transactions and rollbacks; the sequencer runs all the while."""
    failures: list[BaseException] = []
    written: list[int] = []

    def writer(number: int) -> None:
        try:
            for turn in range(90):
                if turn % 3 == 0:
                    written.append(record_many(visit_rows(20, member=number)))
                elif turn % 3 == 1:
                    with transaction.atomic():
                        visit(turn, by=number)
                        time.sleep(0.002)
                        visit(turn, by=number)
                    written.append(2)
                else:
                    with transaction.atomic():
                        visit(turn, by=number)
                        transaction.set_rollback(True)
        except BaseException as error:
            failures.append(error)
            raise

    writers = [in_thread(lambda number=number: writer(number)) for number in range(1, 5)]
    while any(thread.is_alive() for thread in writers):
        sequence_once()
        time.sleep(0.01)
    while pending():
        sequence_once()
    assert failures == []
    facts = list(Fact.objects.order_by("fact_id").values_list("fact_id", flat=True))
    assert len(facts) == sum(written) == 4 * (30 * 20 + 30 * 2)
    assert log() == list(enumerate(facts))
    report = verify()
    assert (report.size, report.holds, report.heads) == (len(facts), True, TreeHead.objects.count())
    assert report.heads > 1  # it did run in between


KILLED = """
import sys, time, django
from django.conf import settings
for database in settings.DATABASES.values():
    database["NAME"] = sys.argv[1]
django.setup()
from django.db import transaction
from redhouse.ground.ledger import jobs
with transaction.atomic():
    print(jobs._append_batch(jobs._still_cut()), flush=True)
    time.sleep(60)
"""


@pytest.mark.drill
def test_a_sequencer_killed_in_the_middle_leaves_no_half_head(house: str) -> None:
    record_many(visit_rows(50))
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, house], stdout=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "50\n"
        process.send_signal(signal.SIGKILL)
    assert (Entry.objects.count(), TreeHead.objects.count()) == (0, 0)
    deadline = time.monotonic() + 120
    while not sequence_once() and time.monotonic() < deadline:
        time.sleep(0.05)  # until the server notices that the process is gone
    assert (verify().size, verify().heads, verify().holds) == (50, 1, True)
