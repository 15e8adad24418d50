"""All villages on one page, one village, and the homes of a place for whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from redhouse.desk.asking import AskedDay, asked_day
from redhouse.desk.queries import villages as queries
from redhouse.ground.ledger.queries import last_fact_id, newest_fact_id
from redhouse.ground.people.models import Person
from redhouse.ground.places.models import Division
from redhouse.ground.places.queries import names_of
from redhouse.kit.divisions import CODE_LENGTH
from redhouse.kit.today import today
from redhouse.web.access import needs, signed_in
from redhouse.web.keeping import kept_text
from redhouse.web.request import AccountRequest
from redhouse.work.answers.queries import default_as_of, sheet_for


@signed_in
@require_safe
def listed(request: AccountRequest) -> HttpResponse:
    """The villages as tiles by the state of their service centre, and as a table."""
    asked = asked_day(request)
    viewer = request.person
    lines = queries.lines(viewer, today=today(), on=asked.day)
    context = {
        "asked": asked,
        "lines": lines,
        "venues": queries.town_venues(asked.day),
        "has_counts": any(line.households is not None for line in lines),
    }
    return render(request, "desk/villages/list.html", context)


@signed_in
@require_safe
def village(request: AccountRequest, code: str) -> HttpResponse:
    """One village: public facts for everybody in the house, counts as far as the viewer's posts reach."""
    asked = asked_day(request)
    division = queries.village_at(code, asked.day)
    if division is None:
        raise Http404
    viewer = request.person
    reach = queries.reach_in(viewer, code, today())
    with_sheet = viewer is not None and bool(sheet_for(viewer, code))
    state = (code, asked.day, asked.is_chosen, reach, with_sheet, last_fact_id(), newest_fact_id())
    text = kept_text(f"village:{state}", lambda: _village(division, reach, with_sheet, asked))
    return render(request, "desk/villages/village.html", {"asked": asked, "division": division, "text": text})


def _village(division: Division, reach: tuple[str, ...], with_sheet: bool, asked: AskedDay) -> SafeString:
    page = queries.village(division, reach, with_sheet=with_sheet, on=asked.day)
    context = {"asked": asked, "page": page, "may_answer": with_sheet}
    return render_to_string("desk/villages/_village.html", context)


@dataclass(frozen=True)
class Wanted:
    division: Division
    page: int


def _wanted(viewer: Person, code: str, page: int = 1) -> Wanted | None:
    on = today()
    division = queries.place_for(viewer, code, today=on, on=default_as_of(on))
    return Wanted(division, page) if division is not None and page > 0 else None


@needs(None, _wanted)
@require_safe
def homes(request: HttpRequest, wanted: Wanted) -> HttpResponse:
    """Doors, heads (masked) and residents of one place, page by page."""
    on = default_as_of(today())
    found = queries.homes_of(wanted.division, wanted.page, on)
    if wanted.page > 1 and not found.rows:
        raise Http404
    village = names_of([wanted.division.code], on).get(wanted.division.code[:CODE_LENGTH], "")
    return render(request, "desk/villages/homes.html", {"homes": found, "on": on, "village": village})
