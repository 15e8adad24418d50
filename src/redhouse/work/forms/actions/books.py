"""A long form as a workbook, written in the background for whoever asked."""

from uuid import uuid4

from django.db import transaction
from django.utils import timezone, translation
from procrastinate.contrib.django import app

from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.reach import everything, use_reach
from redhouse.ground.papers.enums import UNDER_WAY, Making
from redhouse.ground.papers.storage import KEPT_FOR, outgoing
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
    """Write it, seeing what its owner may see and no more. Safe to repeat: an interrupted file is never shown."""
    book = _begin(book_id)
    if book is None:
        return
    own = FormBook.objects.filter(pk=book.pk, state=Making.WRITING)
    name = f"{uuid4().hex}.xlsx"
    fresh = outgoing() / f".{name}"
    outgoing().mkdir(mode=0o700, exist_ok=True)
    with everything():
        asked = form_in(book)
        reach = reach_of(book.created_by, asked.form.holding.verb, today())
    try:
        with (
            use_reach(reach, person_id=book.created_by_id),
            translation.override("zh-hans"),
            fresh.open("xb") as file,
        ):
            write_workbook(file, asked, lambda rows: own.update(written=rows))
        fresh.rename(outgoing() / name)
    finally:
        fresh.unlink(missing_ok=True)
    own.update(state=Making.READY, file_name=name, written=book.rows)


@transaction.atomic
def _begin(book_id: int) -> FormBook | None:
    waiting = FormBook.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=book_id, state__in=UNDER_WAY)
    with everything():
        book = waiting.select_related("created_by").first()
    if book is not None:
        book.state = Making.WRITING
        book.save(update_fields=["state"])
    return book


def fail_book(book_id: int) -> None:
    """Say on the page that it was not written."""
    FormBook.objects.filter(pk=book_id, state__in=UNDER_WAY).update(state=Making.FAILED)
