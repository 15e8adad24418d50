"""Reads of contacts and visits."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.models import Household, Person
from redhouse.work.visits.facts import VISIT_RECORDED
from redhouse.work.visits.models import HouseholdContact, Visit


def caseload_of(member: Person, on: date) -> QuerySet[Household]:
    """The households that a member keeps contact with on `on`, by division."""
    contacts = HouseholdContact.objects.as_of(on).filter(member=member)
    return Household.objects.filter(pk__in=contacts.values("household_id")).order_by("division_code", "pk")


def keeps_contact(member: Person, household: Household, on: date) -> bool:
    return HouseholdContact.objects.as_of(on).filter(member=member, household=household).exists()


def standing_visits() -> QuerySet[Fact]:
    """Visits that no later fact corrected or voided."""
    return Fact.objects.filter(kind=VISIT_RECORDED, corrected_by__isnull=True)


def visit_numbered(fact_id: int) -> Fact:
    """The visit with this fact number. Raises Fact.DoesNotExist where it is another kind, or was corrected."""
    return standing_visits().get(fact_id=fact_id)


def visit_with_key(key: UUID) -> Visit | None:
    """The visit that was recorded under this key, also where it lies beyond the reach of whoever guessed it."""
    with everything():
        return Visit.objects.select_related("fact").filter(key=key).first()
