"""The one question: may this person do this here?"""

from datetime import date

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.people.models import Person


def may(person: Person | None, verb: Verb, division_code: str, on: date) -> bool:
    """Whether a post that `person` holds on `on` gives the right `verb` at `division_code`."""
    return any(division_code.startswith(prefix) for prefix in reach_of(person, verb, on))


def may_look_behind_mask(person: Person | None, other: Person, *, on: date) -> bool:
    """One's own record is never masked to oneself."""
    if person is not None and person.pk == other.pk:
        return True
    return may(person, Verb.LOOK_BEHIND_MASK, other.division_code, on)
