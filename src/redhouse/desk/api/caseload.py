"""What a phone takes along: its owner's households and the lists to choose from, and no more.

The change token is a digest of what the phone has, in 64 buckets of households and one for the lists: only buckets that
differ are sent. It needs no log of changes, so that nothing can slip past it, whoever changed a row and how.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import defaultdict
from datetime import date
from hashlib import blake2b
from typing import Any

from django.db.models import Max
from ninja import Schema
from pydantic import AwareDatetime, Field

from redhouse.desk.api.problems import types_on, villages_of
from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Household, Person
from redhouse.ground.places.models import Division
from redhouse.kit.today import now, today
from redhouse.work.visits.enums import EVERY_DAYS, Care, Topic
from redhouse.work.visits.models import CareMark, Visit
from redhouse.work.visits.queries import caseload_of, standing_visits
from redhouse.work.visits.queries.history import checklists_at

BUCKETS = 64
SIZE = 6  # bytes of a digest


class Home(Schema):
    """A household as the list shows it: masked, and what to know at the door."""

    id: int
    name: str
    place: str
    door: str
    residents: int
    last_on: str
    asked: str
    follow_up_on: str
    care: list[dict[str, str]]


class Caseload(Schema):
    token: str = Field(description="下次带来，只取变了的")
    server_at: AwareDatetime
    today: date
    person: int
    name: str
    every_days: int
    homes: dict[str, list[Home]] = Field(description="变了的格子：格号 -> 其中全部的户，取代手机上的这一格")
    lists: dict[str, list[dict[str, str]]] | None = Field(description="可选项；没有变就是空")


def caseload_for(person: Person, token: str) -> dict[str, Any]:
    """The answer to a pull. A constant number of queries, however many households."""
    on = today()
    buckets: dict[int, list[dict[str, Any]]] = defaultdict(list)
    with everything():  # contacts open these households and no others
        for home in homes_of(person, on):
            buckets[home["id"] % BUCKETS].append(home)
        lists = lists_on(person, on)
    parts = [digest(buckets[number]) if buckets[number] else bytes(SIZE) for number in range(BUCKETS)]
    parts.append(digest(lists))
    known = _parts(token)
    return {
        "token": urlsafe_b64encode(b"".join(parts)).decode(),
        "server_at": now(),
        "today": on,
        "person": person.pk,
        "name": person.name,
        "every_days": EVERY_DAYS,
        "homes": {str(number): buckets[number] for number in range(BUCKETS) if parts[number] != known[number]},
        "lists": lists if parts[BUCKETS] != known[BUCKETS] else None,
    }


def homes_of(person: Person, on: date) -> list[dict[str, Any]]:
    homes = list(
        caseload_of(person, on)
        .select_related("dwelling", "head")
        .defer("head__citizen_id", "head__phone")  # nothing is unsealed that is not shown
    )
    ids = [home.pk for home in homes]
    seen = dict(
        standing_visits().filter(subject_id__in=ids).values_list("subject_id").annotate(last=Max("happened_on"))
    )
    newest = Visit.objects.filter(household__in=ids, member=person).order_by("household_id", "-visited_on", "-pk")
    said = {visit.household_id: visit for visit in newest.distinct("household_id")}
    names = dict(
        Division.objects.as_of(on).filter(code__in={home.division_code for home in homes}).values_list("code", "name")
    )
    care = care_of(ids, on)
    return [_home(home, names, seen.get(home.pk), said.get(home.pk), care.get(home.pk, [])) for home in homes]


def care_of(household_ids: list[int], on: date) -> dict[int, list[dict[str, str]]]:
    """The care marks that stand that day, as a phone keeps and compares them."""
    found: dict[int, list[dict[str, str]]] = {}
    for mark in CareMark.objects.as_of(on).filter(household__in=household_ids).order_by("kind"):
        found.setdefault(mark.household_id, []).append({"kind": mark.kind, "until_on": mark.until_on.isoformat()})
    return found


def _home(
    home: Household, names: dict[str, str], last_on: date | None, visit: Visit | None, care: list[dict[str, str]]
) -> dict[str, Any]:
    # a promise stands until anybody has been there since
    promise = visit.follow_up_on if visit and visit.visited_on == last_on else None
    return {
        "id": home.pk,
        "name": home.head.masked_name if home.head else "",
        "place": names.get(home.division_code, ""),
        "door": home.dwelling.door,
        "residents": home.residents,
        "last_on": last_on.isoformat() if last_on else "",
        "asked": visit.needs if visit else "",
        "follow_up_on": promise.isoformat() if promise else "",
        "care": care,
    }


def lists_on(person: Person, on: date) -> dict[str, list[dict[str, str]]]:
    """What the phone offers to choose from, in the language of its person."""
    return {
        "topics": [{"code": str(topic), "name": str(topic.label)} for topic in Topic],
        "care": [{"code": str(care), "name": str(care.label)} for care in Care],
        "types": types_on(on),
        "places": villages_of(person.division_code, on),
        "checks": [
            {"list": str(row.pk), "topic": str(row.get_topic_display()), "name": item}
            for row in checklists_at(person.division_code, on)
            for item in row.items
        ],
    }


def digest(value: Any) -> bytes:
    return blake2b(json.dumps(value, sort_keys=True, ensure_ascii=False).encode(), digest_size=SIZE).digest()


def _parts(token: str) -> list[bytes]:
    """The digests in a token; a token that is none knows nothing."""
    try:
        raw = urlsafe_b64decode(token.encode())
    except ValueError:
        raw = b""
    if len(raw) != SIZE * (BUCKETS + 1):
        return [b""] * (BUCKETS + 1)
    return [raw[at : at + SIZE] for at in range(0, len(raw), SIZE)]
