"""Reads of people, inside the reach that is set on the connection."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Collate
from django.db.models.lookups import GreaterThanOrEqual, LessThan

from redhouse.ground.people.enums import PostKind
from redhouse.ground.people.fields import blind_index, tail_index
from redhouse.ground.people.models import Household, Membership, Person, Post
from redhouse.ground.places.fields import closeness, named
from redhouse.ground.places.queries import within
from redhouse.kit.needle import Needle

LAST_CHARACTER = "\U0010ffff"
PHONE_LENGTH, CITIZEN_ID_LENGTH = 11, 18
_RANK = {kind: rank for rank, kind in enumerate(PostKind.values)}


def is_party_member(person: Person, on: date) -> bool:
    """Whether the person holds a tie, registered or floating, to a party organisation on `on`."""
    return person.memberships.as_of(on).exists()


def party_members_among(person_ids: Iterable[int], on: date) -> set[int]:
    """Which of these people are party members on `on`; one query."""
    return set(Membership.objects.as_of(on).filter(person_id__in=list(person_ids)).values_list("person_id", flat=True))


def persons_found(needle: Needle, prefixes: Iterable[str]) -> QuerySet[Person]:
    """People inside `prefixes`, by name, initials, the last four digits of a number, or a whole number."""
    found = named(needle) if needle.letters or not needle.word else part_of_name(needle.word)
    citizen_id, phone = Person._meta.get_field("citizen_id"), Person._meta.get_field("phone")
    if needle.tail:
        found |= Q(phone_tail=tail_index(phone, needle.tail)) | Q(citizen_id_tail=tail_index(citizen_id, needle.tail))
    if len(needle.text) == PHONE_LENGTH:
        found |= Q(phone_index=blind_index(phone, needle.text))
    if len(needle.text) == CITIZEN_ID_LENGTH:
        found |= Q(citizen_id_index=blind_index(citizen_id, needle.text.upper()))
    shown = ("name", "division_code", *(("phone", "citizen_id") if needle.tail else ()))
    people = Person.objects.filter(within(prefixes), found).only(*shown)
    return people.alias(close=closeness(needle)).order_by("close", "division_code", "pk")


def part_of_name(word: str) -> Q:
    """Names that hold the word. It begins at one of the first three characters, or further on in a name that is longer
    than most: said so, it is found by four indexes, and a hundred thousand names need not be read."""
    beyond = word + LAST_CHARACTER
    begins = Q(pk__in=())
    for column in (Collate("name", "C"), F("name_from_2"), F("name_from_3")):
        begins |= Q(GreaterThanOrEqual(column, word), LessThan(column, beyond))
    return (begins | ~Q(name_from_4="")) & Q(name__contains=word)


class Seated(NamedTuple):
    """Who sits where. No whole rows: nothing is unsealed that is not shown, and a town has a thousand seats."""

    body_id: int
    kind: str
    from_on: date
    post_id: int
    term_ends_on: date | None
    name: str


def posts_in(body_ids: Iterable[int], on: date) -> list[Seated]:
    """Posts in force in these bodies, with who holds them, in order of rank; one query.

    Who holds a post is public in the house, and a row of `people`: read it where the wall is open.
    """
    posts = Post.objects.as_of(on).filter(body_id__in=list(body_ids))
    rows = posts.values_list("body_id", "kind", "from_on", "pk", "term_ends_on", "person__name")
    return sorted(map(Seated._make, rows), key=lambda seat: (_RANK[seat.kind], seat.from_on, seat.post_id))


def members_below(body_ids: Iterable[int], on: date) -> dict[int, dict[str, int]]:
    """Members of each of these bodies and of all that stand under it, counted by tie; one query.

    Numbers without names, of the whole house where the wall is open.
    """
    ids = list(body_ids)
    counted: dict[int, dict[str, int]] = {}
    if not ids:
        return counted
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE tree AS ("
            " SELECT id AS top, id FROM bodies_body WHERE id = ANY(%(ids)s)"
            " UNION ALL SELECT t.top, b.id FROM bodies_body b JOIN tree t ON b.parent_id = t.id"
            " WHERE b.from_on <= %(on)s AND (b.until_on IS NULL OR b.until_on > %(on)s)"
            ") SELECT t.top, m.tie, count(*) FROM tree t JOIN people_membership m ON m.body_id = t.id"
            " WHERE m.from_on <= %(on)s AND (m.until_on IS NULL OR m.until_on > %(on)s) GROUP BY 1, 2",
            {"ids": ids, "on": on},
        )
        for top, tie, count in cursor.fetchall():
            counted.setdefault(top, {})[tie] = count
    return counted


def homes_in(prefixes: Iterable[str], on: date) -> QuerySet[Household]:
    """Households inside `prefixes`, with door and head, by place and door."""
    homes = Household.objects.as_of(on).filter(within(prefixes))
    return homes.select_related("dwelling", "head").order_by("division_code", "dwelling_id", "pk")


Counts = dict[str, tuple[int, int]]
"""Code -> (households, residents)."""


def count_homes(prefixes: Iterable[str], on: date) -> Counts:
    """Households and residents of each division code inside `prefixes`; one query."""
    return count_homes_and_grids(prefixes, on)[0]


def count_homes_and_grids(prefixes: Iterable[str], on: date) -> tuple[Counts, Counts]:
    """The same, and once more by the grid that the door lies in; one query for both."""
    homes = Household.objects.as_of(on).filter(within(prefixes)).order_by()
    counted = homes.values_list("division_code", "dwelling__grid_code").annotate(Count("pk"), Sum("residents"))
    places: Counts = {}
    grids: Counts = {}
    for place, grid, households, residents in counted:
        for found, code in ((places, place), (grids, grid)):
            before = found.get(code, (0, 0))
            found[code] = before[0] + households, before[1] + residents
    return places, grids
