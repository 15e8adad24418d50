"""Background work on long lists. Both are safe to repeat: they ask the state of the list before they begin."""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from redhouse.kit.today import today
from redhouse.work.visits.actions import long

PASSING = (OperationalError, InterfaceError)  # the database was away; the list stands as it was
AGAIN = RetryStrategy(max_attempts=20, wait=3, retry_exceptions=PASSING)


@app.task(name=long.CHECK, retry=AGAIN)
def check_book(book_id: int) -> None:
    _run(book_id, lambda: long.check_long_book(book_id, on=today()))


@app.task(name=long.WRITE, retry=AGAIN)
def write_book(book_id: int) -> None:
    _run(book_id, lambda: long.write_long_book(book_id, on=today()))


def _run(book_id: int, work: Callable[[], None]) -> None:
    try:
        work()
    except PASSING:
        raise
    except Exception:
        long.fail_long_book(book_id)
        raise
    finally:
        connections.close_all()  # a job runs in a thread of its own
