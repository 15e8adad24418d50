"""Who may see what, and who can see me."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from redhouse.ground.access import facts
from redhouse.ground.access.enums import RIGHTS, Reach, RequestState, Verb
from redhouse.ground.access.models import DataRequest
from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.models import Person, Post
from redhouse.ground.places.queries import within
from redhouse.kit.divisions import is_within, prefix


def posts_of(person: Person | None, on: date) -> list[Post]:
    """Posts in force on `on`, with their bodies, in one query; kept on the person for the request."""
    if person is None:
        return []
    kept: dict[date, list[Post]] = person.__dict__.setdefault("_posts_on", {})
    if on not in kept:
        kept[on] = list(person.posts.as_of(on).select_related("body").order_by("body__division_code", "id"))
    return kept[on]


def reach_of(person: Person | None, verb: Verb, on: date) -> tuple[str, ...]:
    """Division-code prefixes that hold every place where `person` may `verb`; empty means nowhere.

    For walls and lists. A right HERE comes as its full code, which at a village also begins the codes below it: whether
    one place is meant, `rules.may` says.
    """
    prefixes = set()
    for post in posts_of(person, on):
        reach = RIGHTS.get(post.kind, {}).get(verb)
        if reach is not None:
            code = post.body.division_code
            prefixes.add(prefix(code) if reach == Reach.BELOW else code)
    return tuple(sorted(p for p in prefixes if not any(p != q and p.startswith(q) for q in prefixes)))


@dataclass(frozen=True)
class Watcher:
    """Somebody whose post lets them see a person's masked record."""

    name: str
    post: str
    body: str
    may_look_behind_mask: bool


def who_can_see(person: Person, on: date) -> list[Watcher]:
    """Everyone whose posts reach this person on `on`, whatever the viewer's own reach. Posts are public; the names
    shown are those of post-holders, not of residents."""
    seeing = [kind for kind, rights in RIGHTS.items() if Verb.SEE_PEOPLE in rights]
    posts = (
        Post.objects.as_of(on)
        .filter(kind__in=seeing, person__account__is_active=True)
        .select_related("body", "person")
        .order_by("body__division_code", "kind", "id")
    )
    with everything():
        return [
            Watcher(
                name=post.person.name,
                post=str(post.get_kind_display()),
                body=post.body.name,
                may_look_behind_mask=Verb.LOOK_BEHIND_MASK in RIGHTS[post.kind],
            )
            for post in posts
            if is_within(person.division_code, post.body.division_code)
        ]


def looks_at(person: Person) -> list[Fact]:
    """Who looked behind the mask of this person's record, newest first."""
    return list(
        Fact.objects.filter(kind=facts.PERSONAL_FIELD_LOOKED_AT, subject_id=person.pk).order_by("-fact_id")[:200]
    )


def requests_of(person: Person) -> list[DataRequest]:
    """One's own requests, newest first."""
    return list(DataRequest.objects.filter(person=person).order_by("-pk")[:50])


def own_request(person: Person, request_id: int) -> DataRequest | None:
    return DataRequest.objects.filter(pk=request_id, person=person).first()


def request_for(person: Person, request_id: int, on: date) -> DataRequest | None:
    """A request of somebody whom `person` answers for; None for one's own and for all others."""
    return _answerable(person, on).filter(pk=request_id).first()


def requests_to_answer(person: Person, on: date) -> tuple[list[DataRequest], list[DataRequest]]:
    """What waits, the soonest due first, and what was answered lately."""
    rows = _answerable(person, on)
    waiting = rows.filter(state=RequestState.WAITING).order_by("due_on", "pk")
    return list(waiting), list(rows.exclude(state=RequestState.WAITING).order_by("-pk")[:50])


def requests_owed(person: Person, on: date) -> list[DataRequest]:
    """What waits for this person's answer; no query for who answers none."""
    if not reach_of(person, Verb.ANSWER_DATA_REQUESTS, on):
        return []
    return list(_answerable(person, on).filter(state=RequestState.WAITING).order_by("due_on", "pk"))


def _answerable(person: Person, on: date) -> QuerySet[DataRequest]:
    reach = reach_of(person, Verb.ANSWER_DATA_REQUESTS, on)
    rows = DataRequest.objects.filter(within(reach)).exclude(person=person)
    return rows.select_related("person", "answered_by")
