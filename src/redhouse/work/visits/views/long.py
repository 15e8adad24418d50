"""A long list of past visits on its way in. The page can be closed and come back to."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from redhouse.kit.today import today
from redhouse.kit.workbook import read_sheet, write_back
from redhouse.web.access import needs
from redhouse.web.files import as_workbook
from redhouse.web.telling import attempt
from redhouse.work.visits import actions
from redhouse.work.visits.enums import BOOK_OVER, BookKind, BookState, RowMark
from redhouse.work.visits.models import LongBook
from redhouse.work.visits.queries.books import content_of, long_book_for
from redhouse.work.visits.rules.books import BOOKS

SHOWN = 100
own = needs(None, long_book_for)


@own
@require_safe
def show(request: HttpRequest, book: LongBook) -> HttpResponse:
    """How far it is: a fragment for HTMX while it is under way, else the page."""
    template = "visits/_long_book.html" if request.headers.get("HX-Request") else "visits/long_book.html"
    return render(request, template, {"book": book} | _told(book))


@own
@require_POST
def confirm(request: HttpRequest, book: LongBook) -> HttpResponse:
    def act() -> str:
        actions.confirm_long_book(book=book, by=book.created_by, on=today())
        return _("已确认，正在后台写入。")

    attempt(request, None, act)
    return redirect("visits:long-book", book.pk)


@own
@require_safe
def workbook(request: HttpRequest, book: LongBook) -> HttpResponse | FileResponse:
    """The same workbook back, with what became of each row and why."""
    if "marks" not in book.outcome:
        return redirect("visits:long-book", book.pk)
    made, words = BOOKS[BookKind.VISITS], {mark.value[0]: mark for mark in RowMark}
    sheet = read_sheet(content_of(book), name=made.name, required=made.required, known=made.names)
    marks, why = book.outcome["marks"], book.outcome["why"]

    def result(row: int) -> tuple[str, str, bool]:
        mark = words[marks[row]]
        return str(mark.label), why.get(str(row), ""), mark == RowMark.REFUSED

    return as_workbook(
        lambda file: write_back(file, sheet, headings=(_("结果"), _("说明")), result=result),
        _("%(name)s-结果.xlsx") % {"name": made.name},
    )


def _told(book: LongBook) -> dict[str, object]:
    outcome = book.outcome
    counts, failure = outcome.get("counts", {}), outcome.get("failure", "")
    refused = [(outcome["first"] + int(row), why) for row, why in list(outcome.get("why", {}).items())[:SHOWN]]
    return {
        "under_way": book.state in (BookState.CHECKING, BookState.WRITING),
        "is_ready": book.state == BookState.READY,
        "is_over": book.state in BOOK_OVER,
        "counts": [(mark, counts.get(mark.value, 0)) for mark in RowMark],
        "new": counts.get(RowMark.NEW, 0),
        "refused": refused,
        "more": len(outcome.get("why", {})) - SHOWN,
        "failure": _(failure) if failure else "",
    }
