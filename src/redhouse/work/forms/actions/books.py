"""A long form as a workbook, written in the background for whoever asked."""

from typing import BinaryIO

from django.db import transaction
from django.utils import timezone, translation
from procrastinate.contrib.django import app

from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.reach import everything, use_reach
from redhouse.ground.papers import actions as papers
from redhouse.ground.papers.enums import UNDER_WAY
from redhouse.ground.papers.storage import KEPT_FOR
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.work.forms.models import FormBook
from redhouse.work.forms.queries.books import form_in, last_book, rows_in
from redhouse.work.forms.queries.ledgers import Asked
from redhouse.work.forms.queries.workbook import write_workbook

WRITE_BOOK = "forms.write_book"


@transaction.atomic
def ask_for_book(*, asked: Asked, by: Person) -> FormBook:
    """Have it written as it stands now; the one that is under way, where there is one. Old ones go."""
    FormBook.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()
    before = last_book(by, asked)
    if before is not None and before.state in UNDER_WAY:
        return before
    book = FormBook.objects.create(
        form_code=asked.form.code,
        division_code=asked.division.code,
        month_on=asked.month_on,
        rows=rows_in(asked),
        created_by=by,
    )
    app.configure_task(WRITE_BOOK).defer(book_id=book.pk)
    return book


def write_book(book_id: int) -> None:
    """Safe to repeat."""
    papers.write_book(FormBook, book_id, _fill)


def _fill(book: FormBook, file: BinaryIO, tell: papers.Tell) -> None:
    with everything():
        asked = form_in(book)
        reach = reach_of(book.created_by, asked.form.holding.verb, today())
    with use_reach(reach, person_id=book.created_by_id), translation.override("zh-hans"):
        write_workbook(file, asked, tell)


def fail_book(book_id: int) -> None:
    papers.fail_book(FormBook, book_id)
