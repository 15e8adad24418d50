"""The evidence behind one figure: the drawer, and the rows page by page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from redhouse.ground.ledger.models import TreeHead
from redhouse.kit.errors import HouseError
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.answers import queries
from redhouse.work.answers.definitions import COUNT, parameters, with_prelude
from redhouse.work.answers.queries import Answer, Asked
from redhouse.work.answers.rules import may_see_answers
from redhouse.work.answers.views.asking import cannot_answer, question
from redhouse.work.answers.views.checks import Table, check, parts_table, village_table
from redhouse.work.answers.views.links import cuts, figure_url
from redhouse.work.answers.views.sheet import show
from redhouse.work.answers.views.sqltext import highlighted


@needs(may_see_answers, queries.figure_for)
@require_safe
def figure(request: PersonRequest, asked: Asked) -> HttpResponse:
    """The drawer: a fragment for HTMX, else the sheet with the drawer open."""
    try:
        answer = answered(request, asked)
    except HouseError as error:
        return cannot_answer(request, error, str(asked.code))
    evidence = evidence_context(answer)
    if request.headers.get("HX-Request"):
        return render(request, "answers/_figure.html", evidence)
    return show(request, asked, evidence)


@needs(may_see_answers, queries.figure_for)
@require_safe
def rows(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The rows a figure is counted from, newest first, fifty at a time."""
    try:
        answer = answered(request, asked)
    except HouseError as error:
        return cannot_answer(request, error, str(asked.code))
    text, month = request.GET.get("page", "1"), month_asked(request, answer)
    page = queries.rows_behind(answer, int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1, month)
    context = {"page": page, "month": month, "months": _months(answer)} | addresses(answer)
    context["whole_year_url"] = context["rows_url"]
    if month is not None:
        context |= {name: f"{context[name]}&month={month}" for name in ("rows_url", "workbook_url")}
    return render(request, "answers/rows.html", context)


def answered(request: HttpRequest, asked: Asked) -> Answer:
    """The figure that the address asks for. Raises what `question` raises."""
    assert asked.figure is not None  # `figure_for` gives none without
    wanted = question(request, str(asked.code))
    return queries.answers([asked.figure], wanted.code, wanted.as_of, wanted.last_fact_id)[0]


def month_asked(request: HttpRequest, answer: Answer) -> int | None:
    """The one month that the address asks for, of a figure whose rows lie in the year of its day."""
    text = request.GET.get("month", "")
    return next((month for month, _address in _months(answer) if str(month) == text), None)


def _months(answer: Answer) -> list[tuple[int, str]]:
    """Months by which the rows can be read, each with its address; none for a figure that is not one of a year."""
    if ":from_on" not in answer.figure.rows_sql or not answer.facts:
        return []
    address = figure_url(answer, "answers:rows")
    return [(month, f"{address}&month={month}") for month in range(1, answer.as_of.month + 1)]


def evidence_context(answer: Answer) -> dict[str, Any]:
    villages = village_table(answer)
    given = parameters(answer.division_code, answer.as_of, answer.last_fact_id)
    return {
        "check": check(answer),
        "parts": parts_table(answer),
        "villages": villages,
        "sql": highlighted(with_prelude(answer.figure.count_sql, COUNT)),
        "parameters": [(f":{name}", value) for name, value in given.items()],
        "head": TreeHead.objects.filter(last_fact_id__lte=answer.last_fact_id).order_by("-size").first(),
        "clause": answer.figure.word("clause"),
        "definition": answer.figure.word("definition"),
        "caveat": answer.figure.word("caveat"),
        "numerator_of": answer.figure.word("numerator"),
        "denominator_of": answer.figure.word("denominator"),
        **addresses(answer),
    }


def addresses(answer: Answer) -> dict[str, Any]:
    """The figure, its place, and where its pages are."""
    place = queries.division_at(answer.division_code, answer.as_of)
    return {
        "answer": answer,
        "figure": answer.figure,
        "place": place.name,
        "as_of": answer.as_of,
        "figure_url": figure_url(answer),
        "rows_url": figure_url(answer, "answers:rows"),
        "workbook_url": figure_url(answer, "answers:workbook"),
        "ask_book_url": figure_url(answer, "answers:ask-book"),
        "sheet_query": cuts(answer.as_of, answer.last_fact_id),
    }


__all__ = ["Table", "figure", "rows"]
