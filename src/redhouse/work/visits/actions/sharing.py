"""Every household a member: gaps closed area by area, households handed over with their history."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.work.visits import rules
from redhouse.work.visits.actions.many import NewContact, assign_contacts
from redhouse.work.visits.actions.one import end_contact
from redhouse.work.visits.models import HouseholdContact
from redhouse.work.visits.queries.gaps import homes_without


@transaction.atomic
def share_out(*, division_code: str, members: Sequence[Person], by: Person, on: date) -> int:
    """Give every household of a place that nobody keeps contact with to one of `members`; returns how many.

    Neighbours stay together, and whoever has fewest gets most. Raises NotYet, PermissionDenied.
    """
    if not members:
        raise NotYet([_("请选由哪些党员联系")])
    homes = [home.pk for home in homes_without(division_code, on)]
    if not homes:
        raise NotYet([_("这里每一户都有人联系，没有缺口")])
    has = Counter(
        HouseholdContact.objects.as_of(on)
        .filter(member__in=[m.pk for m in members])
        .values_list("member_id", flat=True)
    )
    shares = _shares({member.pk: has[member.pk] for member in members}, len(homes))
    owners = [member for member, share in shares for _n in range(share)]
    return assign_contacts(contacts=list(map(NewContact, homes, owners)), by=by, on=on)


def _shares(has: dict[int, int], homes: int) -> list[tuple[int, int]]:
    """How many more for each, so that the fullest and the emptiest come as near as they can."""
    more = dict.fromkeys(has, 0)
    for _n in range(homes):
        least = min(has, key=lambda member: (has[member] + more[member], member))
        more[least] += 1
    return list(more.items())


@transaction.atomic
def hand_over(*, contacts: Sequence[HouseholdContact], to: Person, by: Person, on: date) -> int:
    """From `on` on `to` keeps contact with these households; who did before stays in their history.

    A contact that began on this very day cannot be handed over before tomorrow. Raises NotYet, PermissionDenied.
    """
    if not contacts:
        raise NotYet([_("请选要移交的户")])
    if any(not rules.may_assign_contact(by, contact.household, on=on) for contact in contacts):
        raise PermissionDenied(_("只有本村（社区）或镇的书记、组织干部可以安排户联系"))
    moving = [contact for contact in contacts if contact.member_id != to.pk]
    for contact in moving:
        end_contact(contact=contact, by=by, on=on)
    keeps = set(
        HouseholdContact.objects.as_of(on)
        .filter(member=to, household__in=[contact.household_id for contact in moving])
        .values_list("household_id", flat=True)
    )
    new = [NewContact(contact.household_id, to.pk) for contact in moving if contact.household_id not in keeps]
    assign_contacts(contacts=new, by=by, on=on)
    return len(moving)
