"""Whose care a home is in: the member's who keeps contact with it."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from redhouse.ground.people.care import source
from redhouse.ground.people.models import Person
from redhouse.work.visits.models import HouseholdContact


@source
def contacts(person: Person, on: date) -> QuerySet[Any, Any]:
    return HouseholdContact.objects.as_of(on).filter(member=person).values("household")
