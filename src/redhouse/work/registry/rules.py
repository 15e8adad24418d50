"""Who keeps the register of party organisations and members."""

from datetime import date

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.rules import may
from redhouse.ground.people.models import Person


def may_keep_registry(person: Person, division_code: str, *, on: date) -> bool:
    return may(person, Verb.KEEP_REGISTRY, division_code, on)
