"""All rows of an answer as a workbook, written in the background for whoever asked."""

from uuid import uuid4

from django.db import transaction
from django.utils import translation
from procrastinate.contrib.django import app

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.reach import everything, use_reach
from redhouse.ground.papers.enums import UNDER_WAY, Making
from redhouse.ground.papers.storage import outgoing
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
    """Write it, seeing what its owner may see and no more. Safe to repeat: an interrupted file is never shown."""
    book = _begin(book_id)
    if book is None:
        return
    own = RowsBook.objects.filter(pk=book.pk, state=Making.WRITING)
    name = f"{uuid4().hex}.xlsx"
    fresh = outgoing() / f".{name}"
    outgoing().mkdir(mode=0o700, exist_ok=True)
    reach = reach_of(book.created_by, Verb.SEE_PEOPLE, today())
    try:
        with (
            use_reach(reach, person_id=book.created_by_id),
            translation.override(book.language),
            fresh.open("xb") as file,
        ):
            write_workbook(file, answer_of(book), book.month or None, lambda rows: own.update(written=rows))
        fresh.rename(outgoing() / name)
    finally:
        fresh.unlink(missing_ok=True)
    own.update(state=Making.READY, file_name=name, written=book.rows)


@transaction.atomic
def _begin(book_id: int) -> RowsBook | None:
    waiting = RowsBook.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=book_id, state__in=UNDER_WAY)
    with everything():
        book = waiting.select_related("created_by").first()
    if book is not None:
        book.state = Making.WRITING
        book.save(update_fields=["state"])
    return book


def fail_book(book_id: int) -> None:
    """Say on the page that it was not written."""
    RowsBook.objects.filter(pk=book_id, state__in=UNDER_WAY).update(state=Making.FAILED)
