"""The rules of voting, and a calculator for anyone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from redhouse.desk.public.moment import public_moment
from redhouse.desk.public.votes import calculation, who_decides
from redhouse.kit.today import now, today
from redhouse.web.access import public
from redhouse.web.publishing import MAX_AGE, keep


@public
@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """A rule of a day, its text, and what it says of the counts in the address. Pure: it reads no person and no fact,
    so that it works in an empty house too."""
    found = calculation(request.GET.dict(), today())
    answer = render(
        request,
        "open/votes.html",
        {"here": "votes", "moment": public_moment(now()), "found": found, "able": who_decides(found.on)},
    )
    keep(answer, MAX_AGE)
    return answer
