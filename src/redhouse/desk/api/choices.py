"""What a phone offers to choose from: everybody who comes home asks whether it changed, so each process reads it once a
minute for all of a town."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.utils.translation import gettext as _

from redhouse.desk.api.problems import CODE
from redhouse.ground.people.models import Person
from redhouse.ground.places.enums import DivisionKind
from redhouse.kit.divisions import is_within, prefix, town_of
from redhouse.work.visits.enums import Care, Topic

Choices = list[dict[str, str]]
KEPT = 60  # seconds

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


def lists_on(person: Person, on: date, *, anew: bool = False) -> dict[str, Choices]:
    """In the language of its person: topics and care marks, types of problems, villages of the town, checklists.
    `anew`: as they stand at this moment, for whoever was just refused by what has changed."""
    place = person.division_code
    types, places, checks = _offered(prefix(town_of(place)), on, anew)
    topics = {str(topic): str(topic.label) for topic in Topic}
    return {
        "topics": [{"code": code, "name": name} for code, name in topics.items()],
        "care": [{"code": str(care), "name": str(care.label)} for care in Care],
        "types": [{"code": code, "name": f"{group}：{name}"} for code, group, name in types] or [unsorted()],
        "places": [{"code": code, "name": name} for code, name in places],
        "checks": [
            {"list": number, "topic": topics[topic], "name": item}
            for number, topic, where, items in checks
            if is_within(place, where)
            for item in items
        ],
    }


def _offered(town: str, on: date, anew: bool) -> list[list[Any]]:
    """Types of problems, villages and checklists as the database has them; what changed reaches phones in a minute."""
    key = f"phone-lists:{town}:{on}"
    found: list[list[Any]] | None = None if anew else cache.get(key)
    if found is None:
        villages = [DivisionKind.VILLAGE.value, DivisionKind.COMMUNITY.value]
        with connection.cursor() as cursor:
            cursor.execute(_LISTS, {"on": on, "code": CODE, "town": town, "villages": villages})
            found = [part or [] for part in cursor.fetchone()]
        cache.set(key, found, KEPT)
    return found


def unsorted() -> dict[str, str]:
    """The one type where a town keeps no list."""
    return {"code": "", "name": _("未分类")}
