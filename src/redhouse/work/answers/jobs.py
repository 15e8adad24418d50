"""Background work of this room. Both jobs are safe to repeat: they ask the state of their row before they begin."""

from procrastinate.contrib.django import app

from redhouse.ground.papers.jobs import AGAIN, run
from redhouse.work.answers import actions
from redhouse.work.answers.actions.books import WRITE_BOOK, fail_book
from redhouse.work.answers.actions.extracts import STORE_EXTRACT, fail_extract
from redhouse.work.answers.enums import ExtractFault


@app.task(name=STORE_EXTRACT, retry=AGAIN)
def store_extract(sheet_id: int) -> None:
    run(lambda: actions.store_extract(sheet_id), lambda: fail_extract(sheet_id, ExtractFault.BROKEN))


@app.task(name=WRITE_BOOK, retry=AGAIN)
def write_book(book_id: int) -> None:
    run(lambda: actions.write_book(book_id), lambda: fail_book(book_id))
