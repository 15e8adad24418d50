"""What the keys in a row are called, looked up in bulk: a handful of queries however many rows.

Row-level security on the connection decides which persons and households have a name here; names and doors are masked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.facts import kind_named
from redhouse.ground.messages.models import Notice
from redhouse.ground.people.models import Household, Person
from redhouse.ground.places.models import Division, Space, Venue
from redhouse.ground.process.models import Run
from redhouse.kit.divisions import CODE_LENGTH, Level, level, village_of
from redhouse.kit.masks import mask_door, mask_name
from redhouse.work.answers.enums import said_of_run, words

if TYPE_CHECKING:
    from redhouse.work.answers.queries.rows import Row

Names = dict[int, str]
# Rows of the ground, by the kind they bear, and the noun that their subject is.
GROUND = {
    "household": "household", "membership": "person", "body": "body", "venue": "venue", "division": "division",
    "space": "space", "run_stage": "run",
}  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A row with words: where, who, what; `sentence` says the whole of it."""

    row: Row
    place: str
    subject: str
    actor: str
    label: str
    sentence: str


def name_all(rows: Sequence[Row], as_of: date) -> list[Named]:
    """Give every row its words. Unknown keys, and those beyond the reader's reach, show as 遮住."""
    keys: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        if row.subject_id is not None:
            keys[noun_of(row.kind)].add(row.subject_id)
        if row.actor_id is not None:
            keys["person"].add(row.actor_id)
    names = {noun: LOOK_UP[noun](found) for noun, found in keys.items() if noun in LOOK_UP}
    places = place_names({row.division_code for row in rows}, as_of)
    vocabulary, hidden = words(), _("（不在查看范围）")
    # translated once a label and once a kind, not once a row
    labels = {label: str(vocabulary.get(label) or said_of_run(label)) for label in {row.label for row in rows}}
    sentences = {kind: _sentence_of(kind) for kind in {row.kind for row in rows}}
    nouns = {kind: names.get(noun_of(kind), {}) for kind in sentences}

    def named(row: Row) -> Named:
        subject = "" if row.subject_id is None else nouns[row.kind].get(row.subject_id, hidden)
        actor = "" if row.actor_id is None else names["person"].get(row.actor_id, hidden)
        label = labels[row.label]
        sentence = sentences[row.kind].format(
            actor=actor, subject=subject, object="", quantity=f"{row.quantity:,}", label=label
        )
        return Named(row, places[row.division_code], subject, actor, label, sentence)

    return [named(row) for row in rows]


def noun_of(kind: str) -> str:
    """What the subject of a row is: person, household, body …"""
    return GROUND.get(kind) or kind_named(kind).subject


def place_names(codes: Iterable[str], as_of: date) -> dict[str, str]:
    """Code -> name, with the village before a place inside it; the code itself where nothing bears it."""
    codes = set(codes)
    wanted = codes | {code[:CODE_LENGTH] for code in codes}
    found: dict[str, str] = dict(
        Division.objects.filter(code__in=wanted, from_on__lte=as_of).order_by("from_on").values_list("code", "name")
    )

    def name(code: str) -> str:
        village = found.get(village_of(code)) if level(code) == Level.PLACE else None
        if village is None:
            return found.get(code, code)
        own = found.get(code, code[CODE_LENGTH:])
        return own if own.startswith(village) else village + own

    return {code: name(code) for code in codes}


def _sentence_of(kind: str) -> str:
    """A format string: the fact's own sentence, or for a row of the ground its name and state."""
    return _("{subject}：{label}") if kind in GROUND else str(kind_named(kind).sentence)


def _households(keys: set[int]) -> Names:
    doors = Household.objects.filter(pk__in=keys).values_list("pk", "dwelling__door")
    return {key: mask_door(door) for key, door in doors}


def _persons(keys: set[int]) -> Names:
    return {key: mask_name(name) for key, name in Person.objects.filter(pk__in=keys).values_list("pk", "name")}


LOOK_UP: dict[str, Callable[[set[int]], Names]] = {
    "household": _households,
    "person": _persons,
    "body": lambda keys: dict(Body.objects.filter(pk__in=keys).values_list("pk", "name")),
    "venue": lambda keys: dict(Venue.objects.filter(pk__in=keys).values_list("pk", "name")),
    "division": lambda keys: dict(Division.objects.filter(pk__in=keys).values_list("pk", "name")),
    "notice": lambda keys: dict(Notice.objects.filter(pk__in=keys).values_list("pk", "title")),
    "run": lambda keys: {run.pk: run.host.name for run in Run.objects.filter(pk__in=keys).select_related("host")},
    "space": lambda keys: dict(Space.objects.filter(pk__in=keys).values_list("pk", "name")),
}
