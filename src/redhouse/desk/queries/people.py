"""One person as far as somebody else may see: masked, with ties, posts and home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from redhouse.ground.access.enums import LookField, Verb
from redhouse.ground.access.queries import posts_of
from redhouse.ground.access.rules import may
from redhouse.ground.people.models import Household, Membership, Person, Post
from redhouse.ground.places.queries import names_of
from redhouse.kit.today import today


def person_for(viewer: Person, person_id: int) -> Person | None:
    """A person whom a post of `viewer` reaches, or the viewer; else None, so that nobody can tell who exists."""
    if viewer.pk == person_id:
        return viewer
    person = Person.objects.filter(pk=person_id).first()
    if person is None or not may(viewer, Verb.SEE_PEOPLE, person.division_code, today()):
        return None
    return person


@dataclass(frozen=True)
class Card:
    person: Person
    place: str
    ties: list[Membership]
    posts: list[Post]
    homes: list[Household]
    names: dict[str, str]


def card(person: Person, on: date) -> Card:
    ties = list(person.memberships.as_of(on).select_related("body").order_by("pk"))
    homes = list(person.headed_households.as_of(on).select_related("dwelling").order_by("pk"))
    names = names_of([person.division_code, *(home.division_code for home in homes)], on)
    return Card(person, names.get(person.division_code, ""), ties, posts_of(person, on), homes, names)


def masked_fields(person: Person) -> list[tuple[LookField, str]]:
    """What is registered of this person and shown masked: field and mask."""
    shown = {
        LookField.NAME: person.masked_name,
        LookField.PHONE: person.masked_phone,
        LookField.CITIZEN_ID: person.masked_citizen_id,
    }
    return [(field, mask) for field, mask in shown.items() if mask]
