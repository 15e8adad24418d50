"""Reads of the organisations."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from redhouse.ground.bodies.models import Body, Relation
from redhouse.ground.places.fields import closeness, named
from redhouse.kit.needle import Needle

CREDIT_CODE_LENGTH = 18


def below(body: Body, on: date) -> list[Body]:
    """`body` and everything that stands under it on `on`, nearest first, in one recursive query."""
    return list(
        Body.objects.raw(
            "WITH RECURSIVE tree AS ("
            " SELECT b.*, 0 AS depth FROM bodies_body b WHERE b.id = %s"
            " UNION ALL SELECT b.*, t.depth + 1 FROM bodies_body b JOIN tree t ON b.parent_id = t.id"
            " WHERE b.from_on <= %s AND (b.until_on IS NULL OR b.until_on > %s)"
            ") SELECT * FROM tree ORDER BY depth, division_code, id",
            [body.pk, on, on],
        )
    )


def line_up(body: Body) -> list[Body]:
    """The superiors of `body`, nearest first, in one recursive query."""
    return list(
        Body.objects.raw(
            "WITH RECURSIVE line AS ("
            " SELECT b.*, 0 AS depth FROM bodies_body b WHERE b.id = %s"
            " UNION ALL SELECT b.*, l.depth + 1 FROM bodies_body b JOIN line l ON b.id = l.parent_id"
            ") SELECT * FROM line WHERE depth > 0 ORDER BY depth",
            [body.pk],
        )
    )


def bodies_found(needle: Needle, on: date) -> QuerySet[Body]:
    """By name, initials or credit code."""
    found = named(needle)
    if len(needle.text) == CREDIT_CODE_LENGTH:
        found |= Q(credit_code=needle.text.upper())
    bodies: QuerySet[Body] = Body.objects.as_of(on).filter(found)
    return (
        bodies.only("kind", "name", "division_code")
        .alias(close=closeness(needle))
        .order_by("close", "division_code", "pk")
    )


def standing_below(body_ids: Iterable[int], on: date) -> dict[int, int]:
    """How many bodies stand directly under each, where there are any; one query."""
    children = Body.objects.as_of(on).filter(parent_id__in=list(body_ids)).order_by()
    return dict(children.values_list("parent_id").annotate(Count("pk")))


def relations_of(body_ids: Iterable[int], on: date) -> list[Relation]:
    """Relations that begin or end at one of these bodies, with both ends; one query."""
    ids = list(body_ids)
    relations = Relation.objects.as_of(on).filter(Q(from_body_id__in=ids) | Q(to_body_id__in=ids))
    return list(relations.select_related("from_body", "to_body").order_by("kind", "from_body_id", "to_body_id"))
