"""Reads of people, inside the reach that is set on the connection."""

from collections.abc import Iterable
from datetime import date

from redhouse.ground.people.models import Membership, Person


def is_party_member(person: Person, on: date) -> bool:
    """Whether the person holds a tie, registered or floating, to a party organisation on `on`."""
    return person.memberships.as_of(on).exists()


def party_members_among(person_ids: Iterable[int], on: date) -> set[int]:
    """Which of these people are party members on `on`; one query."""
    return set(Membership.objects.as_of(on).filter(person_id__in=list(person_ids)).values_list("person_id", flat=True))
