"""Look something up: people, organisations, places, venues, doors, each only as far as the asker's posts reach."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.bodies.queries import bodies_found
from redhouse.ground.people.models import Household, Person
from redhouse.ground.people.queries import persons_found
from redhouse.ground.places.enums import DivisionKind, VenueState
from redhouse.ground.places.models import Division, Dwelling
from redhouse.ground.places.queries import divisions_found, doors_found, names_of, venues_found
from redhouse.kit.divisions import CODE_LENGTH, Level, level
from redhouse.kit.needle import Needle

Names = dict[str, str]  # of divisions, by code


@dataclass(frozen=True)
class Hit:
    """One line: what it is, what tells it from others, where it leads (nowhere: empty)."""

    title: str
    note: str
    url: str


@dataclass(frozen=True)
class Group:
    name: str | Promise
    hits: list[Hit]
    has_more: bool


def look_up(person: Person | None, needle: Needle, *, today: date, on: date, most: int) -> list[Group]:
    """What `needle` finds, `most` lines a group, groups without a hit left out. `today` decides what the asker may see,
    `on` as of when places and organisations stand."""
    if not needle:
        return []
    reach = reach_of(person, Verb.SEE_PEOPLE, today)
    asked: list[tuple[str | Promise, QuerySet[Any], Callable[[Sequence[Any], Names], list[Hit]]]] = [
        (_("人员"), persons_found(needle, reach), lambda rows, names: _people(rows, names, needle)),
        (_("村与地点"), divisions_found(needle, on), _divisions),
        (_("组织"), bodies_found(needle, on), _bodies),
        (_("阵地"), venues_found(needle, on), _venues),
        (_("门牌"), doors_found(needle, reach, on), lambda rows, names: _doors(rows, names, on)),
    ]
    found = [(name, list(rows[: most + 1]), told) for name, rows, told in asked]
    codes = {getattr(row, "division_code", "") or row.code for _name, rows, _told in found for row in rows}
    names = names_of(codes, on) if codes else {}
    return [Group(name, told(rows[:most], names), len(rows) > most) for name, rows, told in found if rows]


def _people(people: Sequence[Person], names: Names, needle: Needle) -> list[Hit]:
    hits = []
    for person in people:
        notes = [where(person.division_code, names)]
        if needle.tail:
            shown = (person.masked_phone, person.masked_citizen_id)
            notes += [number for number in shown if number.endswith(needle.tail)]
        hits.append(Hit(person.masked_name, _joined(notes), reverse("desk:people:card", args=[person.pk])))
    return hits


# Kinds are named by their enum: `get_kind_display` translates every kind that there is to find one, in each row.


def _divisions(divisions: Sequence[Division], names: Names) -> list[Hit]:
    return [
        Hit(
            division.name,
            _joined([str(DivisionKind(division.kind).label), _above(division.code, names), division.code]),
            place_url(division.code),
        )
        for division in divisions
    ]


def _bodies(bodies: Sequence[Any], names: Names) -> list[Hit]:
    return [
        Hit(
            body.name,
            _joined([str(BodyKind(body.kind).label), where(body.division_code, names)]),
            reverse("desk:bodies:body", args=[body.pk]),
        )
        for body in bodies
    ]


def _venues(venues: Sequence[Any], names: Names) -> list[Hit]:
    return [
        Hit(
            venue.name,
            _joined([str(VenueState(venue.state).label) if venue.state else "", where(venue.division_code, names)]),
            f"{place_url(venue.division_code).partition('#')[0]}#venues",
        )
        for venue in venues
    ]


def _doors(doors: Sequence[Dwelling], names: Names, on: date) -> list[Hit]:
    homes = Household.objects.as_of(on).filter(dwelling__in=[door.pk for door in doors]).select_related("head")
    heads = {home.dwelling_id: home.head for home in homes if home.head is not None}
    hits = []
    for door in doors:
        head = heads.get(door.pk)
        who = str(_("户主%(name)s") % {"name": head.masked_name}) if head else ""
        url = reverse("desk:people:card", args=[head.pk]) if head else ""
        hits.append(Hit(door.door, _joined([where(door.division_code, names), who]), url))
    return hits


def where(code: str, names: dict[str, str]) -> str:
    """The name of a place, with its village before it where it does not say so itself."""
    own, village = names.get(code, code), names.get(code[:CODE_LENGTH], "")
    return own if own.startswith(village) else f"{village}　{own}"


@lru_cache(maxsize=4096)
def place_url(code: str) -> str:
    """The page on which a place stands: its village's, or the list of villages from the town upward."""
    if level(code) < Level.VILLAGE:
        return reverse("desk:villages:list")
    page = reverse("desk:villages:village", args=[code[:CODE_LENGTH]])
    return page if len(code) == CODE_LENGTH else f"{page}#p{code}"


def _above(code: str, names: dict[str, str]) -> str:
    return names.get(code[:CODE_LENGTH], "") if len(code) > CODE_LENGTH else ""


def _joined(notes: Iterable[str]) -> str:
    return "　".join(note for note in notes if note)
