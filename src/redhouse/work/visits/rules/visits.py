"""Who may record a visit, and what a visit must satisfy. One person-time: one member at one household once."""

from datetime import date

from django.utils.translation import gettext as _

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.rules import may
from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.models import Household, Person
from redhouse.ground.people.queries import is_party_member
from redhouse.work.visits.queries import keeps_contact, standing_visits


def may_record_visit(person: Person, household: Household, member: Person, *, on: date) -> bool:
    """One's own visits, or those of others where a post gives the right."""
    return person.pk == member.pk or may(person, Verb.RECORD_VISITS, household.division_code, on)


def may_correct_visit(person: Person, visit: Fact, *, on: date) -> bool:
    """One's own visit, or where a post gives the right to correct."""
    return person.pk == visit.actor_id or may(person, Verb.CORRECT_FACTS, visit.division_code, on)


def may_assign_contact(person: Person, household: Household, *, on: date) -> bool:
    return may(person, Verb.KEEP_REGISTRY, household.division_code, on)


def may_see_household(person: Person, household: Household, *, on: date) -> bool:
    """Whoever keeps contact with it, or records visits there by post."""
    return may(person, Verb.RECORD_VISITS, household.division_code, on) or keeps_contact(person, household, on)


def may_assign_any_contact(person: Person | None, thing: object = None, *, on: date) -> bool:
    """Whether the page of gaps is shown at all."""
    return bool(reach_of(person, Verb.KEEP_REGISTRY, on))


def missing_before_visit(
    household: Household, member: Person, *, happened_on: date, on: date, instead_of: int | None = None
) -> list[str]:
    """Why this visit cannot stand; `instead_of` is the fact that it corrects, if any."""
    if happened_on > on:
        return [_("走访日期%(day)s晚于今天，请核对日期") % {"day": happened_on}]
    missing = []
    if not stands(household, happened_on):
        missing.append(_("这一户在%(day)s不在册，请核对住户或日期") % {"day": happened_on})
    if not keeps_contact(member, household, happened_on) and not may(
        member, Verb.RECORD_VISITS, household.division_code, happened_on
    ):
        missing.append(
            _("%(member)s在%(day)s既不联系这一户，也没有在当地走访的职务，请先安排联系")
            % {"member": member, "day": happened_on}
        )
    same = standing_visits().filter(subject_id=household.pk, actor_id=member.pk, happened_on=happened_on)
    if instead_of is not None:
        same = same.exclude(fact_id=instead_of)
    if same.exists():
        missing.append(
            _("%(member)s在%(day)s走访这一户已有记录，同一天只记一次") % {"member": member, "day": happened_on}
        )
    return missing


def missing_before_contact(household: Household, member: Person, *, on: date) -> list[str]:
    """Contact is kept by party members, with households that stand."""
    missing = []
    if not is_party_member(member, on):
        missing.append(_("%(member)s在%(day)s不是党员，不能安排户联系") % {"member": member, "day": on})
    if not stands(household, on):
        missing.append(_("这一户在%(day)s不在册，请核对住户或日期") % {"day": on})
    return missing


def stands(household: Household, on: date) -> bool:
    return household.from_on <= on and (household.until_on is None or on < household.until_on)
