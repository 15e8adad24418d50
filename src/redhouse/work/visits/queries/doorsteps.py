"""A whole caseload as a phone takes it along, in one statement: it is asked by everybody who comes home."""

from datetime import date
from typing import NamedTuple

from django.db import connection

from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Person
from redhouse.work.visits.facts import VISIT_RECORDED

# The households of a member's contacts on a day; then beside each its last visit by anybody, what this member wrote
# there last, and the care marks that stand, every look-up by an index. In two steps: planning all of it as one join
# would take longer than the reading.
_DOORSTEPS = """
WITH h AS MATERIALIZED (
  SELECT h.id, h.division_code, h.residents, coalesce(head.name, '') AS head, coalesce(place.name, '') AS place,
         dwelling.door
  FROM visits_householdcontact contact
  JOIN people_household h ON h.id = contact.household_id
  JOIN places_dwelling dwelling ON dwelling.id = h.dwelling_id
  LEFT JOIN people_person head ON head.id = h.head_id
  LEFT JOIN places_division place ON place.code = h.division_code
    AND place.from_on <= %(on)s AND (place.until_on IS NULL OR place.until_on > %(on)s)
  WHERE contact.member_id = %(member)s
    AND contact.from_on <= %(on)s AND (contact.until_on IS NULL OR contact.until_on > %(on)s)
)
SELECT h.id, h.division_code, h.head, h.place, h.door, h.residents,
       seen.last_on, said.needs, CASE WHEN said.visited_on = seen.last_on THEN said.follow_up_on END, care.marks
FROM h
CROSS JOIN LATERAL (
  SELECT max(f.happened_on) AS last_on FROM ledger_fact f
  WHERE f.kind = %(kind)s AND f.subject_id = h.id
    AND NOT EXISTS (SELECT FROM ledger_fact later WHERE later.corrects_id = f.fact_id)
) seen
LEFT JOIN LATERAL (
  SELECT v.needs, v.visited_on, v.follow_up_on FROM visits_visit v
  WHERE v.household_id = h.id AND v.member_id = %(member)s ORDER BY v.visited_on DESC, v.id DESC LIMIT 1
) said ON true
CROSS JOIN LATERAL (
  SELECT array_agg(ARRAY[c.kind, c.until_on::text] ORDER BY c.kind) AS marks FROM visits_caremark c
  WHERE c.household_id = h.id AND c.from_on <= %(on)s AND c.until_on > %(on)s
) care
ORDER BY h.division_code, h.id
"""


class Doorstep(NamedTuple):
    """One household: what to know at the door. A promised `follow_up_on` stands until anybody has been there since."""

    id: int
    division_code: str
    head: str
    place: str
    door: str
    residents: int
    last_on: date | None
    needs: str | None
    follow_up_on: date | None
    marks: list[list[str]] | None  # kind of care and the day on which it ends


def doorsteps_of(member: Person, on: date) -> list[Doorstep]:
    """The households that a member keeps contact with on `on`, by division; one query. Names are not masked yet."""
    with everything(), connection.cursor() as cursor:  # contacts open these households and no others
        cursor.execute(_DOORSTEPS, {"member": member.pk, "on": on, "kind": VISIT_RECORDED})
        return [Doorstep._make(row) for row in cursor.fetchall()]
