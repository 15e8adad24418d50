"""Who lives behind which door."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction

from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import require
from redhouse.ground.people import facts
from redhouse.ground.people.actions.ending import end_period
from redhouse.ground.people.models import Household, Person
from redhouse.ground.people.rules import (
    missing_for_household,
    unique,
)
from redhouse.ground.places.models import Dwelling
from redhouse.kit.bulk import copy_through, draw_ids


class NewHousehold(NamedTuple):
    dwelling_id: int
    division_code: str
    head_id: int | None
    residents: int
    from_on: date


def register_household(
    *, dwelling: Dwelling, residents: int, head: Person | None = None, by: int | None, on: date
) -> Household:
    """Register the people behind one door as from `on`. Raises NotYet for no residents."""
    row = NewHousehold(dwelling.pk, dwelling.division_code, head.pk if head else None, residents, on)
    [pk] = register_households(households=[row], by=by)
    return Household.objects.get(pk=pk)


@transaction.atomic
def register_households(*, households: Sequence[NewHousehold], by: int | None) -> list[int]:
    """Register many, a fact each with quantity = residents. Returns keys in order."""
    wanted = [row.dwelling_id for row in households]
    doors = dict(
        Dwelling.objects.filter(pk__range=(min(wanted), max(wanted))).values_list("pk", "division_code")
        if wanted
        else ()
    )
    require(
        unique(
            [
                sentence
                for row in households
                for sentence in missing_for_household(row.residents, doors.get(row.dwelling_id), row.division_code)
            ]
        )
    )
    with connection.wrap_database_errors, connection.cursor() as cursor:
        ids = draw_ids(cursor, "people_household", len(households))
        rows = ((pk, *row) for pk, row in zip(ids, households, strict=True))
        copy_through(cursor, "people_household", ("id", *NewHousehold._fields), rows)
    ledger.record_many(
        (facts.HOUSEHOLD_REGISTERED, row.division_code, row.from_on, by, by, pk, None, row.residents, "")
        for pk, row in zip(ids, households, strict=True)
    )
    return ids


@transaction.atomic
def revise_households(*, households: Sequence[tuple[Household, int, int | None]], by: int | None, on: date) -> None:
    """Another head-count or head from `on` on: (household, residents, key of the head); a fact each."""
    require(
        unique([said for _row, residents, _head in households for said in missing_for_household(residents, "", "")])
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_household h SET residents = v.residents, head_id = v.head"
            " FROM unnest(%s::bigint[], %s::int[], %s::bigint[]) v(id, residents, head) WHERE h.id = v.id",
            [
                [row.pk for row, *_rest in households],
                [residents for _row, residents, _head in households],
                [head for *_rest, head in households],
            ],
        )
    ledger.record_many(
        (facts.HOUSEHOLD_REVISED, row.division_code, on, by, by, row.pk, None, residents, "")
        for row, residents, _head in households
    )


@transaction.atomic
def end_household(*, household: Household, by: int | None, on: date) -> None:
    """The household stands no longer from `on` on. Raises NotYet where it ended before."""
    row = end_period(household, on)
    ledger.record(facts.HOUSEHOLD_ENDED, happened_on=on, division_code=row.division_code, by=by, subject=row.pk)
