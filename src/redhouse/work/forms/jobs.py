"""Background work of this room; safe to repeat: it asks the state of its row before it begins."""

from django.db import InterfaceError, OperationalError, connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from redhouse.work.forms.actions.books import WRITE_BOOK, fail_book
from redhouse.work.forms.actions.books import write_book as write

PASSING = (OperationalError, InterfaceError)  # the database was away; the row stands as it was
AGAIN = RetryStrategy(max_attempts=20, wait=3, retry_exceptions=PASSING)


@app.task(name=WRITE_BOOK, retry=AGAIN)
def write_book(book_id: int) -> None:
    try:
        write(book_id)
    except PASSING:
        raise
    except Exception:
        fail_book(book_id)
        raise
    finally:
        connections.close_all()  # a job runs in a thread of its own
