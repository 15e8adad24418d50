"""All rows of an answer as a workbook, written in the background for whoever asked."""

from typing import BinaryIO

from django.db import transaction
from django.utils import translation
from procrastinate.contrib.django import app

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.reach import use_reach
from redhouse.ground.papers import actions as papers
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.work.answers.definitions import Answer
from redhouse.work.answers.models import RowsBook
from redhouse.work.answers.queries.books import answer_of, same_book
from redhouse.work.answers.queries.rows import rows_in
from redhouse.work.answers.queries.workbook import write_workbook

WRITE_BOOK = "answers.write_book"


@transaction.atomic
def ask_for_book(*, answer: Answer, month: int | None, by: Person) -> RowsBook:
    """Have it written, in the language of this moment; the one that was asked for before, where it is still there."""
    language = translation.get_language() or "zh-hans"
    before = same_book(by, answer, month, language)
    if before is not None:
        return before
    book = RowsBook.objects.create(
        figure=answer.figure.id,
        division_code=answer.division_code,
        as_of=answer.as_of,
        last_fact_id=answer.last_fact_id,
        month=month or 0,
        language=language,
        rows=rows_in(answer, month),
        created_by=by,
    )
    app.configure_task(WRITE_BOOK).defer(book_id=book.pk)
    return book


def write_book(book_id: int) -> None:
    """Safe to repeat."""
    papers.write_book(RowsBook, book_id, _fill)


def _fill(book: RowsBook, file: BinaryIO, tell: papers.Tell) -> None:
    reach = reach_of(book.created_by, Verb.SEE_PEOPLE, today())
    with use_reach(reach, person_id=book.created_by_id), translation.override(book.language):
        write_workbook(file, answer_of(book), book.month or None, tell)


def fail_book(book_id: int) -> None:
    papers.fail_book(RowsBook, book_id)
