"""The wall screen: one dark page that nobody touches. It says what a stranger may read, and nothing more."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from redhouse.desk.public import pictures, sheet, town
from redhouse.desk.public.moment import public_moment
from redhouse.desk.public.newest import newest
from redhouse.kit.today import now
from redhouse.web.access import public, signed_in
from redhouse.work.answers.queries import answers, load_figures
from redhouse.work.answers.queries.months import by_month

NEWS = 12  # sentences that fit the column


@signed_in
@require_safe
def inside(request: HttpRequest) -> HttpResponse:
    """For everybody with an account."""
    return _wall(request)


@public
@require_safe
def outside(request: HttpRequest) -> HttpResponse:
    """For a screen in a hall, where nobody signs in: only where REDHOUSE_PUBLIC_WALL is set."""
    if not settings.REDHOUSE_PUBLIC_WALL:
        raise Http404
    return _wall(request)


def _wall(request: HttpRequest) -> HttpResponse:
    moment = public_moment(timezone.now())
    if moment is None:
        return render(request, "open/empty.html", status=404)
    villages = town.villages(moment)
    (visits,) = answers([load_figures()["F03"]], moment.code, moment.as_of, moment.cut)
    return render(
        request,
        "open/wall.html",
        {
            "now": timezone.localtime(now()),
            "moment": moment,
            "five": sheet.five(moment.code, moment),
            "villages": villages,
            "comb": pictures.comb(villages),
            "bars": pictures.bars(by_month(visits), moment.as_of.month),
            "news": newest(moment, NEWS),
        },
    )
