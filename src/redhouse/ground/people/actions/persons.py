"""People themselves. They are no facts: the ledger knows them by key only, so that they can be forgotten."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection, transaction

from redhouse.ground.ledger.rules import in_words
from redhouse.ground.people.enums import Sex
from redhouse.ground.people.fields import blind_index, tail_index
from redhouse.ground.people.models import Person
from redhouse.ground.people.rules import (
    normal_citizen_id,
    normal_phone,
)
from redhouse.kit.bulk import copy_through, draw_ids
from redhouse.kit.pinyin import initials


class NewPerson(NamedTuple):
    name: str
    sex: str
    division_code: str
    citizen_id: str = ""
    phone: str = ""
    is_demo: bool = False


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


def change_phone(*, person: Person, phone: str) -> None:
    """Keep another number for a person, empty for none. No fact: the ledger knows people by key. Raises IdError."""
    person.phone = normal_phone(phone, is_demo=person.is_demo)
    person.save(update_fields=["phone", "phone_index", "phone_tail"])
