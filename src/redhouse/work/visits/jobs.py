"""Background work on long lists. Both are safe to repeat: they ask the state of the list before they begin."""

from procrastinate.contrib.django import app

from redhouse.ground.papers.jobs import AGAIN, run
from redhouse.kit.today import today
from redhouse.work.visits.actions import long


@app.task(name=long.CHECK, retry=AGAIN)
def check_book(book_id: int) -> None:
    run(lambda: long.check_long_book(book_id, on=today()), lambda: long.fail_long_book(book_id))


@app.task(name=long.WRITE, retry=AGAIN)
def write_book(book_id: int) -> None:
    run(lambda: long.write_long_book(book_id, on=today()), lambda: long.fail_long_book(book_id))
