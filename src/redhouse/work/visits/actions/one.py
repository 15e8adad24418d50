"""One contact or visit. A visit is a fact; what was said there is a row beside it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything, use_reach
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet, require
from redhouse.ground.people.models import Household, Person
from redhouse.work.visits import facts, rules
from redhouse.work.visits.actions.details import Calling, Details, keep_details, same_visit
from redhouse.work.visits.enums import VisitMode
from redhouse.work.visits.models import Checklist, HouseholdContact, Visit
from redhouse.work.visits.queries import visit_numbered


@transaction.atomic
def assign_contact(*, household: Household, member: Person, by: Person, on: date) -> HouseholdContact:
    """From `on` on, `member` keeps contact with `household`. Raises NotYet, PermissionDenied."""
    if not rules.may_assign_contact(by, household, on=on):
        raise PermissionDenied(_("只有本村（社区）或镇的书记、组织干部可以安排户联系"))
    require(rules.missing_before_contact(household, member, on=on))
    contact = HouseholdContact(household=household, member=member, division_code=household.division_code, from_on=on)
    contact.full_clean()
    contact.save()
    _record_contact(facts.CONTACT_ASSIGNED, contact, by=by, on=on)
    return contact


@transaction.atomic
def end_contact(*, contact: HouseholdContact, by: Person, on: date) -> None:
    """From `on` on the member no longer keeps contact. Raises NotYet, PermissionDenied."""
    contact = HouseholdContact.objects.select_for_update().select_related("household").get(pk=contact.pk)
    if not rules.may_assign_contact(by, contact.household, on=on):
        raise PermissionDenied(_("只有本村（社区）或镇的书记、组织干部可以结束户联系"))
    if contact.until_on is not None:
        raise NotYet([_("这层联系已于%(on)s结束") % {"on": contact.until_on}])
    if on <= contact.from_on:
        raise NotYet([_("结束日期应晚于开始日期%(on)s，请核对日期") % {"on": contact.from_on}])
    contact.until_on = on
    contact.save(update_fields=["until_on"])
    _record_contact(facts.CONTACT_ENDED, contact, by=by, on=on)


def _record_contact(kind: str, contact: HouseholdContact, *, by: Person, on: date) -> None:
    ledger.record(
        kind,
        happened_on=on,
        division_code=contact.division_code,
        by=by.pk,
        actor=contact.member_id,
        subject=contact.household_id,
    )


@transaction.atomic
def record_visit(
    *,
    household: Household,
    member: Person,
    happened_on: date,
    mode: VisitMode = VisitMode.HOUSEHOLD,
    topics: Sequence[str] = (),
    people_met: int | None = None,
    needs: str = "",
    opinion: str = "",
    photos: Sequence[bytes] = (),
    follow_up_on: date | None = None,
    supplies: str = "",
    checklist: Checklist | None = None,
    unmet: Sequence[int] = (),
    key: UUID | None = None,
    by: Person,
    on: date,
) -> int:
    """Record that `member` called at `household` on `happened_on`; returns the fact. `on` is today.

    The same `key` again is the same visit: nothing is written and its fact is returned. Raises PermissionDenied,
    NotYet, and ValidationError for details that may not stand.
    """
    if not rules.may_record_visit(by, household, member, on=on):
        raise PermissionDenied(_("只能记录本人的走访，或由当地负责走访的人代记"))
    with use_reach([household.division_code], person_id=by.pk):  # a member's own posts may reach nowhere
        household = Household.objects.select_for_update().get(pk=household.pk)  # two phones, one visit: one waits
        known = same_visit(key, household=household, member=member, happened_on=happened_on)
        if known is not None:
            return known
        require(rules.missing_before_visit(household, member, happened_on=happened_on, on=on))
        fact_id = ledger.record(
            facts.VISIT_RECORDED,
            happened_on=happened_on,
            division_code=household.division_code,
            by=by.pk,
            actor=member.pk,
            subject=household.pk,
            label=VisitMode(mode),
        )
        details = Details(topics, people_met, needs, opinion, supplies, follow_up_on, checklist, unmet)
        calling = Calling(household, member, happened_on)
        keep_details(fact_id, details, photos, key=key, visit=calling, by=by, on=on)
    return fact_id


@transaction.atomic
def describe_visit(*, visit: Fact, details: Details, photos: Sequence[bytes] = (), by: Person, on: date) -> None:
    """Say afterwards what was said and seen; what was said before gives way, photographs are added.

    Raises PermissionDenied, ValidationError, and Fact.DoesNotExist for a visit that was corrected or voided.
    """
    visit = visit_numbered(visit.fact_id)
    with use_reach([visit.division_code], person_id=by.pk):
        household = Household.objects.select_for_update().get(pk=visit.subject_id or 0)
        member = Person(pk=visit.actor_id)
        if not rules.may_record_visit(by, household, member, on=on):
            raise PermissionDenied(_("只能记录本人的走访，或由当地负责走访的人代记"))
        calling = Calling(household, member, visit.happened_on)
        row = Visit.objects.filter(fact=visit).first()
        keep_details(visit.fact_id, details, photos, row=row, key=None, visit=calling, by=by, on=on)
        ledger.record(
            facts.VISIT_DESCRIBED,
            happened_on=on,
            division_code=visit.division_code,
            by=by.pk,
            subject=visit.subject_id,
        )


@transaction.atomic
def correct_visit(
    *, fact_id: int, happened_on: date | None = None, mode: VisitMode | None = None, by: Person, on: date
) -> int:
    """Record a visit that takes the place of `fact_id`, with another day or mode; returns the new fact."""
    visit = visit_numbered(fact_id)
    if not rules.may_correct_visit(by, visit, on=on):
        raise PermissionDenied(_("只能更正本人的走访，或由当地负责更正的人更正"))
    day = happened_on or visit.happened_on
    with use_reach([visit.division_code], person_id=by.pk):
        household = Household.objects.select_for_update().get(pk=visit.subject_id or 0)
        with everything():  # the member may live anywhere
            member = by if by.pk == visit.actor_id else Person.objects.get(pk=visit.actor_id or 0)
        require(rules.missing_before_visit(household, member, happened_on=day, on=on, instead_of=visit.fact_id))
    number = ledger.correct(
        fact_id=fact_id, by=by.pk, happened_on=day, label=str(VisitMode(mode)) if mode else visit.label
    )
    row = Visit.objects.filter(fact=visit).first()
    if row is not None:
        row.fact_id, row.visited_on = number, day
        row.full_clean(exclude=["fact", "household", "member"])
        row.save(update_fields=["fact_id", "visited_on"])
    return number


@transaction.atomic
def void_visit(*, fact_id: int, by: Person, on: date) -> int:
    """Take a visit away that did not happen; the record of both stays. Returns the voiding fact."""
    visit = visit_numbered(fact_id)
    if not rules.may_correct_visit(by, visit, on=on):
        raise PermissionDenied(_("只能作废本人的走访，或由当地负责更正的人作废"))
    return ledger.void(fact_id=fact_id, by=by.pk, on=on)
