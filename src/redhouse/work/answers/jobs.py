"""Background work of this room. Both jobs are safe to repeat: they ask the state of their row before they begin."""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from redhouse.work.answers import actions
from redhouse.work.answers.actions.books import WRITE_BOOK, fail_book
from redhouse.work.answers.actions.extracts import STORE_EXTRACT, fail_extract
from redhouse.work.answers.enums import ExtractFault

PASSING = (OperationalError, InterfaceError)  # the database was away; the row stands as it was
AGAIN = RetryStrategy(max_attempts=20, wait=3, retry_exceptions=PASSING)


@app.task(name=STORE_EXTRACT, retry=AGAIN)
def store_extract(sheet_id: int) -> None:
    _run(lambda: actions.store_extract(sheet_id), lambda: fail_extract(sheet_id, ExtractFault.BROKEN))


@app.task(name=WRITE_BOOK, retry=AGAIN)
def write_book(book_id: int) -> None:
    _run(lambda: actions.write_book(book_id), lambda: fail_book(book_id))


def _run(work: Callable[[], None], give_up: Callable[[], None]) -> None:
    try:
        work()
    except PASSING:
        raise
    except Exception:
        give_up()
        raise
    finally:
        connections.close_all()  # a job runs in a thread of its own
