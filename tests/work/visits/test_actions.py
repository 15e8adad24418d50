"""Contacts and visits one by one, and lists of them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Household
from redhouse.work.visits.actions import (
    NewContact,
    NewVisit,
    assign_contact,
    assign_contacts,
    correct_visit,
    end_contact,
    record_visit,
    record_visits,
    void_visit,
)
from redhouse.work.visits.enums import VisitMode
from redhouse.work.visits.models import HouseholdContact
from redhouse.work.visits.queries import caseload_of, standing_visits
from tests.cast import BEGIN, ESTATE, SOCIETY, person
from tests.work.visits.factories import MAY_DAY, TODAY, contact, household

YEAR = {"from_on": date(2018, 1, 1), "until_on": date(2018, 12, 15)}


def fact(number: int) -> tuple[object, ...]:
    row = Fact.objects.get(fact_id=number)
    return (
        row.kind, row.division_code, row.happened_on, row.actor_id, row.recorder_id, row.subject_id, row.quantity,
        row.label,
    )  # fmt: skip


def test_contact_is_a_row_and_a_fact(town: str) -> None:
    made = contact()
    assert list(caseload_of(person("member"), TODAY)) == [household()]
    assert fact(Fact.objects.latest("fact_id").fact_id) == (
        "contact_assigned", SOCIETY, BEGIN, person("member").pk, person("org").pk, made.household_id, 1, "",
    )  # fmt: skip


def test_contact_ends_and_the_caseload_shrinks(town: str) -> None:
    made = contact()
    end_contact(contact=made, by=person("secretary"), on=MAY_DAY)
    assert not caseload_of(person("member"), MAY_DAY).exists()
    assert caseload_of(person("member"), date(2018, 4, 30)).exists()
    assert Fact.objects.latest("fact_id").kind == "contact_ended"
    with pytest.raises(NotYet, match="这层联系已于2018-05-01结束"):
        end_contact(contact=made, by=person("secretary"), on=TODAY)


def test_contact_ends_after_it_begins(town: str) -> None:
    with pytest.raises(NotYet, match="结束日期应晚于开始日期2017-12-31"):
        end_contact(contact=contact(), by=person("org"), on=BEGIN)


def test_contact_is_assigned_once(town: str) -> None:
    contact()
    with pytest.raises(ValidationError, match="这名党员已联系这一户"):
        contact(on=MAY_DAY)


@pytest.mark.parametrize("username", ["neighbour", "supervisor", "grid", "admin", "auditor", "member", "outsider"])
def test_contact_is_assigned_by_those_who_keep_the_registry(town: str, username: str) -> None:
    with pytest.raises(PermissionDenied):
        assign_contact(household=household(), member=person("member"), by=person(username), on=BEGIN)


def test_visit_is_a_fact_of_quantity_one(town: str) -> None:
    contact()
    member = person("member")
    number = record_visit(household=household(), member=member, happened_on=MAY_DAY, by=member, on=TODAY)
    assert fact(number) == (
        "visit_recorded", SOCIETY, MAY_DAY, member.pk, member.pk, household().pk, 1, "household",
    )  # fmt: skip


def test_secretary_records_for_a_member_and_both_are_named(town: str) -> None:
    contact()
    number = record_visit(
        household=household(),
        member=person("member"),
        happened_on=MAY_DAY,
        mode=VisitMode.THEMED,
        by=person("secretary"),
        on=TODAY,
    )
    row = Fact.objects.get(fact_id=number)
    assert (row.actor_id, row.recorder_id, row.label) == (person("member").pk, person("secretary").pk, "themed")


def test_grid_worker_visits_by_right_of_the_post(town: str) -> None:
    worker = person("grid")
    assert record_visit(household=household(), member=worker, happened_on=MAY_DAY, by=worker, on=TODAY) > 0


@pytest.mark.parametrize("username", ["neighbour", "supervisor", "admin", "auditor", "outsider"])
def test_visit_is_not_recorded_for_others_without_the_right(town: str, username: str) -> None:
    contact()
    with pytest.raises(PermissionDenied):
        record_visit(household=household(), member=person("member"), happened_on=MAY_DAY, by=person(username), on=TODAY)


def test_visit_needs_contact_or_post(town: str) -> None:
    member = person("member")
    with pytest.raises(NotYet) as refused:
        record_visit(household=household(), member=member, happened_on=MAY_DAY, by=member, on=TODAY)
    assert refused.value.missing == ["户＊访在2018-05-01既不联系这一户，也没有在当地走访的职务，请先安排联系"]


def test_visit_is_not_in_the_future_and_not_before_the_contact(town: str) -> None:
    contact(on=MAY_DAY)
    member = person("member")
    visit = {"household": household(), "member": member, "by": member, "on": TODAY}
    with pytest.raises(NotYet, match="走访日期2018-12-15晚于今天"):
        record_visit(**visit, happened_on=date(2018, 12, 15))  # type: ignore[arg-type]
    with pytest.raises(NotYet, match="既不联系这一户"):
        record_visit(**visit, happened_on=date(2018, 4, 30))  # type: ignore[arg-type]


def test_household_stands_on_the_day_of_the_visit(town: str) -> None:
    contact()
    Household.objects.filter(pk=household().pk).update(until_on=MAY_DAY)
    member = person("member")
    with pytest.raises(NotYet, match="这一户在2018-05-01不在册"):
        record_visit(household=household(), member=member, happened_on=MAY_DAY, by=member, on=TODAY)


def test_one_visit_a_day(town: str) -> None:
    contact()
    member = person("member")
    visit = {"household": household(), "member": member, "happened_on": MAY_DAY, "by": member, "on": TODAY}
    first = record_visit(**visit)  # type: ignore[arg-type]
    with pytest.raises(NotYet, match="同一天只记一次"):
        record_visit(**visit)  # type: ignore[arg-type]
    void_visit(fact_id=first, by=member, on=TODAY)
    assert record_visit(**visit) > first  # type: ignore[arg-type]


def test_correction_takes_the_place_of_a_visit(town: str) -> None:
    contact()
    member = person("member")
    first = record_visit(household=household(), member=member, happened_on=MAY_DAY, by=member, on=TODAY)
    second = correct_visit(
        fact_id=first, happened_on=date(2018, 5, 2), mode=VisitMode.CHECKLIST, by=person("secretary"), on=TODAY
    )
    [standing] = standing_visits()
    assert (standing.fact_id, standing.happened_on, standing.label, standing.corrects_id, standing.actor_id) == (
        second, date(2018, 5, 2), "checklist", first, member.pk,
    )  # fmt: skip
    with pytest.raises(Fact.DoesNotExist):
        correct_visit(fact_id=first, happened_on=MAY_DAY, by=member, on=TODAY)


def test_correction_obeys_the_rules_of_a_visit(town: str) -> None:
    contact()
    member = person("member")
    first = record_visit(household=household(), member=member, happened_on=MAY_DAY, by=member, on=TODAY)
    record_visit(household=household(), member=member, happened_on=date(2018, 5, 2), by=member, on=TODAY)
    with pytest.raises(NotYet, match="同一天只记一次"):
        correct_visit(fact_id=first, happened_on=date(2018, 5, 2), by=member, on=TODAY)
    with pytest.raises(NotYet, match="晚于今天"):
        correct_visit(fact_id=first, happened_on=date(2019, 1, 1), by=member, on=TODAY)


@pytest.mark.parametrize("username", ["neighbour", "supervisor", "grid", "admin", "auditor", "outsider"])
def test_visit_is_changed_only_by_those_who_may_correct(town: str, username: str) -> None:
    contact()
    member = person("member")
    number = record_visit(household=household(), member=member, happened_on=MAY_DAY, by=member, on=TODAY)
    with pytest.raises(PermissionDenied):
        correct_visit(fact_id=number, mode=VisitMode.THEMED, by=person(username), on=TODAY)
    with pytest.raises(PermissionDenied):
        void_visit(fact_id=number, by=person(username), on=TODAY)


def test_only_visits_are_corrected_here(town: str) -> None:
    contact()
    with pytest.raises(Fact.DoesNotExist):
        void_visit(fact_id=Fact.objects.latest("fact_id").fact_id, by=person("org"), on=TODAY)


def test_list_of_contacts_writes_what_singles_write(town: str) -> None:
    single = contact()
    other = Household.objects.filter(division_code=SOCIETY).latest("pk")
    assert assign_contacts(contacts=[NewContact(other.pk, person("member").pk)], by=person("org"), on=BEGIN) == 1
    batch = HouseholdContact.objects.get(household=other)
    for field in ("member_id", "division_code", "from_on", "until_on"):
        assert getattr(single, field) == getattr(batch, field)
    first, second = Fact.objects.filter(kind="contact_assigned").order_by("fact_id")
    assert fact(first.fact_id)[:5] == fact(second.fact_id)[:5]
    assert second.subject_id == other.pk


def test_list_of_contacts_names_the_line_that_may_not_stand(town: str) -> None:
    good = NewContact(household().pk, person("member").pk)
    for bad, sentence in [
        (NewContact(household().pk, person("outsider").pk), "第2行：联系人在2017-12-31不是党员"),
        (NewContact(10**9, person("member").pk), "第2行：这一户在2017-12-31不在册"),
    ]:
        with pytest.raises(NotYet) as refused:
            assign_contacts(contacts=[good, bad], by=person("org"), on=BEGIN)
        assert refused.value.missing == [sentence]
    with pytest.raises(PermissionDenied, match=SOCIETY):
        assign_contacts(contacts=[good], by=person("neighbour"), on=BEGIN)
    assert not HouseholdContact.objects.exists()
    assert not Fact.objects.exists()


def test_list_of_visits_writes_what_singles_write(town: str) -> None:
    contact()
    member, by = person("member"), person("org")
    single = record_visit(household=household(), member=member, happened_on=MAY_DAY, by=by, on=TODAY)
    visit = NewVisit(household().pk, member.pk, date(2018, 5, 2))
    assert record_visits(visits=iter([visit]), **YEAR, by=by, on=TODAY) == 1
    batch = Fact.objects.latest("fact_id")
    assert batch.happened_on == date(2018, 5, 2)
    assert fact(batch.fact_id)[:2] == fact(single)[:2]
    assert fact(batch.fact_id)[3:] == fact(single)[3:]


def test_list_of_visits_names_the_line_that_may_not_stand(town: str) -> None:
    contact(on=date(2018, 2, 1))
    member, by = person("member"), person("org")
    record_visit(household=household(), member=member, happened_on=MAY_DAY, by=by, on=TODAY)
    before = Fact.objects.count()
    stranger = Household.objects.get(division_code=ESTATE)
    good = NewVisit(household().pk, member.pk, date(2018, 3, 1))
    for bad, sentence in [
        (NewVisit(household().pk, member.pk, MAY_DAY), "第2行：同一人同一天走访这一户已有记录"),
        (good, "第2行：同一人同一天走访这一户已有记录"),
        (NewVisit(household().pk, member.pk, date(2018, 1, 31)), "第2行：此人在2018-01-31不联系这一户"),
        (NewVisit(stranger.pk, member.pk, MAY_DAY), "第2行：此人在2018-05-01不联系这一户"),
        (NewVisit(household().pk, member.pk, date(2017, 12, 31)), "第2行：2017-12-31不在这批走访的时段内"),
    ]:
        with pytest.raises(NotYet) as refused:
            record_visits(visits=[good, bad], **YEAR, by=by, on=TODAY)
        assert refused.value.missing == [sentence]
    assert Fact.objects.count() == before


def test_list_of_visits_ends_today_at_the_latest(town: str) -> None:
    contact()
    with pytest.raises(NotYet, match="走访不能记在将来"):
        record_visits(visits=[], from_on=BEGIN, until_on=date(2018, 12, 16), by=person("org"), on=TODAY)
    assert record_visits(visits=[], from_on=BEGIN, until_on=date(2018, 12, 15), by=person("org"), on=TODAY) == 0


@pytest.mark.parametrize("username", ["neighbour", "supervisor", "admin", "auditor", "outsider", "member"])
def test_list_of_visits_is_recorded_by_those_with_the_right(town: str, username: str) -> None:
    contact()
    visit = NewVisit(household().pk, person("member").pk, MAY_DAY)
    with pytest.raises(PermissionDenied, match=SOCIETY):
        record_visits(visits=[visit], **YEAR, by=person(username), on=TODAY)


def test_contact_that_changed_hands_counts_for_each_in_their_time(town: str) -> None:
    made, by = contact(), person("org")
    end_contact(contact=made, by=by, on=MAY_DAY)
    contact(on=date(2018, 9, 1))
    member = person("member").pk
    days = [date(2018, 4, 30), date(2018, 9, 1)]
    assert record_visits(visits=[NewVisit(household().pk, member, day) for day in days], **YEAR, by=by, on=TODAY) == 2
    with pytest.raises(NotYet, match="第1行：此人在2018-05-01不联系这一户"):
        record_visits(visits=[NewVisit(household().pk, member, MAY_DAY)], **YEAR, by=by, on=TODAY)
