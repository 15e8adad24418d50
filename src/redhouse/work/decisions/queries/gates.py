"""What the gates have gathered so far."""

from dataclasses import dataclass

from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Household, Membership, Person
from redhouse.ground.process.models import RunStep
from redhouse.kit.divisions import prefix
from redhouse.work.decisions.models import Explanation, Informing, Matter, Opinion


def matter_of(step: RunStep) -> Matter | None:
    """None for a run that is no matter: then it is another room's."""
    matter = Matter.objects.filter(run=step.run_id).first()
    if matter is not None:
        matter.run = step.run  # with its version, which whoever asks goes on to read
    return matter


def informing_of(step: RunStep) -> Informing | None:
    return Informing.objects.filter(run_step=step).select_related("notice").first()


@dataclass(frozen=True)
class Coverage:
    """Of the households concerned, how many had the matter explained; `least` is the set share in percent."""

    households: int
    explained: int
    least: int

    @property
    def needed(self) -> int:
        """The smallest whole number of households that is at least the set share."""
        return -(-self.households * self.least // 100)

    @property
    def lacks(self) -> int:
        return max(0, self.needed - self.explained)


def coverage(step: RunStep) -> Coverage:
    matter = Matter.objects.get(run_id=step.run_id)
    with everything():
        explained = Explanation.objects.filter(run_step=step).count()
        households = (
            Household.objects.as_of(matter.proposed_on)
            .filter(division_code__startswith=prefix(matter.division_code))
            .count()
        )
    return Coverage(households, explained, matter.lead_minimum)


def unanswered(run_id: int) -> int:
    with everything():
        return Opinion.objects.filter(matter__run_id=run_id, answered_on__isnull=True).count()


def members_to_inform(matter: Matter) -> list[Person]:
    """Every member of the Party who belongs to an organisation of the place, floating ones included."""
    with everything():
        ties = Membership.objects.as_of(matter.proposed_on).filter(
            division_code__startswith=prefix(matter.division_code)
        )
        return list(Person.objects.filter(pk__in=ties.values("person_id")).order_by("pk"))
