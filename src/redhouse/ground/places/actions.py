"""The only writers of divisions, dwellings and stated numbers. Venues are written by their room, `work.venues`.

`by` is the key of the person who records it, None for the house itself. Bulk verbs write rows and facts with COPY;
a single verb is a batch of one, so both can never differ.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction

from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import in_words, require
from redhouse.ground.places import facts
from redhouse.ground.places.models import Division
from redhouse.ground.places.rules import missing_for_division
from redhouse.kit.bulk import copy_rows, draw_ids
from redhouse.kit.divisions import village_of
from redhouse.kit.pinyin import initials


class NewDivision(NamedTuple):
    """A row to be registered, from `from_on` on."""

    code: str
    kind: str
    name: str
    from_on: date
    source: str = ""
    is_inferred: bool = False


class NewDwelling(NamedTuple):
    division_code: str
    grid_code: str
    door: str
    from_on: date


def register_division(
    *, code: str, kind: str, name: str, source: str = "", is_inferred: bool = False, by: int | None, on: date
) -> Division:
    """Register one division as from `on`. Raises NotYet where the code does not fit, ValidationError where taken."""
    row = NewDivision(code, kind, name, on, source, is_inferred)
    with in_words(Division(**row._asdict())):
        [pk] = register_divisions(divisions=[row], by=by)
    return Division.objects.get(pk=pk)


@transaction.atomic
def register_divisions(*, divisions: Sequence[NewDivision], by: int | None) -> list[int]:
    """Register many, villages before what lies in them or in the same batch; a fact each. Returns keys in order."""
    registered = {row.code for row in divisions}
    registered.update(Division.objects.filter(until_on__isnull=True).values_list("code", flat=True))
    require(sentence for row in divisions for sentence in missing_for_division(row.code, row.kind, registered))
    with connection.wrap_database_errors, connection.cursor() as cursor:
        ids = draw_ids(cursor, Division._meta.db_table, len(divisions))
        rows = ((pk, *row, initials(row.name)) for pk, row in zip(ids, divisions, strict=True))
        copy_rows(cursor, Division._meta.db_table, ("id", *NewDivision._fields, "initials"), rows)
    ledger.record_many(
        (facts.DIVISION_REGISTERED, row.code, row.from_on, by, by, pk, None, 1, row.kind)
        for pk, row in zip(ids, divisions, strict=True)
    )
    return ids


@transaction.atomic
def revise_division(
    *, division: Division, kind: str, name: str, source: str = "", by: int | None, on: date
) -> Division:
    """Give a division another name or kind from `on` on: the old row ends, a new one of the same code begins. Raises
    NotYet where the code does not fit the kind, ValidationError where `on` is not after its beginning."""
    require(missing_for_division(division.code, kind, {village_of(division.code)} if len(division.code) > 12 else ()))
    division.until_on = on
    division.full_clean()
    division.save(update_fields=["until_on"])
    row = Division(code=division.code, kind=kind, name=name, source=source, from_on=on)
    row.full_clean()
    row.save()
    ledger.record(
        facts.DIVISION_REVISED,
        happened_on=on,
        division_code=row.code,
        by=by,
        subject=row.pk,
        object=division.pk,
        label=kind,
    )
    return row


@transaction.atomic
def assign_grids(*, grids: Sequence[tuple[int, str]]) -> None:
    """Say to which grid doors belong: (key of the dwelling, code of the grid). No facts: no figure reads them."""
    keys, codes = zip(*grids, strict=True) if grids else ((), ())
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE places_dwelling d SET grid_code = v.code FROM unnest(%s::bigint[], %s::text[]) v(id, code)"
            " WHERE d.id = v.id",
            [list(keys), list(codes)],
        )


@transaction.atomic
def register_dwellings(*, dwellings: Sequence[NewDwelling]) -> list[int]:
    """Register doors. They are no facts: no figure reads them. Returns keys in order."""
    with connection.wrap_database_errors, connection.cursor() as cursor:
        ids = draw_ids(cursor, "places_dwelling", len(dwellings))
        rows: Iterable[tuple[object, ...]] = ((pk, *row) for pk, row in zip(ids, dwellings, strict=True))
        copy_rows(cursor, "places_dwelling", ("id", *NewDwelling._fields), rows)
    return ids


def state_profile(*, division: Division, label: str, quantity: int, by: int | None, on: date) -> int:
    """Record a number that a document states about a place and that no rows here can count. Returns the fact."""
    known = facts.PROFILE_LABELS
    if label not in known:
        raise ValueError(f"profile label {label!r} is none of {', '.join(known)}")
    return ledger.record(
        facts.PROFILE_STATED,
        happened_on=on,
        division_code=division.code,
        by=by,
        subject=division.pk,
        quantity=quantity,
        label=label,
    )
