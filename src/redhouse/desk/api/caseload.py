"""What a phone takes along: its owner's households and the lists to choose from, and no more.

The change token is a digest of what the phone has, in 64 buckets of households and one for the lists: only buckets that
differ are sent. Beside it stands the moment of which it is: where the journal of changes knows of none since, the phone
has everything, and nothing is read.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import defaultdict
from datetime import date
from hashlib import blake2b
from pathlib import Path
from sys import modules
from typing import Any

from django.core import signing
from ninja import Schema
from pydantic import Field

from redhouse.desk.api.choices import kept_lists, labels, lists_on
from redhouse.ground.people.models import Person
from redhouse.kit.divisions import CODE_LENGTH
from redhouse.kit.masks import mask_name
from redhouse.kit.today import today
from redhouse.work.visits.enums import EVERY_DAYS
from redhouse.work.visits.queries.changes import EVERYWHERE, Moment, keys_of, look
from redhouse.work.visits.queries.doorsteps import Doorstep, doorsteps_of

BUCKETS = 64
SIZE = 6  # bytes of a digest
LONGEST = 1200  # characters of a moment that comes along; a longer one is left out, and all is read again
SALT = "phone.moment"
MADE_BY = (
    "redhouse.desk.api.caseload", "redhouse.desk.api.choices", "redhouse.work.visits.queries.doorsteps",
    "redhouse.work.visits.enums", "redhouse.kit.masks",
)  # fmt: skip


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


def caseload_for(person: Person, token: str) -> dict[str, Any]:
    """What changed since the token: one query where nothing did, else a constant number, however many households."""
    on = today()
    basis = digest([person.pk, person.division_code, on.isoformat(), labels(), MADE]).hex()
    known, then, villages = _read(token, basis)
    kept = kept_lists(person, on)
    now, (is_same, is_kept) = look((then, keys_of(person.pk, villages)), (kept.moment if kept else None, [EVERYWHERE]))
    if is_same:
        return {"token": token, "today": on, "every_days": EVERY_DAYS, "homes": {}, "lists": None}
    buckets: dict[int, list[dict[str, Any]]] = defaultdict(list)
    steps = doorsteps_of(person, on)
    for step in steps:
        buckets[step.id % BUCKETS].append(_home(step))
    lists = lists_on(person, on, kept if is_kept else None, now)
    parts = [digest(buckets[number]) if buckets[number] else bytes(SIZE) for number in range(BUCKETS)]
    parts.append(digest(lists))
    mark = signing.dumps([basis, now, sorted({step.division_code[:CODE_LENGTH] for step in steps})], salt=SALT)
    digests = urlsafe_b64encode(b"".join(parts)).decode()
    return {
        "token": f"{digests}.{mark}" if len(mark) <= LONGEST else digests,
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


def _made_by() -> str:
    """A digest of what makes the answers: another version of it may make others from the same rows."""
    return blake2b(
        b"".join(Path(str(modules[name].__file__)).read_bytes() for name in MADE_BY), digest_size=SIZE
    ).hexdigest()


MADE = _made_by()  # as the code is loaded, not when it is first asked: the files may be those of the next version then


def _read(token: str, basis: str) -> tuple[list[bytes], Moment | None, list[str]]:
    """The digests in a token, the moment of which they are and the villages of its households. A token that is none
    knows nothing; one made for another person, day, language or version has no moment."""
    text, _dot, mark = token.partition(".")
    try:
        raw = urlsafe_b64decode(text.encode())
    except ValueError:
        raw = b""
    if len(raw) != SIZE * (BUCKETS + 1):
        return [b""] * (BUCKETS + 1), None, []
    known = [raw[at : at + SIZE] for at in range(0, len(raw), SIZE)]
    try:
        made_for, moment, villages = signing.loads(mark, salt=SALT)
    except signing.BadSignature:
        return known, None, []
    return known, Moment(*moment) if made_for == basis else None, villages
