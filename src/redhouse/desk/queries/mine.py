"""My requests about my data, as I read them, and those that I answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from redhouse.ground.access.enums import RequestState
from redhouse.ground.access.models import DataRequest
from redhouse.ground.access.queries import request_for, requests_of, requests_to_answer
from redhouse.ground.access.reach import everything
from redhouse.ground.access.rules import copy_until
from redhouse.ground.people.models import Person
from redhouse.ground.places.queries import names_of


@dataclass(frozen=True)
class Asked:
    """One request beside a day: `days` are left until it is due, negative once it is late; `answerer` is a name."""

    row: DataRequest
    days: int
    answerer: str = ""
    until: date | None = None
    place: str = ""

    @property
    def waits(self) -> bool:
        return self.row.state == RequestState.WAITING

    @property
    def late_by(self) -> int:
        return max(-self.days, 0)


def my_requests(person: Person | None, on: date) -> list[Asked]:
    """One's own, newest first. Who answers is a post-holder, whose name is public in the house."""
    if person is None:
        return []
    rows = requests_of(person)
    with everything():
        names = dict(Person.objects.filter(pk__in={row.answered_by_id for row in rows}).values_list("pk", "name"))
    return [Asked(row, (row.due_on - on).days, names.get(row.answered_by_id or 0, ""), _until(row, on)) for row in rows]


@dataclass(frozen=True)
class Queue:
    waiting: list[Asked]
    answered: list[Asked]


def queue_for(person: Person, on: date) -> Queue:
    """What waits for `person`, the soonest due first, and what was answered lately."""
    waiting, answered = requests_to_answer(person, on)
    rows = [*waiting, *answered]
    places = names_of({row.division_code for row in rows}, on)
    asked = [Asked(row, (row.due_on - on).days, place=places.get(row.division_code, "")) for row in rows]
    return Queue(asked[: len(waiting)], asked[len(waiting) :])


def to_answer(person: Person, request_id: int, on: date) -> Asked | None:
    """One request that `person` answers for, whatever its state."""
    row = request_for(person, request_id, on)
    if row is None:
        return None
    place = names_of([row.division_code], on).get(row.division_code, "")
    name = row.answered_by.name if row.answered_by else ""
    return Asked(row, (row.due_on - on).days, name, place=place)


def _until(row: DataRequest, on: date) -> date | None:
    last = copy_until(row)
    return last if last is not None and on <= last else None
