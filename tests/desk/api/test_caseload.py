"""“Nothing changed” is said without reading the households, and only where it is so: whoever changed a row and how."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from redhouse.desk.api.caseload import caseload_for
from redhouse.ground.ledger.actions import record, void
from redhouse.ground.people.models import Household, Person
from redhouse.ground.places.models import Division, Dwelling
from redhouse.kit.today import stand_at
from redhouse.work.visits.actions import edit_checklist, end_contact
from redhouse.work.visits.models import CareMark, Checklist, HouseholdContact, Visit
from redhouse.work.visits.queries import standing_visits
from tests.cast import ESTATE, SOCIETY, TODAY, TOWN, person
from tests.work.visits.factories import contact, household

DAY = timedelta(days=1)
TABLES = {
    "visits_householdcontact", "visits_visit", "visits_caremark", "visits_checklist", "process_casetype",
    "places_division", "places_dwelling", "people_household", "people_person", "ledger_fact",
}  # fmt: skip


class Phone:
    """What a phone has by its token, whatever came in between."""

    def __init__(self, owner: Person) -> None:
        self.owner, self.token = owner, ""
        self.homes: dict[str, Any] = {}
        self.lists: Any = None

    def pull(self) -> int:
        """How many queries it took."""
        with CaptureQueriesContext(connection) as asked:
            found = caseload_for(self.owner, self.token)
        self.token, self.lists = found["token"], found["lists"] or self.lists
        self.homes |= found["homes"]
        return len(asked)

    def has_all(self) -> bool:
        whole = caseload_for(self.owner, "")
        return (_full(whole["homes"]), whole["lists"]) == (_full(self.homes), self.lists)


def _full(buckets: dict[str, Any]) -> dict[str, Any]:
    return {number: homes for number, homes in buckets.items() if homes}


@pytest.fixture
def phone(town: str) -> Phone:
    stand_at(TODAY)
    contact()
    return Phone(person("member"))


@pytest.fixture
def days() -> Iterator[date]:
    return (TODAY - DAY * number for number in range(1, 2000))


def _visit(day: date) -> None:
    home, by = household(), person("member")
    fact = record("visit_recorded", happened_on=day, division_code=SOCIETY, by=by.pk, subject=home.pk)
    if day.day % 2:
        Visit.objects.create(
            fact_id=fact, household=home, member=by, division_code=SOCIETY, visited_on=day, needs=f"灯{day}"
        )


def _void(_day: date) -> None:
    if fact := standing_visits().order_by("-happened_on").first():
        void(fact_id=fact.pk, by=person("org").pk, on=TODAY)


def _move_contact(day: date) -> None:
    """Another household comes in, from the estate, or goes again."""
    other = Household.objects.get(division_code=ESTATE)
    if not HouseholdContact.objects.filter(household=other, member=person("member")).delete()[0]:
        HouseholdContact.objects.filter(household=other).delete()
        HouseholdContact.objects.create(household=other, member=person("member"), division_code=ESTATE, from_on=day)


def _rename(day: date) -> None:
    Person.objects.filter(pk=household().head_id).update(name=f"{chr(0x4E00 + day.toordinal() % 999)}甲")


WRITES: list[Callable[[date], object]] = [
    _visit,
    _void,
    _move_contact,
    _rename,
    lambda day: Visit.objects.filter(household=household()).update(needs=f"再说{day}"),
    lambda day: Household.objects.filter(pk=household().pk).update(residents=day.day),
    lambda day: Dwelling.objects.filter(pk=household().dwelling_id).update(door=f"{day.day}号之{day.month}"),
    lambda day: Division.objects.filter(code=household().division_code).update(name=f"第{day}社"),
    lambda _day: CareMark.objects.filter(household=household()).delete(),
    lambda day: CareMark.objects.update_or_create(
        household=household(), kind="sick", defaults={
            "division_code": SOCIETY, "from_on": TODAY - DAY, "until_on": TODAY + DAY * (1 + day.day),
            "marked_by": person("org"),
        },
    ),
    lambda day: edit_checklist(division_code=TOWN, topic="fire", items=[f"{day}"], by=person("org"), on=TODAY),
    lambda day: Checklist.objects.update(items=[f"改{day}"]),
    lambda day: stand_at(TODAY + DAY * (day.day % 3)),
    lambda day: record("visit_recorded", happened_on=day, division_code=ESTATE, by=person("org").pk,
                       subject=Household.objects.get(division_code=ESTATE).pk),
]  # fmt: skip


@given(data=st.data())
@settings(max_examples=12)
def test_the_cheap_answer_is_the_whole_one_after_any_writes(
    phone: Phone, days: Iterator[date], data: st.DataObject
) -> None:
    for write in data.draw(st.lists(st.sampled_from(WRITES), min_size=1, max_size=6)):
        write(next(days))
        phone.pull()
        assert phone.has_all()
        assert phone.pull() == 1, "nothing changed since, and nothing is read"


def test_what_others_do_is_nothing_and_a_contact_that_ends_is_seen(phone: Phone) -> None:
    assert (phone.pull() > 1, phone.pull()) == (True, 1)
    other = Household.objects.get(division_code=ESTATE)
    HouseholdContact.objects.create(household=other, member=person("grid"), division_code=ESTATE, from_on=TODAY)
    assert phone.pull() == 1
    end_contact(contact=HouseholdContact.objects.get(member=phone.owner), by=person("org"), on=TODAY)
    assert phone.pull() > 1
    assert not any(phone.homes.values())
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%%_for_phones_%%'")
        assert {name for (name,) in cursor.fetchall()} == TABLES


def test_what_is_committed_late_is_not_missed(phone: Phone) -> None:
    """Written before the phone asked, under an earlier number, and seen by nobody until it is committed."""
    home, late = household(), connections["owner"]
    with transaction.atomic(using="owner"), late.cursor() as cursor:
        cursor.execute(
            "INSERT INTO visits_caremark (household_id, division_code, kind, from_on, until_on, marked_by_id)"
            " VALUES (%s, %s, 'sick', %s, %s, %s)",
            [home.pk, home.division_code, TODAY, TODAY + DAY * 9, person("org").pk],
        )
        phone.pull()
        HouseholdContact.objects.filter(member=person("member")).update(division_code=home.division_code)
        phone.pull()
        assert phone.pull() == 1
        assert phone.has_all()
    assert phone.pull() > 1
    assert phone.has_all()
    assert [mark["kind"] for homes in phone.homes.values() for home in homes for mark in home["care"]] == ["sick"]


def test_a_token_of_another_person_or_house_is_compared_in_whole(phone: Phone) -> None:
    phone.pull()
    other = Phone(person("grid"))
    other.token = phone.token
    assert other.pull() > 1
    assert Phone(person("grid")).pull() > 1
    digests, _dot, mark = phone.token.partition(".")
    assert caseload_for(phone.owner, f"{digests}.{mark[:-1]}")["homes"] == {}
    assert caseload_for(phone.owner, f"{digests[:-4]}.{mark}")["homes"] == phone.homes
