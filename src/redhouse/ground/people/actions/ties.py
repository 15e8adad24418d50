"""Members of party organisations and of collectives."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction

from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import in_words, require
from redhouse.ground.people import facts
from redhouse.ground.people.actions.ending import end_period
from redhouse.ground.people.enums import MemberStatus
from redhouse.ground.people.models import Membership, Person, SocietyMember
from redhouse.ground.people.rules import (
    missing_for_membership,
    missing_for_society_member,
    unique,
)
from redhouse.kit.bulk import copy_through, draw_ids


class NewMembership(NamedTuple):
    person_id: int
    body_id: int
    tie: str
    from_on: date
    status: str = MemberStatus.FULL


class NewSocietyMember(NamedTuple):
    person_id: int
    body_id: int
    household_id: int
    division_code: str
    shares: int
    from_on: date


def record_membership(
    *, person: Person, body: Body, tie: str, status: str = MemberStatus.FULL, by: int | None, on: date
) -> Membership:
    """Tie a party member to an organisation. Raises NotYet where it is no party organisation, ValidationError where
    the person is registered elsewhere at the same time."""
    row = NewMembership(person.pk, body.pk, tie, on, status)
    with in_words(Membership(**row._asdict(), division_code=body.division_code)):
        [pk] = record_memberships(memberships=[row], by=by)
    return Membership.objects.get(pk=pk)


@transaction.atomic
def record_memberships(*, memberships: Sequence[NewMembership], by: int | None) -> list[int]:
    """Record many ties, a fact each, in the division of the organisation. Returns keys in order."""
    bodies = Body.objects.in_bulk({row.body_id for row in memberships})
    require(sentence for body in bodies.values() for sentence in missing_for_membership(body))
    with connection.wrap_database_errors, connection.cursor() as cursor:
        ids = draw_ids(cursor, "people_membership", len(memberships))
        rows = ((pk, *row, bodies[row.body_id].division_code) for pk, row in zip(ids, memberships, strict=True))
        copy_through(cursor, "people_membership", ("id", *NewMembership._fields, "division_code"), rows)
    ledger.record_many(
        (
            facts.MEMBERSHIP_RECORDED,
            bodies[row.body_id].division_code,
            row.from_on,
            by,
            by,
            row.person_id,
            row.body_id,
            1,
            str(row.tie),
        )
        for row in memberships
    )
    return ids


@transaction.atomic
def end_membership(*, membership: Membership, by: int | None, on: date) -> None:
    """The tie ends on `on` (transfer out, end of membership)."""
    row = end_period(membership, on)
    ledger.record(
        facts.MEMBERSHIP_ENDED,
        happened_on=on,
        division_code=row.division_code,
        by=by,
        subject=row.person_id,
        object=row.body_id,
        label=row.tie,
    )


@transaction.atomic
def confirm_society_members(*, members: Sequence[NewSocietyMember], by: int | None) -> list[int]:
    """Many members of collectives, a fact each with quantity = shares. Returns keys in order. Raises NotYet where a
    body is no collective."""
    bodies = Body.objects.in_bulk({row.body_id for row in members})
    require(unique([s for body in bodies.values() for s in missing_for_society_member(body)]))
    with connection.wrap_database_errors, connection.cursor() as cursor:
        ids = draw_ids(cursor, "people_societymember", len(members))
        rows = ((pk, *row) for pk, row in zip(ids, members, strict=True))
        copy_through(cursor, "people_societymember", ("id", *NewSocietyMember._fields), rows)
    ledger.record_many(
        (
            facts.SOCIETY_MEMBER_CONFIRMED,
            bodies[row.body_id].division_code,
            row.from_on,
            by,
            by,
            row.person_id,
            row.body_id,
            row.shares,
            "",
        )
        for row in members
    )
    return ids


@transaction.atomic
def end_society_member(*, member: SocietyMember, by: int | None, on: date) -> None:
    """The person is no longer a member from `on`."""
    row = end_period(member, on)
    ledger.record(
        facts.SOCIETY_MEMBER_ENDED,
        happened_on=on,
        division_code=row.body.division_code,
        by=by,
        subject=row.person_id,
        object=row.body_id,
    )
