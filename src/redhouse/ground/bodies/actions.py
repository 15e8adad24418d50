"""The only writers of bodies and their relations.

`by` is the key of the person who records it, None for the house itself. Permission is asked by the rooms that call.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from redhouse.ground.bodies import facts
from redhouse.ground.bodies.enums import Sector
from redhouse.ground.bodies.models import Body, Relation
from redhouse.ground.bodies.rules import missing_for_body
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet, in_words, require
from redhouse.kit.bulk import copy_rows, draw_ids
from redhouse.kit.pinyin import initials


class NewBody(NamedTuple):
    """A body to be founded on `from_on`; `parent_id` is a body that exists already."""

    kind: str
    name: str
    division_code: str
    from_on: date
    parent_id: int | None = None
    sector: str = Sector.TERRITORY
    is_joint: bool = False
    is_area: bool = False
    credit_code: str = ""


class NewRelation(NamedTuple):
    kind: str
    from_body_id: int
    to_body_id: int
    from_on: date


def found_body(
    *,
    kind: str,
    name: str,
    division_code: str,
    parent: Body | None = None,
    sector: str = Sector.TERRITORY,
    is_joint: bool = False,
    is_area: bool = False,
    credit_code: str = "",
    by: int | None,
    on: date,
) -> Body:
    """Found one body on `on`. Raises NotYet with what the tree or the credit code forbids, ValidationError where a
    name or credit code is taken."""
    row = NewBody(kind, name, division_code, on, parent.pk if parent else None, sector, is_joint, is_area, credit_code)
    with in_words(Body(**row._asdict())):
        [pk] = found_bodies(bodies=[row], by=by)
    return Body.objects.get(pk=pk)


@transaction.atomic
def found_bodies(*, bodies: Sequence[NewBody], by: int | None) -> list[int]:
    """Found many, a fact each; superiors in an earlier batch. Returns keys in order."""
    parents = Body.objects.in_bulk({row.parent_id for row in bodies if row.parent_id is not None})
    require(
        sentence
        for row in bodies
        for sentence in missing_for_body(
            kind=row.kind,
            name=row.name,
            parent=None if row.parent_id is None else parents[row.parent_id],
            is_joint=row.is_joint,
            credit_code=row.credit_code,
            on=row.from_on,
        )
    )
    with connection.wrap_database_errors, connection.cursor() as cursor:
        ids = draw_ids(cursor, "bodies_body", len(bodies))
        rows = ((pk, *row, initials(row.name)) for pk, row in zip(ids, bodies, strict=True))
        copy_rows(cursor, "bodies_body", ("id", *NewBody._fields, "initials"), rows)
    ledger.record_many(
        (facts.BODY_FOUNDED, row.division_code, row.from_on, by, by, pk, row.parent_id, 1, row.kind)
        for pk, row in zip(ids, bodies, strict=True)
    )
    return ids


@transaction.atomic
def dissolve_body(*, body: Body, by: int | None, on: date) -> None:
    """End a body on `on`. Raises NotYet while anything still stands under it."""
    body = Body.objects.select_for_update().get(pk=body.pk)
    if body.until_on is not None:
        raise NotYet([_("“%(name)s”已于%(on)s撤销") % {"name": body.name, "on": body.until_on}])
    standing = list(body.children.as_of(on).values_list("name", flat=True)[:3])
    if standing:
        raise NotYet(
            [
                _("“%(name)s”之下还有“%(children)s”，请先撤销或划转")
                % {"name": body.name, "children": "、".join(standing)}
            ]
        )
    body.until_on = on
    body.save(update_fields=["until_on"])
    ledger.record(
        facts.BODY_DISSOLVED,
        happened_on=on,
        division_code=body.division_code,
        by=by,
        subject=body.pk,
        label=body.kind,
    )


@transaction.atomic
def record_relations(*, relations: Sequence[NewRelation], by: int | None) -> None:
    """Who guides, supervises or manages whom; a fact each, in the division of the one that is guided."""
    bodies = Body.objects.in_bulk({pk for row in relations for pk in (row.from_body_id, row.to_body_id)})
    Relation.objects.bulk_create(Relation(**row._asdict()) for row in relations)
    ledger.record_many(
        (
            facts.RELATION_RECORDED,
            bodies[row.to_body_id].division_code,
            row.from_on,
            by,
            by,
            row.from_body_id,
            row.to_body_id,
            1,
            row.kind,
        )
        for row in relations
    )


def adopt(*, kind: str, label: str, body: Body, is_named: bool = False, by: int | None, on: date) -> int:
    """Record that `body` adopted one item (power, gate, principle, goal, mode, role, pilot) by a document.

    `is_named`: the source names the item itself, not only how many there are; kept as object 1. Returns the fact.
    Raises ValueError for a kind that is no adoption.
    """
    if kind not in facts.ADOPTIONS:
        raise ValueError(f"{kind!r} is none of {', '.join(facts.ADOPTIONS)}")
    return ledger.record(
        kind,
        happened_on=on,
        division_code=body.division_code,
        by=by,
        subject=body.pk,
        object=1 if is_named else None,
        label=label,
    )


def name_demonstration(*, body: Body, by: int | None, on: date) -> int:
    """Record that `body` was made an example for others (示范点). Returns the fact."""
    return ledger.record(
        facts.BODY_NAMED_DEMONSTRATION,
        happened_on=on,
        division_code=body.division_code,
        by=by,
        subject=body.pk,
    )
