"""Workbooks of long forms that were asked for: whose, and where they lie."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from redhouse.ground.papers.enums import UNDER_WAY, Making
from redhouse.ground.people.models import Person
from redhouse.work.forms.models import FormBook
from redhouse.work.forms.queries.ledgers import Asked, asked_at, ledger_for

LONGEST = timedelta(hours=1)  # no form takes that long: whoever was to write it has given up, and it may be asked again


def book_for(person: Person, form_code: str, code: str, month: str, book_id: int) -> FormBook | None:
    """Somebody's own workbook, while they may still read the form."""
    asked = ledger_for(person, form_code, code, month)
    return None if asked is None else _own(person, asked).filter(pk=book_id).first()


def last_book(person: Person, asked: Asked) -> FormBook | None:
    """The same form as this person asked for it last, where it is under way or still there."""
    given_up = Q(state__in=UNDER_WAY, created_at__lt=timezone.now() - LONGEST)
    last = _own(person, asked).exclude(given_up).exclude(state=Making.FAILED).order_by("-pk").first()
    return None if last is None or last.is_gone else last


def rows_in(asked: Asked) -> int:
    return asked.form.holding.find(asked.span).order_by().count()


def form_in(book: FormBook) -> Asked:
    """Raises HouseError where the form is no more."""
    return asked_at(book.form_code, book.division_code, f"{book.month_on:%Y-%m}")


def _own(person: Person, asked: Asked) -> QuerySet[FormBook]:
    return FormBook.objects.filter(
        created_by=person, form_code=asked.form.code, division_code=asked.division.code, month_on=asked.month_on
    )
