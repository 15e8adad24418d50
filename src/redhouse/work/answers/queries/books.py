"""Workbooks of rows that were asked for: whose, where they lie, and of which answer."""

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.rules import may
from redhouse.ground.papers.enums import Making
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.work.answers.definitions import Answer, load_figures
from redhouse.work.answers.models import RowsBook
from redhouse.work.answers.queries.runs import answers


def book_for(person: Person, code: str, figure_id: str, book_id: int) -> RowsBook | None:
    """Somebody's own workbook, while they may still see the sheet it comes from."""
    if not may(person, Verb.SEE_ANSWERS, code, today()):
        return None
    return RowsBook.objects.filter(pk=book_id, created_by=person, division_code=code, figure=figure_id).first()


def same_book(person: Person, answer: Answer, month: int | None, language: str) -> RowsBook | None:
    """The same workbook, where this person has asked for it before and it is under way or still there."""
    asked = RowsBook.objects.filter(
        created_by=person,
        figure=answer.figure.id,
        division_code=answer.division_code,
        as_of=answer.as_of,
        last_fact_id=answer.last_fact_id,
        month=month or 0,
        language=language,
    )
    last = asked.exclude(state=Making.FAILED).order_by("-pk").first()
    return None if last is None or last.is_gone else last


def answer_of(book: RowsBook) -> Answer:
    """The answer whose rows it holds. Raises KeyError for a figure that is counted no more."""
    return answers([load_figures()[book.figure]], book.division_code, book.as_of, book.last_fact_id)[0]
