"""The search box: a few lines while one types, a page when one presses Enter."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from redhouse.desk.queries.search import look_up
from redhouse.kit.needle import Needle
from redhouse.kit.today import today
from redhouse.web.access import signed_in
from redhouse.web.request import AccountRequest
from redhouse.work.answers.queries import default_as_of

A_FEW, A_PAGE = 4, 20  # lines a group


@signed_in
@require_safe
@vary_on_headers("HX-Request")
def search(request: AccountRequest) -> HttpResponse:
    """`?q=`: names, initials, codes, doors, last digits."""
    on, typed = today(), request.GET.get("q", "")
    needle, is_hint = Needle.of(typed), bool(request.headers.get("HX-Request"))
    groups = look_up(
        request.person,
        needle,
        today=on,
        on=default_as_of(on),
        most=A_FEW if is_hint else A_PAGE,
    )
    context = {"typed": typed, "needle": needle, "found": groups}
    return render(request, "desk/search/_hints.html" if is_hint else "desk/search/page.html", context)
