"""What a member owes at doors, in as few queries as a page can bear."""

from datetime import date, timedelta

from django.db import connection

from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Household, Person
from redhouse.work.visits.enums import EVERY_DAYS
from redhouse.work.visits.facts import VISIT_RECORDED
from redhouse.work.visits.models import Visit

AHEAD = timedelta(days=7)


def overdue(member: Person, on: date) -> list[date]:
    """The days on which households of this caseload should have been seen again, the earliest first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(f.happened_on), min(c.from_on)) + %(every)s AS due FROM visits_householdcontact c"
            " LEFT JOIN ledger_fact f ON f.subject_id = c.household_id AND f.kind = %(kind)s"
            " AND f.happened_on <= %(on)s AND NOT EXISTS (SELECT 1 FROM ledger_fact v WHERE v.corrects_id = f.fact_id)"
            " WHERE c.member_id = %(member)s AND c.from_on <= %(on)s AND (c.until_on IS NULL OR c.until_on > %(on)s)"
            " GROUP BY c.household_id HAVING coalesce(max(f.happened_on), min(c.from_on)) + %(every)s < %(on)s"
            " ORDER BY due",
            {"every": EVERY_DAYS, "kind": VISIT_RECORDED, "on": on, "member": member.pk},
        )
        return [due for (due,) in cursor.fetchall()]


def follow_ups(member: Person, on: date) -> list[tuple[Visit, Household]]:
    """Promises to come again that are due within a week and not kept by a later visit of anybody; one query where
    there are none."""
    rows = list(
        Visit.objects.raw(
            "SELECT v.* FROM visits_visit v WHERE v.member_id = %(member)s AND v.follow_up_on <= %(last)s"
            " AND NOT EXISTS (SELECT 1 FROM ledger_fact c WHERE c.corrects_id = v.fact_id)"
            " AND NOT EXISTS (SELECT 1 FROM ledger_fact f WHERE f.subject_id = v.household_id AND f.kind = %(kind)s"
            " AND f.happened_on > v.visited_on"
            " AND NOT EXISTS (SELECT 1 FROM ledger_fact c WHERE c.corrects_id = f.fact_id))"
            " ORDER BY v.follow_up_on, v.id",
            {"member": member.pk, "last": on + AHEAD, "kind": VISIT_RECORDED},
        )
    )
    if not rows:
        return []
    with everything():
        homes = Household.objects.select_related("dwelling", "head").in_bulk({row.household_id for row in rows})
    return [(row, homes[row.household_id]) for row in rows]
