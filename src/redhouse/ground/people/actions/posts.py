"""Posts held in bodies, from which rights flow."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import transaction

from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import in_words, require
from redhouse.ground.people import facts
from redhouse.ground.people.actions.ending import end_period
from redhouse.ground.people.models import Person, Post
from redhouse.ground.people.rules import (
    missing_for_post,
)


class NewPost(NamedTuple):
    person_id: int
    body_id: int
    kind: str
    from_on: date
    term_ends_on: date | None = None


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
    row = end_period(post, on)
    ledger.record(
        facts.POST_LEFT,
        happened_on=on,
        division_code=row.body.division_code,
        by=by,
        subject=row.person_id,
        object=row.body_id,
        label=row.kind,
    )
