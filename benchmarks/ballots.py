"""10,000 secret ballots from 64 clients through the real action, none lost or doubled, against bare inserts."""

import multiprocessing
import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import django
import psycopg

from benchmarks.scratch import scratch, use
from benchmarks.table import Result
from redhouse.kit import postgres

BALLOTS, CLIENTS, PROCESSES = int(os.environ.get("BENCH_BALLOTS", "10000")), 64, 4
DATABASE = "redhouse_ballots"
Cast = tuple[int, str]  # person, receipt


def measure() -> Iterator[Result]:
    with postgres.attach_or_start(what="bench"), scratch(DATABASE):
        box, people = _scene()
        bare = _bare()
        began = time.perf_counter()
        receipts = _clients(box, people)
        took = time.perf_counter() - began
        counted = _close(box, receipts)
        yield Result(
            title=f"{BALLOTS:,} ballots from {CLIENTS} clients",
            about="Each client sends ballots one after another through `actions.boxes.cast_ballot`: mark, ballot"
            f" and fact in one transaction. {PROCESSES} processes of {CLIENTS // PROCESSES} threads on the same"
            " cores as the server; a tenth of the forms is sent twice. Bare: one INSERT of one row a transaction.",
            head=("", "ballots a second", "ratio"),
            rows=[
                ("bare inserts", f"{BALLOTS / bare:.0f}", "1"),
                ("through the action", f"{BALLOTS / took:.0f}", f"{bare / took:.3f}"),
            ],
            reached=f"{counted:,} ballots published, {len(receipts):,} receipts given, none lost, none doubled.",
        )


def _scene() -> tuple[int, list[int]]:
    """A society of as many members as ballots, its vote open, everybody signed in online."""
    from redhouse.ground.people.models import Person
    from redhouse.ground.process.actions.boxes import open_box
    from redhouse.ground.process.actions.rolls import close_roll, draw_roll
    from redhouse.ground.process.models import Elector, SignIn
    from redhouse.ground.process.queries import open_step
    from redhouse.ground.process.queries.rolls import RollRow
    from tests.cast import SOCIETY, person
    from tests.ground.process import votes

    step = open_step(votes.at_notice())
    members = Person.objects.bulk_create(
        [Person(name=f"成员{n}", division_code=SOCIETY, is_demo=True) for n in range(BALLOTS)], batch_size=2000
    )
    director = person("director")
    rows = [RollRow(member.pk) for member in members]
    roll, _refused = draw_roll(step=step, step_key=votes.VOTE, rows=rows, vote_on=votes.DAY, by=director, on=votes.SENT)
    meeting = votes.convene(close_roll(roll=roll, by=director, on=votes.SENT))
    votes.record_broadcast(notice=meeting.notice, channel="board", note="公示栏", by=director, on=votes.SENT)
    votes.close(meeting.roll.run, "notified", votes.SENT)
    votes.start_meeting(meeting=meeting, by=director, at=votes.BEGAN)
    SignIn.objects.bulk_create(
        [
            SignIn(meeting=meeting, elector=one, person_id=one.person_id, division_code=SOCIETY, way="online",
                   present_at=votes.BEGAN, present_by_id=one.person_id)
            for one in Elector.objects.filter(roll=roll)
        ],
        batch_size=2000,
    )  # fmt: skip
    box = open_box(meeting=meeting, method="secret", closes_at=votes.END, by=director, at=votes.BEGAN)
    return box.pk, [member.pk for member in members]


def _bare() -> float:
    """As many transactions of one INSERT each, from as many clients."""
    with psycopg.connect(**postgres.conninfo("owner", database=DATABASE), autocommit=True) as owner:
        owner.execute("CREATE TABLE bare (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), choice text)")
        owner.execute("GRANT INSERT ON bare TO redhouse_app")
    began = time.perf_counter()
    _spread(_bare_client, [(BALLOTS // PROCESSES,)] * PROCESSES)
    return time.perf_counter() - began


def _bare_client(_queue: Any, count: int) -> None:
    def work(times: int) -> None:
        with psycopg.connect(**postgres.conninfo("app", database=DATABASE), autocommit=True) as connection:
            for _ in range(times):
                connection.execute("INSERT INTO bare (choice) VALUES ('for')")

    threads = CLIENTS // PROCESSES
    _threads([lambda n=n: work(count // threads + (n < count % threads)) for n in range(threads)])


def _clients(box: int, people: list[int]) -> list[Cast]:
    return _spread(_vote_client, [(box, people[n::PROCESSES]) for n in range(PROCESSES)])


def _vote_client(queue: Any, box_id: int, people: list[int]) -> None:
    django.setup()
    use(DATABASE)
    from django.db import connections

    from redhouse.ground.access.reach import set_reach
    from redhouse.ground.people.models import Person
    from redhouse.ground.process.actions.boxes import cast_ballot
    from redhouse.ground.process.models import Box
    from redhouse.kit.ballots import new_token
    from tests.ground.process.votes import BEGAN

    given: list[Cast] = []

    def work(mine: list[int]) -> None:
        set_reach("*")
        voters = Person.objects.in_bulk(mine)
        box = Box.objects.select_related("meeting__roll__run__version").get(pk=box_id)
        for place, key in enumerate(mine):
            token = new_token()
            for _ in range(1 + (place % 10 == 0)):  # the line broke, the form is sent again
                receipt = cast_ballot(box=box, token=token, choice="for", by=voters[key], at=BEGAN)
            given.append((key, receipt))
        connections.close_all()

    threads = CLIENTS // PROCESSES
    _threads([lambda n=n: work(people[n::threads]) for n in range(threads)])
    queue.put(given)


def _threads(jobs: list[Any]) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _spread(work: Any, arguments: list[tuple[Any, ...]]) -> list[Cast]:
    spawn = multiprocessing.get_context("spawn")
    queue = spawn.Queue()
    processes = [spawn.Process(target=work, args=(queue, *one)) for one in arguments]
    for process in processes:
        process.start()
    found = [cast for _ in processes for cast in queue.get()] if work is _vote_client else []
    for process in processes:
        process.join()
    return found


def _close(box_id: int, receipts: list[Cast]) -> int:
    """Close the box and hold what was published against what the clients were given."""
    from redhouse.ground.papers.storage import open_file
    from redhouse.ground.process.actions.counting import close_box
    from redhouse.ground.process.models import Box, Mark
    from redhouse.kit.box import findings, read_box
    from tests.cast import person
    from tests.ground.process.votes import END

    close_box(box=Box.objects.get(pk=box_id), by=person("director"), at=END)
    box = Box.objects.select_related("paper").get(pk=box_id)
    assert box.paper is not None
    with open_file(box.paper.versions.get().sha256) as file:
        text = file.read().decode()
    published = read_box(text)
    assert findings(published, text) == []
    assert sorted(published.receipts) == sorted(receipt for _person, receipt in receipts)
    assert max(Counter(published.receipts).values()) == 1
    assert Mark.objects.filter(box=box).count() == len(published.ballots) == BALLOTS
    return len(published.ballots)
