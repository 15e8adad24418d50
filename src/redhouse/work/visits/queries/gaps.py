"""Which households nobody keeps contact with, area by area, and how many each member has."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.rules import may
from redhouse.ground.people.fields import tail_index
from redhouse.ground.people.models import Household, Membership, Person
from redhouse.ground.places.models import Division
from redhouse.ground.places.queries import within
from redhouse.kit.divisions import prefix
from redhouse.kit.today import today
from redhouse.work.visits.models import HouseholdContact


@dataclass(frozen=True)
class Area:
    """A place with its households, those without contact, and what share that is."""

    code: str
    name: str
    homes: int
    without: int


@dataclass(frozen=True)
class Keeper:
    """A member of the place, and how many households they have."""

    person: Person
    homes: int


def _without(on: date) -> Any:
    return ~Exists(HouseholdContact.objects.as_of(on).filter(household=OuterRef("pk")))


def homes_without(division_code: str, on: date) -> QuerySet[Household]:
    """Households of a place that nobody keeps contact with, by door."""
    homes = Household.objects.as_of(on).filter(_without(on), division_code__startswith=prefix(division_code))
    return homes.select_related("dwelling", "head").order_by("division_code", "dwelling__door", "pk")


def areas_for(person: Person, on: date) -> list[Area]:
    """Every place with households within this person's registry, those with gaps first; two queries."""
    homes = Household.objects.as_of(on).filter(within(reach_of(person, Verb.KEEP_REGISTRY, on)))
    counted = homes.order_by().values_list("division_code")
    counted = counted.annotate(every=Count("pk"), gap=Count("pk", filter=Q(_without(on))))
    rows = {code: (all_of, gap) for code, all_of, gap in counted}
    names = dict(Division.objects.as_of(on).filter(code__in=rows).values_list("code", "name"))
    areas = [Area(code, names.get(code, code), *both) for code, both in rows.items()]
    return sorted(areas, key=lambda area: (area.without == 0, area.code))


def area_for(person: Person, code: str) -> Division | None:
    """A place within this person's registry."""
    day = today()
    found = Division.objects.as_of(day).filter(code=code).first()
    return found if found and may(person, Verb.KEEP_REGISTRY, code, day) else None


def keepers_in(code: str, on: date) -> list[Keeper]:
    """Party members of the village, with how many households each keeps contact with; by name. Three queries."""
    members = Membership.objects.as_of(on).filter(division_code__startswith=prefix(code[:12])).values("person_id")
    people = {
        row.pk: row
        for row in Person.objects.filter(pk__in=members)
        .defer("citizen_id", "phone")
        .order_by("division_code", "name", "pk")
    }
    kept = HouseholdContact.objects.as_of(on).filter(member__in=people)
    has = dict(kept.order_by().values_list("member_id").annotate(Count("pk")))
    return [Keeper(person, has.get(pk, 0)) for pk, person in people.items()]


def contacts_in(code: str, on: date) -> QuerySet[HouseholdContact]:
    """Who keeps contact with whom in a place, by door."""
    rows = HouseholdContact.objects.as_of(on).filter(division_code__startswith=prefix(code))
    return rows.select_related("household__dwelling", "household__head", "member").order_by(
        "household__dwelling__door", "pk"
    )


def homes_behind(code: str, door: str, on: date) -> list[Household]:
    """The households behind one door of a place."""
    homes = Household.objects.as_of(on).filter(division_code=code, dwelling__door=door)
    return list(homes.select_related("dwelling", "head")[:2])


def doors_of(code: str, on: date) -> dict[str, list[int]]:
    """The households of a place by door."""
    doors: dict[str, list[int]] = {}
    for door, pk in Household.objects.as_of(on).filter(division_code=code).values_list("dwelling__door", "pk"):
        doors.setdefault(door, []).append(pk)
    return doors


def members_named(code: str, name: str, tail: str, on: date) -> list[Person]:
    """Party members of the village with this name; `tail`, the last four of the number, tells two of a name apart."""
    members = Membership.objects.as_of(on).filter(division_code__startswith=prefix(code[:12])).values("person_id")
    people = Person.objects.filter(pk__in=members, name=name)
    if tail:
        people = people.filter(citizen_id_tail=tail_index(Person._meta.get_field("citizen_id"), tail))
    return list(people[:2])
