"""A long form as a workbook: asked for, written in the background, fetched later."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from redhouse.ground.papers.enums import UNDER_WAY, Making, MediaType
from redhouse.ground.papers.storage import KEPT_FOR
from redhouse.kit.numbers import thousands
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.forms import actions, queries
from redhouse.work.forms.models import FormBook
from redhouse.work.forms.queries import Asked
from redhouse.work.forms.queries.books import book_for, form_in, last_book, rows_in
from redhouse.work.forms.queries.workbook import title_of

AT_ONCE = 5_000  # rows: some two seconds
A_SECOND = 2_500  # rows written in the background, measured on two slow cores
LONG_WAIT = 60  # seconds after which the page says what may be wrong


@needs(None, queries.ledger_for)
@require_safe
def offer(request: PersonRequest, asked: Asked) -> HttpResponse:
    """How long it takes, or the one that was asked for before."""
    if before := last_book(request.person, asked):
        return _to(before)
    rows = rows_in(asked)
    context = {"asked": asked, "all": thousands(rows), "seconds": max(2, rows // A_SECOND)}
    return render(request, "forms/book.html", context)


@needs(None, queries.ledger_for)
@require_POST
def ask(request: PersonRequest, asked: Asked) -> HttpResponse:
    """Have it written in the background."""
    return _to(actions.ask_for_book(asked=asked, by=request.person))


@needs(None, book_for)
@require_safe
def show(request: HttpRequest, book: FormBook) -> HttpResponse:
    """How far it is: a fragment for HTMX while it is under way, else the page."""
    waited = (timezone.now() - book.created_at).total_seconds()
    context: dict[str, Any] = {
        "asked": form_in(book),
        "book": book,
        "all": thousands(book.rows),
        "done": thousands(book.written),
        "under_way": book.state in UNDER_WAY,
        "failed": book.state == Making.FAILED,
        "gone": book.is_gone,
        "long": book.state == Making.WAITING and waited > LONG_WAIT,
        "days": KEPT_FOR.days,
    }
    return render(request, "forms/_book.html" if request.headers.get("HX-Request") else "forms/book.html", context)


@needs(None, book_for)
@require_safe
def fetch(request: PersonRequest, book: FormBook) -> HttpResponse | FileResponse:
    """The finished workbook; whoever takes one about residents along is written down."""
    if book.state != Making.READY or book.is_gone:
        messages.error(request, _("这份工作簿已不在：请再导出一次。"))
        return _to(book)
    asked = form_in(book)
    actions.note_taking(asked=asked, rows=book.rows, by=request.person, on=today())
    return FileResponse(
        book.place.open("rb"),
        as_attachment=True,
        filename=f"{title_of(asked)}.xlsx",
        content_type=str(MediaType.XLSX),
    )


def _to(book: FormBook) -> HttpResponse:
    return redirect("forms:book", book.form_code, book.division_code, f"{book.month_on:%Y-%m}", book.pk)
