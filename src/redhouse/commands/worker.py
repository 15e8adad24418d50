"""`redhouse worker`: the background work, which logs recorded facts publicly, reminds of what is due and does the jobs
in the queues."""

import math
import signal
import sys
import threading
import time
from types import FrameType
from typing import NoReturn

import click

from redhouse.commands._house import setup
from redhouse.commands._queue import HOUSE, OUTSIDE, work_off_jobs
from redhouse.kit.postgres import attach_or_start
from redhouse.kit.postgres.errors import DatabaseError
from redhouse.kit.postgres.leash import die_with_parent
from redhouse.kit.today import today

INTERVAL = 0.5  # seconds between two looks for new facts, and for jobs
TIDY_EVERY = 3600.0  # seconds
CLOCKS = 60.0  # seconds between two looks at clocks that may have run out
REMIND_EVERY = 300.0  # seconds between two looks for what is due
LONGEST_WAIT = 10.0  # seconds between two attempts to reach a database that is away


@click.command()
@click.option("--parent", type=int, hidden=True, help="the process to end with")
def command(parent: int | None) -> None:
    """只运行后台：每半秒把新记录写入公开日志并签名，提醒到期的事，办理导入、导出和站外通知。用 serve 时不必另开。"""
    if parent is not None:
        die_with_parent(parent)
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    work_for_ever()


def work_for_ever() -> NoReturn:
    """Work while the database is there; when it goes away, come back to it, however often. Ends by a signal only.

    Raises what `attach_or_start` raises, but only the first time: later, an error may pass.
    """
    wait, begun = INTERVAL, False
    while True:
        try:
            with attach_or_start(what="worker"):
                setup()
                begun, worked = True, _work_until_lost()
                wait = INTERVAL if worked else wait
        except DatabaseError as error:
            if not begun:
                raise
            click.echo(f"后台：{error.message}", err=True)
        time.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT)


def _work_until_lost() -> bool:
    """Returns when the database breaks off; whether anything was done before. Jobs are done beside the log, which
    never waits for them."""
    from django.db import InterfaceError, OperationalError, connections

    from redhouse.ground.ledger.jobs import sequence_once

    worked = False
    beside = [Jobs(HOUSE), Jobs(OUTSIDE)]
    try:
        while True:
            sequence_once()
            for jobs in beside:
                jobs.go_on()
            worked = True
            time.sleep(INTERVAL)
    except (OperationalError, InterfaceError) as error:
        click.echo(f"后台：与数据库的连接中断（{str(error).strip()}），稍后重连。", err=True)
        connections.close_all()
        return worked
    finally:
        for jobs in beside:
            jobs.ended.set()


class Jobs(threading.Thread):
    """Does the jobs of one queue as they come, and the chores of the house now and then, until it is told to end or
    meets an error; `go_on` hands that error to whoever watches. Whoever does not answer outside holds up nothing here.
    """

    def __init__(self, queue: str) -> None:
        super().__init__(name=f"jobs: {queue}", daemon=True)
        self.queue = queue
        self.ended = threading.Event()
        self.error: Exception | None = None

    def go_on(self) -> None:
        """Begin, or see that it still goes on. Raises what ended it."""
        if self.error is not None:
            raise self.error
        if not self.ident:
            self.start()

    def run(self) -> None:
        from django.db import connections

        done = dict.fromkeys(CHORES if self.queue == HOUSE else (), -math.inf)
        try:
            while not self.ended.wait(INTERVAL):
                work_off_jobs(self.queue)
                for chore, last in done.items():
                    if time.monotonic() - last > CHORES[chore]:
                        chore()
                        done[chore] = time.monotonic()
        except Exception as error:  # told by the loop that watches, in its own thread
            self.error = error
        finally:
            connections.close_all()


def _escalate() -> None:
    from redhouse.ground.process.jobs import escalate_run_out

    escalate_run_out(today())


def _remind() -> None:
    from redhouse.ground.messages.jobs import remind_once

    remind_once(today())


def _tidy() -> None:
    from redhouse.work.answers.actions import tidy

    tidy()


def _forget() -> None:
    from django.conf import settings

    from redhouse.ground.process.jobs import forget_reporters

    forget_reporters(today(), days=settings.REDHOUSE_REPORTER_DAYS)


CHORES = {_escalate: CLOCKS, _remind: REMIND_EVERY, _tidy: TIDY_EVERY, _forget: TIDY_EVERY}


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(0)  # an open transaction is rolled back; the next run does its work again


if __name__ == "__main__":
    command()
