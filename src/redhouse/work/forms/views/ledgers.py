"""The forms of a place and month, and one of them filled."""

from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from redhouse.ground.papers.official.pdf import MissingCharacters
from redhouse.ground.people.models import Person
from redhouse.kit.errors import HouseError
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.forms import actions, queries, rules
from redhouse.work.forms.definitions.shape import month_before, next_month
from redhouse.work.forms.forms import FillForm
from redhouse.work.forms.queries import Asked
from redhouse.work.forms.queries.books import rows_in
from redhouse.work.forms.queries.filling import Cell, Line
from redhouse.work.forms.queries.gathering import gathered
from redhouse.work.forms.queries.ledgers import ledgers_for
from redhouse.work.forms.queries.workbook import title_of
from redhouse.work.forms.views import books
from redhouse.work.forms.views.common import done, picker, place_and_month, seer
from redhouse.work.forms.views.documents import PAPERS
from redhouse.work.forms.views.sources import row_link, total_links

own_ledger = needs(None, queries.ledger_for)
FILLERS = gettext_lazy("由本村（社区）或镇的工作人员填写。")


@seer
@require_safe
def index(request: HttpRequest, person: Person) -> HttpResponse:
    """Every form of the place and month, how much of it is filled by the house, and what the town drafted."""
    places, place, month_on = place_and_month(request, person)
    ledgers = ledgers_for(person, place, month_on) if place else []
    rows = [(asked, rows_in(asked)) for asked in ledgers]
    context = picker(places, place, month_on) | {
        "rows": rows,
        "drafts": queries.drafts_for(person, today()),
        "may_draft": rules.may_draft(person, on=today()),
        "this_month": f"{today():%Y-%m}",
    }
    return render(request, "forms/index.html", context)


@own_ledger
@require_safe
def show(request: PersonRequest, asked: Asked) -> HttpResponse:
    """One form: the house fills it, only the rest is asked. Whoever opens one about residents is written down."""
    filled = queries.fill(asked, request.GET.get("page", 1))
    person = request.person
    actions.note_opening(asked=asked, rows=filled.count, by=person, on=today())
    may_fill = bool(asked.form.asks) and rules.may_fill(person, asked, on=today())
    form = FillForm(None, filled) if may_fill else None
    context = {
        "asked": asked,
        "filled": filled,
        "form": form,
        "lines": [(line.row, row_link(person, asked, line.row), _cells(line, form)) for line in filled.lines],
        "totals": total_links(person, filled),
        "gathered": gathered(asked),
        "looks": queries.looks_at(asked) if asked.form.is_personal else [],
        "meter": queries.weigh(asked.form, asked.division.code, asked.month_on),
        "before": f"{month_before(asked.month_on):%Y-%m}",
        "after": f"{after:%Y-%m}" if (after := next_month(asked.month_on)) <= today() else "",
    }
    return render(request, "forms/ledger.html", context)


def _cells(line: Line, form: FillForm | None) -> list[tuple[Cell, Any]]:
    """Each cell, and the box to write in where it is asked and this person may."""
    boxes = form.of_row(line.row.key) if form else {}
    return [(cell, boxes.get(cell.column.ask.key) if cell.column.ask else None) for cell in line.cells]


@needs(rules.may_fill, queries.ledger_for, who=FILLERS)
@require_POST
def fill(request: PersonRequest, asked: Asked) -> HttpResponse:
    """Write what changed on this page of the form."""
    page = request.GET.get("page", "1")
    form = FillForm(request.POST, queries.fill(asked, page))

    def act() -> str:
        changed = actions.fill_cells(asked=asked, answers=form.answers(), by=request.person, on=today())
        return _("已填写%(n)s格。") % {"n": changed} if changed else _("没有改动。")

    done(request, form, act)
    back = redirect("forms:ledger", asked.form.code, asked.division.code, asked.month)
    if page.isdecimal() and page != "1":
        back["Location"] += f"?page={page}"
    return back


@own_ledger
@require_safe
def download(request: PersonRequest, asked: Asked) -> HttpResponse | FileResponse:
    """The form in its official layout; whoever takes one about residents along is written down."""
    kind = request.GET.get("kind", "")
    if kind not in PAPERS:
        raise Http404
    rows = rows_in(asked)
    if kind == "xlsx" and rows > books.AT_ONCE:
        return redirect("forms:book-offer", asked.form.code, asked.division.code, asked.month)
    make, media_type = PAPERS[kind]
    try:
        content = make(asked)
    except (HouseError, MissingCharacters) as error:
        context = {"asked": asked, "sentence": getattr(error, "message", str(error))}
        return render(request, "forms/too_long.html", context, status=422)
    actions.note_taking(asked=asked, rows=rows, by=request.person, on=today())
    return FileResponse(
        BytesIO(content), as_attachment=True, filename=f"{title_of(asked)}.{kind}", content_type=str(media_type)
    )
