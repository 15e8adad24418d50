"""The only writers of persons, households, memberships and posts.

`by` is the key of the person who records it, None for the house itself. Permission is asked by the rooms that call.
Bulk verbs write rows and facts with COPY; a single verb is a batch of one. Persons themselves are no facts: the
ledger knows them by key only, so that they can be forgotten.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from django.db import connection, transaction
from django.utils.translation import gettext as _

from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet, in_words, require
from redhouse.ground.people import facts
from redhouse.ground.people.enums import MemberStatus, Sex
from redhouse.ground.people.fields import blind_index, tail_index
from redhouse.ground.people.models import Household, Membership, Person, Post
from redhouse.ground.people.rules import (
    missing_for_household,
    missing_for_membership,
    missing_for_post,
    normal_citizen_id,
    normal_phone,
    unique,
)
from redhouse.ground.places.models import Dwelling
from redhouse.kit.bulk import copy_through, draw_ids
from redhouse.kit.pinyin import initials

Row = TypeVar("Row", Household, Membership, Post)


class NewPerson(NamedTuple):
    name: str
    sex: str
    division_code: str
    citizen_id: str = ""
    phone: str = ""
    is_demo: bool = False


class NewHousehold(NamedTuple):
    dwelling_id: int
    division_code: str
    head_id: int | None
    residents: int
    from_on: date


class NewMembership(NamedTuple):
    person_id: int
    body_id: int
    tie: str
    from_on: date
    status: str = MemberStatus.FULL


class NewPost(NamedTuple):
    person_id: int
    body_id: int
    kind: str
    from_on: date
    term_ends_on: date | None = None


def register_person(
    *,
    name: str,
    division_code: str,
    sex: str = Sex.UNKNOWN,
    citizen_id: str = "",
    phone: str = "",
    is_demo: bool = False,
) -> Person:
    """Register one person. Raises IdError where a number fails its check, ValidationError where it is taken."""
    citizen_id = normal_citizen_id(citizen_id, is_demo=is_demo)
    row = NewPerson(name, sex, division_code, citizen_id, phone, is_demo)
    with in_words(Person(**row._asdict())):
        [pk] = register_persons(persons=[row])
    return Person.objects.get(pk=pk)


@transaction.atomic
def register_persons(*, persons: Sequence[NewPerson]) -> list[int]:
    """Register many, numbers checked and sealed. Returns keys in order."""
    with connection.wrap_database_errors, connection.cursor() as cursor:
        ids = draw_ids(cursor, "people_person", len(persons))
        rows = ((pk, *_sealed(person)) for pk, person in zip(ids, persons, strict=True))
        copy_through(cursor, "people_person", _PERSON_COLUMNS, rows)
    return ids


_PERSON_COLUMNS = (
    "id", "name", "initials", "sex", "division_code", "citizen_id", "citizen_id_index", "citizen_id_tail", "phone",
    "phone_index", "phone_tail", "is_demo",
)  # fmt: skip
_CITIZEN_ID, _PHONE = Person._meta.get_field("citizen_id"), Person._meta.get_field("phone")


def _sealed(person: NewPerson) -> tuple[object, ...]:
    citizen_id = normal_citizen_id(person.citizen_id, is_demo=person.is_demo)
    phone = normal_phone(person.phone, is_demo=person.is_demo)
    return (
        person.name,
        initials(person.name),
        person.sex,
        person.division_code,
        _CITIZEN_ID.get_prep_value(citizen_id),
        blind_index(_CITIZEN_ID, citizen_id),
        tail_index(_CITIZEN_ID, citizen_id),
        _PHONE.get_prep_value(phone),
        blind_index(_PHONE, phone),
        tail_index(_PHONE, phone),
        person.is_demo,
    )


def register_household(
    *, dwelling: Dwelling, residents: int, head: Person | None = None, by: int | None, on: date
) -> Household:
    """Register the people behind one door as from `on`. Raises NotYet for no residents."""
    row = NewHousehold(dwelling.pk, dwelling.division_code, head.pk if head else None, residents, on)
    [pk] = register_households(households=[row], by=by)
    return Household.objects.get(pk=pk)


@transaction.atomic
def register_households(*, households: Sequence[NewHousehold], by: int | None) -> list[int]:
    """Register many, a fact each with quantity = residents. Returns keys in order."""
    wanted = [row.dwelling_id for row in households]
    doors = dict(
        Dwelling.objects.filter(pk__range=(min(wanted), max(wanted))).values_list("pk", "division_code")
        if wanted
        else ()
    )
    require(
        unique(
            [
                sentence
                for row in households
                for sentence in missing_for_household(row.residents, doors.get(row.dwelling_id), row.division_code)
            ]
        )
    )
    with connection.wrap_database_errors, connection.cursor() as cursor:
        ids = draw_ids(cursor, "people_household", len(households))
        rows = ((pk, *row) for pk, row in zip(ids, households, strict=True))
        copy_through(cursor, "people_household", ("id", *NewHousehold._fields), rows)
    ledger.record_many(
        (facts.HOUSEHOLD_REGISTERED, row.division_code, row.from_on, by, by, pk, None, row.residents, "")
        for pk, row in zip(ids, households, strict=True)
    )
    return ids


@transaction.atomic
def revise_households(*, households: Sequence[tuple[Household, int, int | None]], by: int | None, on: date) -> None:
    """Another head-count or head from `on` on: (household, residents, key of the head); a fact each."""
    require(
        unique([said for _row, residents, _head in households for said in missing_for_household(residents, "", "")])
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_household h SET residents = v.residents, head_id = v.head"
            " FROM unnest(%s::bigint[], %s::int[], %s::bigint[]) v(id, residents, head) WHERE h.id = v.id",
            [
                [row.pk for row, *_rest in households],
                [residents for _row, residents, _head in households],
                [head for *_rest, head in households],
            ],
        )
    ledger.record_many(
        (facts.HOUSEHOLD_REVISED, row.division_code, on, by, by, row.pk, None, residents, "")
        for row, residents, _head in households
    )


def change_phone(*, person: Person, phone: str) -> None:
    """Keep another number for a person, empty for none. No fact: the ledger knows people by key. Raises IdError."""
    person.phone = normal_phone(phone, is_demo=person.is_demo)
    person.save(update_fields=["phone", "phone_index", "phone_tail"])


@transaction.atomic
def end_household(*, household: Household, by: int | None, on: date) -> None:
    """The household stands no longer from `on` on. Raises NotYet where it ended before."""
    row = _end(household, on)
    ledger.record(facts.HOUSEHOLD_ENDED, happened_on=on, division_code=row.division_code, by=by, subject=row.pk)


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
    row = _end(membership, on)
    ledger.record(
        facts.MEMBERSHIP_ENDED,
        happened_on=on,
        division_code=row.division_code,
        by=by,
        subject=row.person_id,
        object=row.body_id,
        label=row.tie,
    )


def take_post(
    *, person: Person, body: Body, kind: str, term_ends_on: date | None = None, by: int | None, on: date
) -> Post:
    """A person takes a post, and with it the rights that go with it."""
    row = NewPost(person.pk, body.pk, kind, on, term_ends_on)
    with in_words(Post(**row._asdict())):
        [pk] = take_posts(posts=[row], by=by)
    return Post.objects.get(pk=pk)


@transaction.atomic
def take_posts(*, posts: Sequence[NewPost], by: int | None) -> list[int]:
    """Many posts, a fact each, in the division of the body. Returns keys in order."""
    bodies = Body.objects.in_bulk({row.body_id for row in posts})
    require(sentence for row in posts for sentence in missing_for_post(row.kind, bodies[row.body_id]))
    rows = Post.objects.bulk_create(Post(**row._asdict()) for row in posts)
    ledger.record_many(
        (
            facts.POST_TAKEN,
            bodies[row.body_id].division_code,
            row.from_on,
            by,
            by,
            row.person_id,
            row.body_id,
            1,
            str(row.kind),
        )
        for row in posts
    )
    return [row.pk for row in rows]


def set_term(*, post: Post, term_ends_on: date) -> None:
    """Another end of the term. No fact: the post goes on, and the day is what a document says."""
    post.term_ends_on = term_ends_on
    post.save(update_fields=["term_ends_on"])


@transaction.atomic
def leave_post(*, post: Post, by: int | None, on: date) -> None:
    """The post ends on `on`, and its rights with it."""
    row = _end(post, on)
    ledger.record(
        facts.POST_LEFT,
        happened_on=on,
        division_code=row.body.division_code,
        by=by,
        subject=row.person_id,
        object=row.body_id,
        label=row.kind,
    )


def _end(row: Row, on: date) -> Row:
    """Lock, check and close the period of a row."""
    locked: Row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if locked.until_on is not None:
        raise NotYet([_("已于%(on)s终止，不能再终止一次") % {"on": locked.until_on}])
    if on <= locked.from_on:
        raise NotYet([_("终止日期应晚于起始日期%(on)s，请核对日期") % {"on": locked.from_on}])
    locked.until_on = on
    locked.save(update_fields=["until_on"])
    return locked
