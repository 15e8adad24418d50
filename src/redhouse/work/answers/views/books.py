"""All rows behind a figure as a workbook: at once where they are few, else written in the background."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from redhouse.ground.papers.enums import UNDER_WAY, Making, MediaType
from redhouse.ground.papers.storage import KEPT_FOR
from redhouse.kit.errors import HouseError
from redhouse.web.access import needs
from redhouse.web.files import as_workbook
from redhouse.web.request import PersonRequest
from redhouse.work.answers import actions, queries
from redhouse.work.answers.models import RowsBook
from redhouse.work.answers.queries import Answer, Asked
from redhouse.work.answers.queries.books import answer_of, book_for, same_book
from redhouse.work.answers.queries.workbook import write_workbook
from redhouse.work.answers.rules import may_see_answers
from redhouse.work.answers.views.asking import cannot_answer
from redhouse.work.answers.views.evidence import addresses, answered, month_asked

AT_ONCE = 20_000  # rows: some two seconds
A_SECOND = 12_000  # rows written in the background, measured on two slow cores
LONG_WAIT = 60  # seconds after which the page says what may be wrong


@needs(may_see_answers, queries.figure_for)
@require_safe
def workbook(request: PersonRequest, asked: Asked) -> HttpResponse | FileResponse:
    """The workbook itself where the rows are few. Else how long it takes, or the one that was asked for before."""
    try:
        answer = answered(request, asked)
    except HouseError as error:
        return cannot_answer(request, error, str(asked.code))
    month = month_asked(request, answer)
    rows = queries.rows_in(answer, month)
    if rows <= AT_ONCE:
        return _at_once(answer, month)
    if before := same_book(request.person, answer, month, get_language() or ""):
        return _to(before)
    context = {"rows": rows, "seconds": max(5, rows // A_SECOND), "month": month} | addresses(answer)
    return render(request, "answers/book.html", context)


@needs(may_see_answers, queries.figure_for)
@require_POST
def ask(request: PersonRequest, asked: Asked) -> HttpResponse:
    """Have it written in the background."""
    try:
        answer = answered(request, asked)
    except HouseError as error:
        return cannot_answer(request, error, str(asked.code))
    return _to(actions.ask_for_book(answer=answer, month=month_asked(request, answer), by=request.person))


@needs(None, book_for)
@require_safe
def book(request: HttpRequest, book: RowsBook) -> HttpResponse:
    """How far it is: a fragment for HTMX while it is under way, else the page."""
    waited = (timezone.now() - book.created_at).total_seconds()
    context: dict[str, Any] = {
        "book": book,
        "rows": book.rows,
        "month": book.month or None,
        "under_way": book.state in UNDER_WAY,
        "failed": book.state == Making.FAILED,
        "gone": book.is_gone,
        "long": book.state == Making.WAITING and waited > LONG_WAIT,
        "days": KEPT_FOR.days,
        **addresses(answer_of(book)),
    }
    template = "answers/_book.html" if request.headers.get("HX-Request") else "answers/book.html"
    return render(request, template, context)


@needs(None, book_for)
@require_safe
def book_file(request: HttpRequest, book: RowsBook) -> HttpResponse | FileResponse:
    """The finished workbook."""
    if book.state != Making.READY or book.is_gone:
        messages.error(request, _("这份工作簿已不在：请再导出一次。"))
        return _to(book)
    answer = answer_of(book)
    return FileResponse(
        book.place.open("rb"), as_attachment=True, filename=_name(answer), content_type=str(MediaType.XLSX)
    )


def _at_once(answer: Answer, month: int | None) -> FileResponse:
    return as_workbook(lambda file: write_workbook(file, answer, month), _name(answer))


def _name(answer: Answer) -> str:
    return _("%(name)s明细%(day)s.xlsx") % {"name": answer.figure.name, "day": answer.as_of}


def _to(book: RowsBook) -> HttpResponse:
    return redirect("answers:book", book.division_code, book.figure, book.pk)
