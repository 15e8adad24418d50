"""Background work of this room; safe to repeat."""

from procrastinate.contrib.django import app

from redhouse.ground.papers.jobs import AGAIN, run
from redhouse.work.forms.actions import books


@app.task(name=books.WRITE_BOOK, retry=AGAIN)
def write_book(book_id: int) -> None:
    run(lambda: books.write_book(book_id), lambda: books.fail_book(book_id))
