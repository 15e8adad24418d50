"""Matters for everybody, without an account. The same for every stranger; nobody's name is on any of these pages."""

from collections.abc import Callable
from functools import wraps
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.queries import latest_head
from redhouse.ground.process.enums import CASE_KINDS, StepKind
from redhouse.kit.today import today
from redhouse.web.access import public
from redhouse.web.publishing import kept
from redhouse.work.decisions.queries import public as queries
from redhouse.work.decisions.queries.disclosure import clock_of, sheets_of_step
from redhouse.work.decisions.views.sheets import printed

A_PAGE = 40
ON_FRONT = 8
STAGES = [kind for kind in StepKind if kind not in {*CASE_KINDS, StepKind.BRANCH, StepKind.END}]


def open_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page for strangers: kept while no fact is added and the day lasts. The view receives the moment."""

    @wraps(view)
    def guarded(request: HttpRequest, **address: Any) -> HttpResponseBase:
        town, head, day = queries.town(), latest_head(), today()
        newest = Fact.objects.order_by("-fact_id").values_list("fact_id", flat=True).first()
        moment = SimpleNamespace(town=town, head=head, as_of=day) if town and head else None
        state = f"m{newest or 0}-{head.size if head else 0}-{day}"
        return kept(request, state, lambda: view(request, moment, **address))

    return public(require_safe(guarded))


@open_page
def index(request: HttpRequest, moment: Any) -> HttpResponse:
    """Matters by village and stage, or those that hold `q` in title, number, body or village."""
    asked = {name: request.GET.get(name, "").strip()[:40] for name in ("village", "stage", "power", "q")}
    tiles = queries.villages(today())
    page = Paginator(queries.matters(**asked), A_PAGE).get_page(request.GET.get("page"))
    names = {tile.code: tile.name for tile in tiles}
    up = queries.hanging(today())
    context = {
        "here": "matters",
        "moment": moment,
        "today": today(),
        "asked": asked,
        "tiles": tiles,
        "village": next((tile for tile in tiles if tile.code == asked["village"]), None),
        "stages": [(str(kind), kind.label) for kind in STAGES],
        "page": page,
        "lines": queries.lines(page),
        "running": sum(tile.running for tile in tiles),
        "hanging": up.count(),
        "sheets": queries.posted()[:ON_FRONT],
        "names": names,
    }
    return render(request, "open/matters.html", context)


@open_page
def show(request: HttpRequest, moment: Any, matter_id: int) -> HttpResponse:
    """One matter: its stages, votes by count, sheets, objections by number, proofs."""
    page = queries.page(matter_id, today())
    if page is None:
        raise Http404
    return render(request, "open/matter.html", {"here": "matters", "moment": moment, "page": page, "today": today()})


@open_page
def posters(request: HttpRequest, moment: Any) -> HttpResponse:
    """Every sheet that hangs or hung, newest first."""
    page = Paginator(queries.posted(), A_PAGE).get_page(request.GET.get("page"))
    context = {"here": "posters", "moment": moment, "page": page, "today": today(), "hanging": queries.hanging(today())}
    return render(request, "open/posters.html", context)


@open_page
def poster(request: HttpRequest, moment: Any, code: str) -> HttpResponse:
    """Where the code on a sheet leads: what the sheet must say, whether it is amended, and how to object."""
    publicity = queries.poster(code)
    if publicity is None:
        return render(
            request, "open/poster_unknown.html", {"here": "posters", "moment": moment, "code": code}, status=404
        )
    sheet = next(one for one in sheets_of_step(publicity.run_step) if one.publicity.pk == publicity.pk)
    context = {
        "here": "posters",
        "moment": moment,
        "today": today(),
        "publicity": publicity,
        "sheet": sheet,
        "clock": clock_of(publicity.run_step, publicity.from_on),
        "later": getattr(publicity, "amended_by", None),
    }
    return render(request, "open/poster.html", context)


@public
@require_safe
def poster_file(request: HttpRequest, code: str, sheet: str, kind: str) -> HttpResponseBase:
    """The sheet itself: a4.pdf as it was printed and kept, a3.pdf and a4.docx from the same words."""
    publicity = queries.poster(code)
    if publicity is None:
        raise Http404
    return printed(request, publicity, sheet, kind)
