"""What contact amounts to: coverage, frequency, person-times, by village, place, month and, for those who arrange it,
by member. Counted from the ledger at the moment of asking; shares are kept as two whole numbers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.people.models import Person
from redhouse.ground.places.models import Division
from redhouse.kit.divisions import CODE_LENGTH, PREFIX_LENGTHS, Level, level, prefix
from redhouse.kit.numbers import percent
from redhouse.kit.today import today
from redhouse.work.visits.facts import VISIT_RECORDED
from redhouse.work.visits.queries.problems import Count, count_problems

_VISITS = """
SELECT {group}, count(*), count(DISTINCT f.subject_id) FROM ledger_fact f
WHERE f.kind = %(kind)s AND f.division_code LIKE %(inside)s AND f.happened_on BETWEEN %(from_on)s AND %(last_on)s
AND NOT EXISTS (SELECT 1 FROM ledger_fact c WHERE c.corrects_id = f.fact_id)
GROUP BY 1
"""
_HOMES = """
SELECT substr(h.division_code, 1, %(digits)s), count(*), count(*) FILTER (WHERE EXISTS (
  SELECT 1 FROM visits_householdcontact c WHERE c.household_id = h.id
  AND c.from_on <= %(last_on)s AND (c.until_on IS NULL OR c.until_on > %(last_on)s)))
FROM people_household h
WHERE h.division_code LIKE %(inside)s AND h.from_on <= %(last_on)s AND (h.until_on IS NULL OR h.until_on > %(last_on)s)
GROUP BY 1
"""


@dataclass(frozen=True)
class Line:
    """One place, month or member: households, those with contact, those seen, and visits."""

    key: str
    name: str
    homes: int = 0
    kept: int = 0
    seen: int = 0
    visits: int = 0

    @property
    def coverage(self) -> str:
        """Households with somebody who keeps contact, of all."""
        return percent(self.kept, self.homes, 1)

    @property
    def reached(self) -> str:
        """Households seen at least once, of all."""
        return percent(self.seen, self.homes, 1)

    @property
    def frequency(self) -> str:
        """Visits a household; may exceed 100 %."""
        return percent(self.visits, self.homes, 1)


@dataclass(frozen=True)
class Figures:
    """The whole and its parts; the parts of `lines` add up to `total`."""

    division: Division
    from_on: date
    last_on: date
    total: Line
    lines: list[Line]
    months: list[Line]
    members: list[Line]
    problems: Count


def division_for(person: Person, code: str) -> Division | None:
    """A town, village or place whose contact this person may count."""
    found = Division.objects.as_of(today()).filter(code=code).first()
    reach = reach_of(person, Verb.SEE_PEOPLE, today())
    return found if found and any(prefix(code).startswith(each) for each in reach) else None


def own_division(person: Person, on: date) -> str | None:
    """Where the page begins: the widest place within reach."""
    reach = reach_of(person, Verb.SEE_PEOPLE, on)
    return min(reach, key=len).ljust(CODE_LENGTH, "0") if reach else None


def figures(division: Division, from_on: date, last_on: date, *, by_member: bool) -> Figures:
    """Counted within the reach that is set on the connection. `by_member` only for those who arrange contact there."""
    digits = _digits(division.code)
    values = {
        "kind": VISIT_RECORDED,
        "inside": prefix(division.code) + "%",
        "from_on": from_on,
        "last_on": last_on,
        "digits": digits,
    }
    visits = _rows(_VISITS.format(group="substr(f.division_code, 1, %(digits)s)"), values)
    homes = _rows(_HOMES, values)
    codes = sorted({*visits, *homes})
    names = dict(Division.objects.as_of(last_on).filter(code__in=codes).values_list("code", "name"))
    lines = [Line(code, names.get(code, code), *homes.get(code, (0, 0)), *_seen(visits.get(code))) for code in codes]
    months = [
        Line(month, month, *(0, 0), *_seen(counts))
        for month, counts in sorted(_rows(_VISITS.format(group="to_char(f.happened_on, 'YYYY-MM')"), values).items())
    ]
    total = Line(
        division.code,
        division.name,
        *(sum(getattr(line, field) for line in lines) for field in ("homes", "kept", "seen", "visits")),
    )
    members = _members(values) if by_member else []
    problems = count_problems(prefix(division.code), from_on, last_on)
    return Figures(division, from_on, last_on, total, lines, months, members, problems)


def _digits(code: str) -> int:
    return PREFIX_LENGTHS[Level.VILLAGE if level(code) <= Level.TOWN else Level.PLACE]


def _seen(counts: tuple[int, int] | None) -> tuple[int, int]:
    """(seen, visits) from (visits, seen)."""
    return (counts[1], counts[0]) if counts else (0, 0)


def _rows(sql: str, values: dict[str, Any]) -> dict[str, tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {str(key): (first, second) for key, first, second in cursor.fetchall()}


def _members(values: dict[str, Any]) -> list[Line]:
    """By name, never by number: the list is for arranging, not for comparing."""
    visits = _rows(_VISITS.format(group="f.actor_id"), values)
    kept: dict[str, int] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT member_id, count(*) FROM visits_householdcontact WHERE division_code LIKE %(inside)s"
            " AND from_on <= %(last_on)s AND (until_on IS NULL OR until_on > %(last_on)s) GROUP BY 1",
            values,
        )
        kept = {str(key): count for key, count in cursor.fetchall()}
    people = Person.objects.filter(pk__in={int(key) for key in {*visits, *kept} if key != "None"})
    rows = people.order_by("division_code", "name", "pk").values_list("pk", "name")
    return [
        Line(str(pk), name, kept.get(str(pk), 0), kept.get(str(pk), 0), *_seen(visits.get(str(pk))))
        for pk, name in rows
    ]
