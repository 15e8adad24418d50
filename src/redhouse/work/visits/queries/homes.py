"""My households, one household, and how each stands today. Names are masked; doors are those of one's own caseload."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Max, Q, QuerySet

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.reach import everything
from redhouse.ground.access.rules import may
from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.models import Household, Person
from redhouse.ground.places.queries import within
from redhouse.kit.divisions import CODE_LENGTH
from redhouse.kit.today import today
from redhouse.work.visits.enums import EVERY_DAYS, SOON_DAYS
from redhouse.work.visits.models import CareMark, HouseholdContact, Visit, VisitPhoto
from redhouse.work.visits.queries.contacts import keeps_contact, standing_visits
from redhouse.work.visits.queries.problems import open_problems_at

HOMES_A_PAGE = 50


@dataclass(frozen=True)
class Home:
    """A household of a caseload: when it was seen last, until when it should be seen again, what is open there."""

    pk: int
    head: str
    door: str
    residents: int
    division_code: str
    last_on: date | None
    due_on: date
    today: date
    follow_up_on: date | None = None
    cares: list[str] = field(default_factory=list)
    problems: int = 0
    visit_today: int | None = None  # one's own, of today

    @property
    def days_since(self) -> int | None:
        return None if self.last_on is None else (self.today - self.last_on).days

    @property
    def days_left(self) -> int:
        return (self.due_on - self.today).days

    @property
    def late_by(self) -> int:
        return max(0, -self.days_left)

    @property
    def state(self) -> str:
        """done, late, soon or empty: for the shape, the word and the colour."""
        if self.visit_today is not None:
            return "done"
        return "late" if self.days_left < 0 else "soon" if self.days_left <= SOON_DAYS else ""

    @property
    def is_this_month(self) -> bool:
        due = self.due_on
        return not self.late_by and (due.year, due.month) == (self.today.year, self.today.month)


def homes_of(member: Person, on: date) -> list[Home]:
    """The caseload of this member on `on`, overdue first. As many queries for one household as for ninety.

    A plain member's posts reach nowhere, so the wall is opened for the households that are theirs by contact.
    """
    since = dict(HouseholdContact.objects.as_of(on).filter(member=member).values_list("household_id", "from_on"))
    with everything():
        homes = Household.objects.as_of(on).filter(pk__in=since).select_related("dwelling", "head")
        return sorted(
            states_of(homes, member, on, since), key=lambda home: (home.state == "done", home.due_on, home.door)
        )


def states_of(homes: Iterable[Household], member: Person, on: date, since: dict[int, date]) -> list[Home]:
    """How these households stand on `on`; the wall must be open for them. `since` is where the first clock begins."""
    homes = list(homes)
    ids = [home.pk for home in homes]
    visits = standing_visits().filter(subject_id__in=ids, happened_on__lte=on)
    last = dict(visits.order_by().values_list("subject_id").annotate(Max("happened_on")))
    mine = dict(visits.filter(actor_id=member.pk, happened_on=on).values_list("subject_id", "fact_id"))
    cares: dict[int, list[str]] = {}
    for mark in CareMark.objects.as_of(on).filter(household__in=ids).order_by("pk"):
        cares.setdefault(mark.household_id, []).append(str(mark.get_kind_display()))
    wanted = Visit.objects.filter(household__in=ids, follow_up_on__isnull=False, fact__corrected_by__isnull=True)
    follow = {
        row.household_id: row.follow_up_on
        for row in wanted.order_by("visited_on", "pk")
        if row.visited_on == last.get(row.household_id)
    }
    problems = open_problems_at(ids)
    found = []
    for home in homes:
        begun = last.get(home.pk) or since.get(home.pk) or home.from_on
        due, again = begun + timedelta(days=EVERY_DAYS), follow.get(home.pk)
        found.append(
            Home(
                pk=home.pk,
                head=home.head.masked_name if home.head else "",
                door=home.dwelling.door,
                residents=home.residents,
                division_code=home.division_code,
                last_on=last.get(home.pk),
                due_on=min(due, again) if again else due,
                today=on,
                follow_up_on=again,
                cares=cares.get(home.pk, []),
                problems=problems[home.pk],
                visit_today=mine.get(home.pk),
            )
        )
    return found


def household_for(person: Person, household_id: int) -> Household | None:
    """A household that this person keeps contact with, or where a post lets them record visits."""
    with everything():
        home: Household | None = Household.objects.filter(pk=household_id).select_related("dwelling", "head").first()
    if home is None or not (
        may(person, Verb.RECORD_VISITS, home.division_code, today()) or keeps_contact(person, home, today())
    ):
        return None
    return home


def visit_for(person: Person, household_id: int, fact_id: int) -> tuple[Household, Fact] | None:
    """A standing visit at a household that this person may see."""
    home = household_for(person, household_id)
    visit = standing_visits().filter(fact_id=fact_id, subject_id=household_id).first() if home else None
    return (home, visit) if home and visit else None


def mark_for(person: Person, household_id: int, mark_id: int) -> CareMark | None:
    home = household_for(person, household_id)
    if home is None:
        return None
    with everything():
        return CareMark.objects.select_related("household").filter(pk=mark_id, household=home).first()


def photo_for(person: Person, photo_id: int) -> VisitPhoto | None:
    """A photograph of a visit at a household that this person may see."""
    with everything():
        photo = VisitPhoto.objects.select_related("visit", "paper").filter(pk=photo_id).first()
    return photo if photo and household_for(person, photo.visit.household_id) else None


def homes_found(person: Person, text: str, on: date) -> QuerySet[Household]:
    """Households where this person's posts let them record visits, by door; `text` is a part of the door or the
    beginning of the head's name or initials."""
    homes = Household.objects.as_of(on).filter(within(reach_of(person, Verb.RECORD_VISITS, on)))
    if text:
        homes = homes.filter(
            Q(dwelling__door__contains=text)
            | Q(head__name__startswith=text)
            | Q(head__initials__startswith=text.lower())
        )
    return homes.select_related("dwelling", "head").order_by("division_code", "dwelling__door", "pk")[:HOMES_A_PAGE]


def village_code(home: Household) -> str:
    return home.division_code[:CODE_LENGTH]
