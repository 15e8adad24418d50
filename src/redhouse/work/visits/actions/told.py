"""Visits that a member wrote down out of reach and sends together: the rules of `record_visit`, asked once for all."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.periods import stands
from redhouse.ground.people.models import Person
from redhouse.kit.divisions import is_within
from redhouse.work.visits import facts
from redhouse.work.visits.actions.details import Calling, Details, fill, new_row
from redhouse.work.visits.enums import VisitMode
from redhouse.work.visits.models import Checklist, HouseholdContact, Visit
from redhouse.work.visits.queries import standing_visits


class Told(NamedTuple):
    """One visit as the phone tells it; `checklist` is the number of the version that it went by."""

    key: UUID
    household_id: int
    happened_on: date
    details: Details
    checklist: int | None = None


class OneByOne(Exception):
    """Not all of them go without a question; `record_visit` answers for each."""


def record_told(*, told: Sequence[Told], by: Person, on: date) -> list[int]:
    """One's own visits at the households that one keeps contact with, all or none; returns their facts, in order.

    Raises OneByOne for anything that is not as plain as that, ValidationError for details that may not stand. There is
    no savepoint: the caller's transaction is lost with them.
    """
    try:
        with transaction.atomic(savepoint=False), everything():  # the households are one's own by contact
            calls = _calls(told, by, on)
            numbers = ledger.record_all([_fact(call.visit, by) for call in calls])
            rows = [new_row(fact, key=key, visit=visit) for fact, (key, _d, visit) in zip(numbers, calls, strict=True)]
            for row, call in zip(rows, calls, strict=True):
                fill(row, call.details)
            Visit.objects.bulk_create(rows)
    except IntegrityError:
        raise OneByOne from None
    return numbers


class _Call(NamedTuple):
    key: UUID
    details: Details
    visit: Calling


def _calls(told: Sequence[Told], by: Person, on: date) -> list[_Call]:
    """What was told, with the rows that it speaks of, locked and looked up in a handful of queries."""
    ids = {each.household_id for each in told}
    tied = HouseholdContact.objects.filter(member=by, household__in=ids).select_related("household")
    # households in one order: nobody waits for somebody who waits for them
    ties = list(tied.select_for_update(of=("household",)).order_by("household_id"))
    homes = {tie.household_id: tie.household for tie in ties}
    same = standing_visits().filter(
        actor_id=by.pk, subject_id__in=ids, happened_on__in={each.happened_on for each in told}
    )
    known = set(same.values_list("subject_id", "happened_on"))
    numbers = {each.checklist for each in told if each.checklist is not None}
    lists = Checklist.objects.in_bulk(numbers) if numbers else {}
    calls = []
    for key, number, day, details, checklist in told:
        home = homes.get(number)
        keeps = any(tie.household_id == number and stands(tie, day) for tie in ties)
        if home is None or not keeps or not stands(home, day) or day > on or (number, day) in known:
            raise OneByOne
        if checklist is not None:
            details = details._replace(checklist=lists.get(checklist))
            if details.checklist is None or not is_within(home.division_code, details.checklist.division_code):
                raise OneByOne
        known.add((number, day))
        calls.append(_Call(key, details, Calling(home, by, day)))
    return calls


def _fact(visit: Calling, by: Person) -> ledger.FactRow:
    home, _member, day = visit
    label = VisitMode.HOUSEHOLD.value
    return facts.VISIT_RECORDED, home.division_code, day, by.pk, by.pk, home.pk, None, 1, label
