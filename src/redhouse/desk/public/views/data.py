"""Open data: what there is, and each table of a day as a file."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from redhouse.desk.public.caching import published
from redhouse.desk.public.datasets import DATASETS
from redhouse.desk.public.formats import FORMATS, LICENCE
from redhouse.desk.public.moment import Moment
from redhouse.ground.ledger.queries import first_happened_on
from redhouse.web.publishing import slow_down, too_often

LATEST = "latest"
PAST_A_MINUTE = 6  # tables of past days that one client may have counted in a minute


@published
def index(request: HttpRequest, moment: Moment) -> HttpResponse:
    """Every dataset with its columns and addresses."""
    found = {"here": "data", "moment": moment, "datasets": DATASETS.values(), "formats": FORMATS, "licence": LICENCE}
    return render(request, "open/data.html", found)


@published
def table(request: HttpRequest, moment: Moment, day: str, dataset: str, kind: str) -> HttpResponse:
    """One dataset as CSV, JSON or Parquet, `latest` or as of a day; always at the newest public cut, which it names."""
    if dataset not in DATASETS or kind not in FORMATS:
        raise Http404
    as_of = _day(day, moment)
    if as_of != moment.as_of and too_often(request, "data", per_minute=PAST_A_MINUTE):
        return slow_down(request)
    then = Moment(moment.town, as_of, moment.head)
    wanted = DATASETS[dataset]
    media_type, write = FORMATS[kind]
    answer = HttpResponse(write(wanted, wanted.rows(then), then), content_type=media_type)
    name = f"redhouse-{moment.code}-{dataset}-{as_of}-{moment.cut}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Redhouse-Cut"] = str(moment.cut)
    return answer


def _day(text: str, moment: Moment) -> date:
    """The day in the address. A day that is none, before the records or after the public day, has no table."""
    if text == LATEST:
        return moment.as_of
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    first = first_happened_on()
    if first is None or not max(first, moment.town.from_on) <= day <= moment.as_of:
        raise Http404
    return day
