"""Doors at which a matter is to be explained."""

from dataclasses import dataclass

from redhouse.ground.people.models import Household, Person
from redhouse.ground.process.models import RunStep
from redhouse.kit.divisions import prefix
from redhouse.work.decisions.models import Explanation, Matter


@dataclass(frozen=True)
class Door:
    household_id: int
    door: str
    head: str
    explanation: Explanation | None


def doors(matter: Matter, step: RunStep, person: Person) -> list[Door]:
    """The households of the place within this person's wall, not yet explained first; names masked. Two queries."""
    households = (
        Household.objects.as_of(matter.proposed_on)
        .filter(division_code__startswith=prefix(matter.division_code))
        .select_related("dwelling", "head")
        .order_by("dwelling__door", "pk")
    )
    done = {row.household_id: row for row in Explanation.objects.filter(run_step=step)}
    rows = [
        Door(home.pk, home.dwelling.door, home.head.masked_name if home.head else "", done.get(home.pk))
        for home in households
    ]
    return sorted(rows, key=lambda row: row.explanation is not None)
