"""Care marks: put on with an end, taken off before it."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.access.reach import use_reach
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet, in_words
from redhouse.ground.people.models import Household, Person
from redhouse.work.visits import facts, rules
from redhouse.work.visits.enums import Care
from redhouse.work.visits.models import CareMark


@transaction.atomic
def mark_care(*, household: Household, kind: Care, until_on: date, by: Person, on: date) -> CareMark:
    """From `on` until `until_on` the household is looked after more closely. Raises NotYet where it already is."""
    _ask(by, household, on)
    with use_reach([household.division_code], person_id=by.pk):
        Household.objects.select_for_update().get(pk=household.pk)
        if CareMark.objects.as_of(on).filter(household=household, kind=kind).exists():
            raise NotYet([_("这一户已有“%(kind)s”的标记") % {"kind": Care(kind).label}])
        row = CareMark(
            household=household,
            division_code=household.division_code,
            kind=kind,
            from_on=on,
            until_on=until_on,
            marked_by=by,
        )
        row.full_clean(exclude=["household", "marked_by"])
        with in_words(row):
            row.save()
    _record(facts.CARE_MARKED, household, by, on)
    return row


@transaction.atomic
def end_care(*, mark: CareMark, by: Person, on: date) -> None:
    """From today on the mark no longer stands; one that was put on today goes away whole."""
    _ask(by, mark.household, on)
    with use_reach([mark.division_code], person_id=by.pk):
        row = CareMark.objects.select_for_update().get(pk=mark.pk)
        if row.until_on <= on:
            raise NotYet([_("这个标记已于%(on)s到期") % {"on": row.until_on}])
        if row.from_on == on:
            row.delete()
        else:
            row.until_on = on
            row.save(update_fields=["until_on"])
    _record(facts.CARE_ENDED, mark.household, by, on)


def _ask(by: Person, household: Household, on: date) -> None:
    if not rules.may_see_household(by, household, on=on):
        raise PermissionDenied(_("由联系这一户的党员或当地负责走访的人标记"))


def _record(kind: str, household: Household, by: Person, on: date) -> None:
    ledger.record(kind, happened_on=on, division_code=household.division_code, by=by.pk, subject=household.pk)
