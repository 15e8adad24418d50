"""The tree of organisations, by line of superiors or by place, and one organisation with what stands under it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from redhouse.desk.asking import AskedDay, asked_day
from redhouse.desk.queries import bodies as queries
from redhouse.ground.ledger.queries import newest_fact_id
from redhouse.ground.places.queries import names_of
from redhouse.web.access import signed_in
from redhouse.web.keeping import kept_text

BY_PLACE = "place"


@signed_in
@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """Two storeys at once; deeper ones open one by one."""
    asked = asked_day(request)
    by_place = request.GET.get("by") == BY_PLACE
    state = f"tree:{asked.day}:{asked.is_chosen}:{by_place}:{newest_fact_id()}"
    text = kept_text(state, lambda: _tree(asked, by_place))
    return render(request, "desk/bodies/tree.html", {"asked": asked, "by_place": by_place, "tree": text})


def _tree(asked: AskedDay, by_place: bool) -> SafeString:
    context: dict[str, Any] = {"asked": asked, "by_place": by_place}
    if by_place:
        town, villages = queries.town_and_villages(asked.day)
        context |= {"town": town, "roots": queries.bodies_at(town.code, asked.day) if town else []}
        context |= {"villages": villages}
    else:
        roots, below = queries.party_tree(asked.day)
        context |= {"roots": roots, "below": below}
    return render_to_string("desk/bodies/_tree.html", context)


@signed_in
@require_safe
@vary_on_headers("HX-Request")
def body(request: HttpRequest, body_id: int) -> HttpResponse:
    """One organisation; asked for by htmx, only what is inside it."""
    found = queries.body_numbered(body_id)
    if found is None:
        raise Http404
    asked = asked_day(request)
    node = queries.node_of(found, asked.day)
    context = {"asked": asked, "node": node, "below": queries.children_of(found, asked.day) if node.below else []}
    if request.headers.get("HX-Request"):
        return render(request, "desk/bodies/_inside.html", context)
    more = {"up": queries.way_up(found), "place": names_of([found.division_code], asked.day)}
    return render(request, "desk/bodies/body.html", context | more)


@signed_in
@require_safe
def at(request: HttpRequest, code: str) -> HttpResponse:
    """The organisations of one village, inside the tree by place."""
    asked = asked_day(request)
    return render(request, "desk/bodies/_nodes.html", {"asked": asked, "nodes": queries.bodies_at(code, asked.day)})
