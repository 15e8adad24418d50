"""What this room holds already, for report forms: Party organisations with their secretary and members."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy

from redhouse.ground.access.enums import HeldKind, Verb
from redhouse.ground.access.holdings import Holding, Known, Row, Span, hold
from redhouse.ground.access.reach import everything
from redhouse.ground.bodies.enums import PARTY_KINDS
from redhouse.ground.bodies.models import Body
from redhouse.ground.people.enums import PostKind, Tie
from redhouse.ground.people.models import Membership
from redhouse.ground.people.queries import posts_in
from redhouse.ground.places.queries import names_of
from redhouse.kit.divisions import CODE_LENGTH


def _bodies(span: Span) -> QuerySet[Body]:
    """As they stand on the last day of the span, which goes along with each."""
    on = span.until_on - timedelta(days=1)
    found: QuerySet[Body] = Body.objects.as_of(on).filter(span.inside(), kind__in=PARTY_KINDS)
    return found.annotate(counted_on=Value(on, DateField())).order_by("division_code", "pk")


def _members(bodies: Any, on: date) -> dict[int, dict[str, int]]:
    counted: dict[int, dict[str, int]] = defaultdict(dict)
    with everything():  # numbers without names
        rows = Membership.objects.as_of(on).filter(body__in=bodies).order_by()
        for body, tie, number in rows.values_list("body", "tie").annotate(Count("pk")):
            counted[body][tie] = number
    return counted


def _rows(bodies: Sequence[Any]) -> list[Row]:
    if not bodies:
        return []
    on, keys = bodies[0].counted_on, [body.pk for body in bodies]
    counted = _members(keys, on)
    with everything():  # who holds a post is public in the house
        heads = {seat.body_id: seat.name for seat in posts_in(keys, on) if seat.kind == PostKind.SECRETARY}
    places = names_of({body.division_code for body in bodies}, on)
    return [
        Row(
            str(body.pk),
            body.division_code,
            {
                "place": places.get(body.division_code[:CODE_LENGTH], body.division_code),
                "name": body.name,
                "kind": str(body.get_kind_display()),
                "secretary": heads.get(body.pk, ""),
                "registered": counted[body.pk].get(Tie.REGISTERED, 0),
                "floating": counted[body.pk].get(Tie.FLOATING, 0),
                "orgs": 1,
            },
            reverse("desk:bodies:body", args=[body.pk]),
        )
        for body in bodies
    ]


def _total(span: Span) -> dict[str, int]:
    bodies = _bodies(span).order_by()
    counted = _members(bodies.values("pk"), span.until_on - timedelta(days=1)).values()
    return {
        "registered": sum(each.get(Tie.REGISTERED, 0) for each in counted),
        "floating": sum(each.get(Tie.FLOATING, 0) for each in counted),
        "orgs": bodies.count(),
    }


PARTY_ORGS = hold(
    Holding(
        key="party_orgs",
        title=gettext_lazy("党组织名册"),
        holder=gettext_lazy("党员与组织"),
        verb=Verb.SEE_PEOPLE,
        fields=(
            Known("place", gettext_lazy("村（社区）"), also=(gettext_lazy("所属村居"), gettext_lazy("所在村"))),
            Known("name", gettext_lazy("党组织名称"), also=(gettext_lazy("支部名称"),), width=20),
            Known("kind", gettext_lazy("党组织类别"), width=8),
            Known("secretary", gettext_lazy("党组织书记"), also=(gettext_lazy("支部书记姓名"),), width=8),
            Known("registered", gettext_lazy("在册党员数"), HeldKind.NUMBER, also=(gettext_lazy("党员人数"),), width=8),
            Known("floating", gettext_lazy("流动党员数"), HeldKind.NUMBER, width=8),
            Known("orgs", gettext_lazy("党组织数"), HeldKind.NUMBER, also=(gettext_lazy("支部数量"),), width=6),
        ),
        find=_bodies,
        read=_rows,
        total=_total,
    )
)
