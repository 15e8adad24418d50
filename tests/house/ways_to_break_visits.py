"""The constraints of contact."""

from collections.abc import Callable
from datetime import date

from django.db.models import Model

from redhouse.ground.ledger.actions import record
from redhouse.ground.people.models import Household, Person
from redhouse.work.visits.models import Visit
from tests.cast import SOCIETY, person

DAY = date(2018, 12, 14)


def home() -> Household:
    return Household.objects.filter(division_code=SOCIETY).earliest("pk")


def visit(**changes: object) -> Visit:
    fact = record("visit_recorded", happened_on=DAY, division_code=SOCIETY, by=person("member").pk, subject=home().pk)
    fields = {"fact_id": fact, "household": home(), "member": person("member"), "division_code": SOCIETY}
    return Visit(**fields | {"visited_on": DAY} | changes)


def about(member: Person) -> None:
    """A row in every walled table of this room."""
    visit(member=member).save()


WAYS: dict[str, Callable[[], Model]] = {
    "visit_topics_are_known": lambda: visit(topics=["gossip"]),
    "visit_people_met_is_a_household": lambda: visit(people_met=100),
    "visit_is_followed_up_later": lambda: visit(follow_up_on=DAY),
}
SPEAKING_FIELDS: set[str] = set()
