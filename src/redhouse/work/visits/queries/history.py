"""What happened at one household: its visits with what was said, and who kept contact when."""

from dataclasses import dataclass
from datetime import date

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.models import Household, Person
from redhouse.kit.divisions import is_within
from redhouse.work.visits.enums import Topic, VisitMode
from redhouse.work.visits.models import CareMark, Checklist, HouseholdContact, Visit, VisitPhoto
from redhouse.work.visits.queries.contacts import standing_visits

LATEST = 20


@dataclass(frozen=True)
class Call:
    """One visit as the page of a household shows it."""

    fact: Fact
    who: str
    visit: Visit | None
    photos: list[int]
    unmet: list[str]

    @property
    def mode(self) -> str:
        return str(VisitMode(self.fact.label).label)

    @property
    def topics(self) -> list[str]:
        return [str(Topic(topic).label) for topic in self.visit.topics] if self.visit else []


def calls_at(home: Household, count: int = LATEST) -> list[Call]:
    """The latest visits, newest first; four queries. For whoever may see the household: names stand as they are in
    office, since a member calls as one."""
    facts = list(standing_visits().filter(subject_id=home.pk).order_by("-happened_on", "-fact_id")[:count])
    with everything():
        names = dict(Person.objects.filter(pk__in={fact.actor_id for fact in facts}).values_list("pk", "name"))
        rows = {row.fact_id: row for row in Visit.objects.filter(fact__in=facts).select_related("checklist")}
        photos: dict[int, list[int]] = {}
        for pk, fact_id in VisitPhoto.objects.filter(visit__fact__in=facts).values_list("pk", "visit__fact_id"):
            photos.setdefault(fact_id, []).append(pk)
    return [
        Call(
            fact=fact,
            who=names.get(fact.actor_id or 0, ""),
            visit=rows.get(fact.fact_id),
            photos=sorted(photos.get(fact.fact_id, [])),
            unmet=unmet_of(rows.get(fact.fact_id)),
        )
        for fact in facts
    ]


def unmet_of(row: Visit | None) -> list[str]:
    """The items that were not as they should be, in the words of the version that the visit went by."""
    if row is None or row.checklist is None:
        return []
    return [row.checklist.items[number - 1] for number in row.unmet]


@dataclass(frozen=True)
class Keeping:
    name: str
    from_on: date
    until_on: date | None
    member_id: int


def keepers_of(home: Household) -> list[Keeping]:
    """Everybody who ever kept contact with this household, the present one first."""
    with everything():
        rows = HouseholdContact.objects.filter(household=home).select_related("member").order_by("-from_on", "-pk")
        return [Keeping(row.member.name, row.from_on, row.until_on, row.member_id) for row in rows]


def cares_of(home: Household, on: date) -> list[CareMark]:
    with everything():
        return list(CareMark.objects.as_of(on).filter(household=home).order_by("until_on", "pk"))


def checklists_at(division_code: str, on: date) -> list[Checklist]:
    """The lists in force for a place: those of its town and of the place itself, by topic."""
    rows = Checklist.objects.as_of(on).order_by("topic", "-division_code")
    return [row for row in rows if is_within(division_code, row.division_code)]


def checklist_versions(town_code: str) -> list[Checklist]:
    """Every version of every list of a town, the newest first."""
    return list(Checklist.objects.filter(division_code=town_code).order_by("topic", "-version_no"))
