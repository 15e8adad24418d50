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

from ninja import Schema
from pydantic import Field

from redhouse.desk.api.choices import lists_on
from redhouse.ground.people.models import Person
from redhouse.kit.masks import mask_name
from redhouse.kit.today import today
from redhouse.work.visits.enums import EVERY_DAYS
from redhouse.work.visits.queries.doorsteps import Doorstep, doorsteps_of

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
    today: date
    every_days: int
    homes: dict[str, list[Home]] = Field(description="变了的格子：格号 -> 其中全部的户，取代手机上的这一格")
    lists: dict[str, list[dict[str, str]]] | None = Field(description="可选项；没有变就是空")


def caseload_for(person: Person, token: str, *, anew: bool = False) -> dict[str, Any]:
    """What changed since the token; lists may be a minute old, unless asked for `anew`. A constant number of queries,
    however many households."""
    on = today()
    buckets: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for step in doorsteps_of(person, on):
        buckets[step.id % BUCKETS].append(_home(step))
    lists = lists_on(person, on, anew=anew)
    parts = [digest(buckets[number]) if buckets[number] else bytes(SIZE) for number in range(BUCKETS)]
    parts.append(digest(lists))
    known = _parts(token)
    return {
        "token": urlsafe_b64encode(b"".join(parts)).decode(),
        "today": on,
        "every_days": EVERY_DAYS,
        "homes": {str(number): buckets[number] for number in range(BUCKETS) if parts[number] != known[number]},
        "lists": lists if parts[BUCKETS] != known[BUCKETS] else None,
    }


def _home(step: Doorstep) -> dict[str, Any]:
    return {
        "id": step.id,
        "name": mask_name(step.head) if step.head else "",
        "place": step.place,
        "door": step.door,
        "residents": step.residents,
        "last_on": step.last_on.isoformat() if step.last_on else "",
        "asked": step.needs or "",
        "follow_up_on": step.follow_up_on.isoformat() if step.follow_up_on else "",
        "care": [{"kind": kind, "until_on": until_on} for kind, until_on in step.marks or ()],
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
