"""What the gates have gathered so far."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.db.models.functions import Left

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Household, Membership, Person
from redhouse.ground.places.queries import within
from redhouse.ground.process.enums import StepKind
from redhouse.ground.process.models import RunStep
from redhouse.kit.divisions import CODE_LENGTH, prefix
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


def households_of(matter: Matter) -> QuerySet[Household]:
    """Those of the place on the day of the proposal: the ones that count."""
    return Household.objects.as_of(matter.proposed_on).filter(division_code__startswith=prefix(matter.division_code))


def coverage(step: RunStep) -> Coverage:
    matter = Matter.objects.get(run_id=step.run_id)
    with everything():
        explained = Explanation.objects.filter(run_step=step).count()
        households = households_of(matter).count()
    return Coverage(households, explained, matter.lead_minimum)


def led_in_villages_of(person: Person, on: date) -> QuerySet[Any, Any]:
    """Matters that stand at 先做 where this person's organisation is, with `led_from` and `lead_due_on`."""
    village = Left(OuterRef("division_code"), CODE_LENGTH)
    tied = Membership.objects.as_of(on).filter(person=person, division_code__startswith=village)
    step = RunStep.objects.filter(run=OuterRef("run"), kind=StepKind.PARTY_LEAD, outcome="")
    rows = Matter.objects.filter(Exists(step), Exists(tied), run__suspended_on__isnull=True)
    return rows.annotate(led_from=step.values("opened_on")[:1], lead_due_on=step.values("due_on")[:1]).order_by("pk")


def with_unanswered(person: Person, on: date) -> QuerySet[Any, Any]:
    """Running matters within this person's reach to open some, of which opinions have no answer: how many are
    `waiting`, since when (`raised_on`)."""
    reach = reach_of(person, Verb.OPEN_MATTERS, on)
    if not reach:
        return Matter.objects.none()
    asked = Opinion.objects.filter(matter__in=Matter.objects.filter(within(reach)), answered_on__isnull=True)
    rows = Matter.objects.filter(opinions__in=asked, run__ending="", run__suspended_on__isnull=True)
    return rows.annotate(waiting=Count("opinions"), raised_on=Min("opinions__raised_on")).order_by("pk")


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
