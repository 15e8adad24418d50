"""Doors at which a matter is to be explained."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.periods import stands
from redhouse.ground.people.care import in_care_of
from redhouse.ground.people.models import Household, Person
from redhouse.ground.places.queries import within
from redhouse.ground.process.models import RunStep
from redhouse.kit.divisions import is_within
from redhouse.work.decisions.models import Explanation, Matter
from redhouse.work.decisions.queries.gates import households_of


@dataclass(frozen=True)
class Door:
    household_id: int
    door: str
    head: str
    explanation: Explanation | None


def doors(matter: Matter, step: RunStep, person: Person, on: date) -> list[Door]:
    """The households of the place that this person sees by a post or keeps contact with, not yet explained first; names
    masked. Two queries."""
    with everything():
        households = list(
            _homes_for(person, matter, on).select_related("dwelling", "head").order_by("dwelling__door", "pk")
        )
        done = {row.household_id: row for row in Explanation.objects.filter(run_step=step)}
    rows = [
        Door(home.pk, home.dwelling.door, home.head.masked_name if home.head else "", done.get(home.pk))
        for home in households
    ]
    return sorted(rows, key=lambda row: row.explanation is not None)


def home_for(person: Person, matter: Matter, household_id: int, on: date) -> Household | None:
    """One of them, with its head."""
    with everything():
        return _homes_for(person, matter, on).select_related("head").filter(pk=household_id).first()


def unexplained(matters: Collection[Matter], person: Person, on: date) -> dict[int, int]:
    """By matter, how many homes of the place that are in this person's care nobody explained the open 先做 to. Two
    queries, none for no matter."""
    if not matters:
        return {}
    with everything():
        homes = list(Household.objects.filter(in_care_of(person, on)))
        done = Explanation.objects.filter(run_step__run__in=[matter.run_id for matter in matters], household__in=homes)
        told = set(done.filter(run_step__outcome="").values_list("run_step__run", "household"))
    return {
        matter.pk: sum(
            stands(home, matter.proposed_on)
            and is_within(home.division_code, matter.division_code)
            and (matter.run_id, home.pk) not in told
            for home in homes
        )
        for matter in matters
    }


def _homes_for(person: Person, matter: Matter, on: date) -> QuerySet[Household]:
    seen = in_care_of(person, on) | within(reach_of(person, Verb.SEE_PEOPLE, on))
    return households_of(matter).filter(seen)
