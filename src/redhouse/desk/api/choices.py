"""What a phone offers to choose from: everybody who comes home asks whether it changed, so each process keeps it for
all of a town until it does."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db import connection
from django.utils.translation import gettext as _

from redhouse.desk.api.problems import CODE
from redhouse.ground.people.models import Person
from redhouse.ground.places.enums import DivisionKind
from redhouse.kit.divisions import is_within, prefix, town_of
from redhouse.work.visits.enums import Care, Topic
from redhouse.work.visits.queries.changes import Moment

Choices = list[dict[str, str]]
A_DAY = 86_400  # seconds; what is offered goes by the day

_STANDS = "from_on <= %(on)s AND (until_on IS NULL OR until_on > %(on)s)"
_LISTS = f"""
SELECT
 (SELECT json_agg(json_build_array(type_code, "group", name) ORDER BY type_code)
  FROM process_casetype WHERE code = %(code)s AND {_STANDS}),
 (SELECT json_agg(json_build_array(code, name) ORDER BY code)
  FROM places_division WHERE starts_with(code, %(town)s) AND kind = ANY(%(villages)s) AND {_STANDS}),
 (SELECT json_agg(json_build_array(id::text, topic, division_code, items) ORDER BY topic, division_code DESC)
  FROM visits_checklist WHERE {_STANDS})
"""


class Kept(NamedTuple):
    """Types of problems, villages and checklists as the database had them at a moment."""

    moment: Moment
    found: list[list[Any]]


def kept_lists(person: Person, on: date) -> Kept | None:
    """What this process read before for the person's town, of whatever moment."""
    kept: Kept | None = cache.get(_name(person, on))
    return kept


def lists_on(person: Person, on: date, kept: Kept | None, now: Moment) -> dict[str, Choices]:
    """In the language of its person: topics and care marks, types of problems, villages of the town, checklists. They
    are read where nothing of them is `kept` that stands, and kept as of `now`."""
    place = person.division_code
    if kept is None:
        kept = Kept(now, _offered(prefix(town_of(place)), on))
        cache.set(_name(person, on), kept, A_DAY)
    types, places, checks = kept.found
    topics = {str(topic): str(topic.label) for topic in Topic}
    return {
        **labels(),
        "types": [{"code": code, "name": f"{group}：{name}"} for code, group, name in types] or [unsorted()],
        "places": [{"code": code, "name": name} for code, name in places],
        "checks": [
            {"list": number, "topic": topics[topic], "name": item}
            for number, topic, where, items in checks
            if is_within(place, where)
            for item in items
        ],
    }


def labels() -> dict[str, Choices]:
    """What does not stand in the database."""
    return {
        "topics": [{"code": str(topic), "name": str(topic.label)} for topic in Topic],
        "care": [{"code": str(care), "name": str(care.label)} for care in Care],
    }


def _name(person: Person, on: date) -> str:
    return f"phone-lists:{prefix(town_of(person.division_code))}:{on}"


def _offered(town: str, on: date) -> list[list[Any]]:
    villages = [DivisionKind.VILLAGE.value, DivisionKind.COMMUNITY.value]
    with connection.cursor() as cursor:
        cursor.execute(_LISTS, {"on": on, "code": CODE, "town": town, "villages": villages})
        return [part or [] for part in cursor.fetchone()]


def unsorted() -> dict[str, str]:
    """The one type where a town keeps no list."""
    return {"code": "", "name": _("未分类")}
