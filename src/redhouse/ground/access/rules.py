"""The one question: may this person do this here?"""

from datetime import date, timedelta

from django.utils import timezone

from redhouse.ground.access.enums import RIGHTS, Reach, RequestKind, RequestState, Verb
from redhouse.ground.access.models import DataRequest
from redhouse.ground.access.queries import posts_of, reach_of
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


# The law says "in time" (a.50); the recommended standard GB/T 35273-2020, 8.7 says thirty days.
DAYS_TO_ANSWER = 30
DAYS_TO_TAKE_A_COPY = 30


def may_answer_any_request(person: Person | None, thing: object = None, *, on: date) -> bool:
    """Whether the queue is shown at all."""
    return bool(reach_of(person, Verb.ANSWER_DATA_REQUESTS, on))


def may_answer_request(person: Person, row: DataRequest, *, on: date) -> bool:
    """Secretary or organisation officer, there or above, and never one's own."""
    return row.person_id != person.pk and may(person, Verb.ANSWER_DATA_REQUESTS, row.division_code, on)


def may_take_copy(person: Person, row: DataRequest, *, on: date) -> bool:
    """One's own, granted, and not too long ago: what is held changes, and a new request is one tap."""
    return row.person_id == person.pk and copy_until(row) is not None and on <= copy_until(row)  # type: ignore[operator]


def copy_until(row: DataRequest) -> date | None:
    """The last day on which the copy may be taken; None where there is none."""
    if row.kind != RequestKind.COPY or row.state != RequestState.GRANTED or row.answered_at is None:
        return None
    return timezone.localdate(row.answered_at) + timedelta(days=DAYS_TO_TAKE_A_COPY)
