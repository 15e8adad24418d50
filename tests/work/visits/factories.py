"""A household of the cast and its contact."""

from datetime import date

from redhouse.ground.people.models import Household
from redhouse.work.visits.actions import assign_contact
from redhouse.work.visits.models import HouseholdContact
from tests.cast import BEGIN, SOCIETY, person

TODAY = date(2018, 12, 14)
MAY_DAY = date(2018, 5, 1)


def household() -> Household:
    return Household.objects.filter(division_code=SOCIETY).earliest("pk")


def contact(on: date = BEGIN) -> HouseholdContact:
    """`member` keeps contact with `household()` from `on`."""
    return assign_contact(household=household(), member=person("member"), by=person("org"), on=on)
