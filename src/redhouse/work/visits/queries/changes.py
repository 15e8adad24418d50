"""Whether anything changed of what phones take along, since a moment: exact, by what transactions could see of one
another, and without reading what they wrote.

A moment is a snapshot of the database. Whatever transaction is visible now and was not then has left its row in the
journal; one that commits late, below numbers that were seen, is told apart by the snapshot and not by its number. Rows
with numbers that are still to come were restored from another database: they tell of no change here.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

EVERYWHERE = ""

# Numbers of transactions begin anew in a database that was restored, and go other ways after a return to an earlier
# point of time: a moment of another house is no moment of this one.
_MOMENT = """
SELECT pg_current_snapshot()::text,
  concat_ws('.', (SELECT system_identifier FROM pg_control_system()),
    (SELECT timeline_id FROM pg_control_checkpoint()),
    (SELECT oid FROM pg_database WHERE datname = current_database()), 'visits_doorstepchange'::regclass::oid)
"""
_CHANGED = """
, pg_snapshot_xmax(%s::pg_snapshot) > pg_snapshot_xmax(pg_current_snapshot()) OR EXISTS (
  SELECT FROM visits_doorstepchange WHERE key = ANY(%s) AND xact >= pg_snapshot_xmin(%s::pg_snapshot)::text::bigint
    AND NOT pg_visible_in_snapshot(xact::text::xid8, %s::pg_snapshot)
    AND (xact < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
      OR xact = pg_current_xact_id_if_assigned()::text::bigint))
"""


class Moment(NamedTuple):
    snapshot: str
    house: str


def keys_of(member_id: int, villages: Iterable[str]) -> list[str]:
    """What a caseload hangs on: its member, the villages of its households, and what is the same everywhere."""
    return [EVERYWHERE, f"m{member_id}", *villages]


def look(*asked: tuple[Moment | None, list[str]]) -> tuple[Moment, list[bool]]:
    """This moment, and for each moment asked about whether nothing under its keys changed since; of none, everything
    did. One query. What is read after it is of this moment or later."""
    snapshots = [(then.snapshot if then else None, keys) for then, keys in asked]
    with connection.cursor() as cursor:
        cursor.execute(
            _MOMENT + _CHANGED * len(asked), [part for then, keys in snapshots for part in (then, keys, then, then)]
        )
        snapshot, house, *changed = cursor.fetchone()
    answers = zip(asked, changed, strict=True)
    return Moment(snapshot, house), [
        then is not None and then.house == house and not each for (then, _keys), each in answers
    ]
