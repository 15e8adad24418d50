"""The one question: may this person do this here?"""

from datetime import date

from redhouse.ground.access.enums import RIGHTS, Reach, Verb
from redhouse.ground.access.queries import posts_of
from redhouse.ground.people.models import Person
from redhouse.kit.divisions import is_within


def may(person: Person | None, verb: Verb, division_code: str, on: date) -> bool:
    """Whether a post that `person` holds on `on` gives the right `verb` at `division_code`."""
    for post in posts_of(person, on):
        here, reach = post.body.division_code, RIGHTS.get(post.kind, {}).get(verb)
        if division_code == here and reach is not None:
            return True
        if reach == Reach.BELOW and is_within(division_code, here):
            return True
    return False


def may_look_behind_mask(person: Person | None, other: Person, *, on: date) -> bool:
    """One's own record is never masked to oneself."""
    if person is not None and person.pk == other.pk:
        return True
    return may(person, Verb.LOOK_BEHIND_MASK, other.division_code, on)
