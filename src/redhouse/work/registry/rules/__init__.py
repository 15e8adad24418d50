"""Who keeps the register of places, organisations, members, households and posts."""

from datetime import date

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.rules import may
from redhouse.ground.people.models import Person
from redhouse.kit.today import today


def may_keep_registry(person: Person, division_code: str, *, on: date) -> bool:
    return may(person, Verb.KEEP_REGISTRY, division_code, on)


def may_keep_any_registry(person: Person | None, thing: object = None, *, on: date | None = None) -> bool:
    """Whether the person keeps the registry of any place at all; what of a workbook is theirs is asked row by row."""
    return bool(reach_of(person, Verb.KEEP_REGISTRY, on or today()))
