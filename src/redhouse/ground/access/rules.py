"""The one question: may this person do this here?"""

from datetime import date

from redhouse.ground.access.enums import RIGHTS, Reach, Verb
from redhouse.ground.access.queries import posts_of
from redhouse.ground.people.models import Person, Post
from redhouse.kit.divisions import is_within


def may(person: Person | None, verb: Verb, division_code: str, on: date) -> bool:
    """Whether a post that `person` holds on `on` gives the right `verb` at `division_code`."""
    return bool(posts_giving(person, verb, division_code, on))


def posts_giving(person: Person | None, verb: Verb, division_code: str, on: date) -> list[Post]:
    """The posts that give the right there; for a rule that also asks in which body the post is held."""
    return [post for post in posts_of(person, on) if _gives(post, verb, division_code)]


def _gives(post: Post, verb: Verb, division_code: str) -> bool:
    here, reach = post.body.division_code, RIGHTS.get(post.kind, {}).get(verb)
    return (reach is not None and division_code == here) or (reach == Reach.BELOW and is_within(division_code, here))


def may_look_behind_mask(person: Person | None, other: Person, *, on: date) -> bool:
    """One's own record is never masked to oneself."""
    if person is not None and person.pk == other.pk:
        return True
    return may(person, Verb.LOOK_BEHIND_MASK, other.division_code, on)
