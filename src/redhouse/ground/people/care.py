"""Homes in somebody's care, said by the rooms that assign them: who keeps contact with a home also speaks there of what
other rooms have to say.

A room says it in its own `care.py`:

    @source
    def contacts(person: Person, on: date) -> QuerySet: …   # keys of households
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from redhouse.ground.people.models import Person

Source = Callable[[Person, date], QuerySet[Any, Any]]
_SOURCES: list[Source] = []


def source(find: Source) -> Source:
    """Declare whose care a room's households are in: their keys, as a subquery."""
    _SOURCES.append(find)
    return find


def in_care_of(person: Person, on: date) -> Q:
    """A condition on households. They lie beyond the wall of somebody without a post: open it where you read them."""
    found = Q(pk__in=())
    for find in _SOURCES:
        found |= Q(pk__in=find(person, on))
    return found
