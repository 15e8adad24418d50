"""Lists of contacts and visits by COPY: the rules of `one`, asked once a list and then looked up once a row."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.translation import gettext as _

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.rules import may
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.actions import FactRow
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Household, Person
from redhouse.ground.people.queries import party_members_among
from redhouse.kit.bulk import copy_through, draw_ids
from redhouse.work.visits import facts
from redhouse.work.visits.enums import VisitMode
from redhouse.work.visits.models import HouseholdContact
from redhouse.work.visits.queries import standing_visits


class NewContact(NamedTuple):
    household_id: int
    member_id: int


class NewVisit(NamedTuple):
    household_id: int
    member_id: int
    happened_on: date
    mode: str = VisitMode.HOUSEHOLD


@transaction.atomic
def assign_contacts(*, contacts: Sequence[NewContact], by: Person, on: date) -> int:
    """From `on` on, each member keeps contact with each household; a fact each. Returns how many.

    Raises NotYet for the first row that may not stand, PermissionDenied; nothing is written then.
    """
    members = party_members_among({row.member_id for row in contacts}, on)
    wanted = [row.household_id for row in contacts]
    standing = Household.objects.as_of(on).filter(pk__range=(min(wanted, default=0), max(wanted, default=0)))
    codes = dict(standing.values_list("pk", "division_code"))
    for line, row in enumerate(contacts, start=1):
        if row.member_id not in members:
            raise NotYet([_("第%(line)d行：联系人在%(day)s不是党员") % {"line": line, "day": on}])
        if row.household_id not in codes:
            raise NotYet([_("第%(line)d行：这一户在%(day)s不在册") % {"line": line, "day": on}])
    _refuse_beyond({codes[row.household_id] for row in contacts}, Verb.KEEP_REGISTRY, by, on)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        ids = draw_ids(cursor, HouseholdContact._meta.db_table, len(contacts))
        copy_through(
            cursor,
            HouseholdContact._meta.db_table,
            ("id", "household_id", "member_id", "division_code", "from_on"),
            ((pk, *row, codes[row.household_id], on) for pk, row in zip(ids, contacts, strict=True)),
        )
    return ledger.record_many(
        (facts.CONTACT_ASSIGNED, codes[row.household_id], on, row.member_id, by.pk, row.household_id, None, 1, "")
        for row in contacts
    )


@transaction.atomic
def record_visits(*, visits: Iterable[NewVisit], from_on: date, until_on: date, by: Person, on: date) -> int:
    """Record the visits of `[from_on, until_on)` by household contact, streamed; returns how many.

    Only visits by the member who keeps contact with the household pass here; stationed teams record one by one.
    Raises NotYet with the line of the first visit that may not stand, PermissionDenied; nothing is written then.
    """
    if until_on > on + timedelta(days=1):
        raise NotYet([_("时段止于%(day)s之后，走访不能记在将来") % {"day": on}])
    contacts = contacts_between(from_on, until_on)
    _refuse_beyond({code for ties in contacts.values() for *_rest, code in ties}, Verb.RECORD_VISITS, by, on)
    known = set(
        standing_visits()
        .filter(happened_on__gte=from_on, happened_on__lt=until_on)
        .values_list("subject_id", "actor_id", "happened_on")
    )
    return ledger.record_many(_checked(visits, contacts, known, from_on, until_on, by.pk))


Tie = tuple[date, date, str]  # the contact stands in [from, until); division code of the household


def contacts_between(from_on: date, until_on: date) -> dict[tuple[int, int], list[Tie]]:
    """(household, member) -> when they are tied, cut by the time for which the household itself stands."""
    ties: dict[tuple[int, int], list[Tie]] = {}
    rows = HouseholdContact.objects.filter(from_on__lt=until_on).exclude(until_on__lte=from_on)
    for household, member, begin, end, code, stands_from, stands_until in rows.values_list(
        "household_id",
        "member_id",
        "from_on",
        "until_on",
        "household__division_code",
        "household__from_on",
        "household__until_on",
    ):
        tie = (max(begin, stands_from), min(end or date.max, stands_until or date.max), code)
        ties.setdefault((household, member), []).append(tie)
    return ties


def _checked(
    visits: Iterable[NewVisit],
    contacts: dict[tuple[int, int], list[Tie]],
    known: set[tuple[int | None, int | None, date]],
    from_on: date,
    until_on: date,
    recorder: int,
) -> Iterator[FactRow]:
    kind, modes = facts.VISIT_RECORDED, {mode.value: mode.value for mode in VisitMode}
    for line, (household, member, day, mode) in enumerate(visits, start=1):
        if not from_on <= day < until_on:
            raise NotYet([_("第%(line)d行：%(day)s不在这批走访的时段内") % {"line": line, "day": day}])
        code = next((code for begin, end, code in contacts.get((household, member), ()) if begin <= day < end), None)
        if code is None:
            raise NotYet([_("第%(line)d行：此人在%(day)s不联系这一户") % {"line": line, "day": day}])
        visit = (household, member, day)
        if visit in known:
            raise NotYet([_("第%(line)d行：同一人同一天走访这一户已有记录") % {"line": line}])
        known.add(visit)
        yield kind, code, day, member, recorder, household, None, 1, modes[mode]


def _refuse_beyond(codes: set[str], verb: Verb, by: Person, on: date) -> None:
    beyond = sorted(code for code in codes if not may(by, verb, code, on))
    if beyond:
        raise PermissionDenied(_("区划%(code)s不在您的职责范围内") % {"code": beyond[0]})
