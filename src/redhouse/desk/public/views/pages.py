"""The pages of the portal."""

from __future__ import annotations

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from redhouse.desk.public import sheet as sheets
from redhouse.desk.public import town
from redhouse.desk.public.caching import published
from redhouse.desk.public.moment import Moment
from redhouse.desk.views.front import elder_mode
from redhouse.web.access import public
from redhouse.web.publishing import keep
from redhouse.work.answers.queries import Brief

DAY = 24 * 3600
ROBOTS = "User-agent: *\nAllow: /open/\nAllow: /static/\nDisallow: /\n"


@published
def home(request: HttpRequest, moment: Moment) -> HttpResponse:
    """The town in five figures, village by village."""
    found = {"here": "home", "moment": moment, "five": sheets.five(moment.code, moment)}
    return render(request, "open/home.html", found | {"villages": town.villages(moment)})


@published
def villages(request: HttpRequest, moment: Moment) -> HttpResponse:
    """Every village as a row, or those whose name or code holds `q`."""
    wanted = request.GET.get("q", "").strip()[:40]
    found = [one for one in town.villages(moment) if wanted in one.name or wanted in one.code]
    return render(
        request, "open/villages.html", {"here": "villages", "moment": moment, "villages": found, "wanted": wanted}
    )


@published
def village(request: HttpRequest, moment: Moment, code: str) -> HttpResponse:
    """One village: five figures, its venues, its organisations."""
    one = next((one for one in town.villages(moment) if one.code == code), None)
    if one is None:
        raise Http404
    found = {"here": "villages", "moment": moment, "village": one, "five": _five_of_village(moment, code)}
    return render(
        request, "open/village.html", found | {"venues": town.venues(moment, code), "bodies": town.bodies(moment, code)}
    )


@published
def venues(request: HttpRequest, moment: Moment) -> HttpResponse:
    """Every venue of the town."""
    found = {"here": "venues", "moment": moment, "venues": town.venues(moment, moment.code)}
    return render(request, "open/venues.html", found)


@published
def sheet(request: HttpRequest, moment: Moment) -> HttpResponse:
    """Every figure of the town with its definition and source."""
    found = {"here": "sheet", "moment": moment, "sheet": sheets.published_sheet(moment.code, moment)}
    return render(request, "open/sheet.html", found)


@csrf_exempt  # it changes how this browser shows pages and nothing else; a token would make pages personal
@public
@require_POST
def look(request: HttpRequest) -> HttpResponseBase:
    """Switch the language (`language`) or 适老版 (`mode`) of this browser, and go back to `next`."""
    return set_language(request) if "language" in request.POST else elder_mode(request)


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read what is public."""
    answer = HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")
    keep(answer, DAY)
    return answer


def _five_of_village(moment: Moment, code: str) -> list[Brief]:
    """Counted once a cut: a village is not in the memo, and a stranger shall not make the house count at will."""
    key = f"open:five:{code}:{moment.as_of}:{moment.cut}:{get_language()}"
    found: list[Brief] | None = cache.get(key)
    if found is None:
        found = sheets.five(code, moment)
        cache.set(key, found, 3600)
    return found
