"""Public facts of villages: what stands there and in which state. Read by the role that can see no name of anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from redhouse.desk.public.moment import Moment
from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.places.enums import VenueKind, VenueLevel, VenueState
from redhouse.kit.divisions import prefix
from redhouse.work.answers.queries import Answer, all_by_village, answers, load_figures
from redhouse.work.answers.queries.runs import reading

STANDS = "{0}.from_on <= %(as_of)s AND ({0}.until_on IS NULL OR {0}.until_on > %(as_of)s)"

VILLAGES = f"""
SELECT d.code, d.name, d.kind, coalesce(b.n, 0) AS bodies, coalesce(v.n, 0) AS venues
FROM division d
LEFT JOIN (SELECT substr(b.division_code, 1, 12) AS code, count(*) AS n FROM body b WHERE {STANDS.format("b")}
  GROUP BY 1) b ON b.code = d.code
LEFT JOIN (SELECT substr(v.division_code, 1, 12) AS code, count(*) AS n FROM venue v WHERE {STANDS.format("v")}
  GROUP BY 1) v ON v.code = d.code
WHERE d.kind IN ('village', 'community') AND d.code LIKE %(prefix)s AND {STANDS.format("d")}
ORDER BY d.code
"""

VENUES = f"""
SELECT v.venue_id, v.division_code, d.name, v.name, v.level, v.kind, v.served, s.state, s.from_on, v.target_on
FROM venue v
LEFT JOIN venue_status s ON s.venue_id = v.venue_id AND {STANDS.format("s")}
LEFT JOIN division d ON d.code = substr(v.division_code, 1, 12) AND {STANDS.format("d")}
WHERE v.division_code LIKE %(prefix)s AND {STANDS.format("v")}
ORDER BY CASE v.level WHEN 'town' THEN 0 WHEN 'village' THEN 1 ELSE 2 END, v.kind, v.division_code, v.name
"""

BODIES = f"""
SELECT b.kind, b.name, b.is_joint, b.is_area, b.from_on
FROM body b
WHERE b.division_code LIKE %(prefix)s AND {STANDS.format("b")}
ORDER BY b.kind, b.division_code, b.name
"""


@dataclass(frozen=True)
class Village:
    """One village: counts of what stands there, its centre's state, and three of the town's figures for it."""

    code: str
    name: str
    kind: str
    bodies: int
    venues: int
    visits: Answer
    rate: Answer
    coverage: Answer
    centre: Answer

    @property
    def short_name(self) -> str:
        """大同社区 -> 大同, for small places; 简村村 -> 简村."""
        for ending in ("社区", "村"):
            if self.name.endswith(ending) and len(self.name) > len(ending) + 1:
                return self.name.removesuffix(ending)
        return self.name

    @property
    def centre_part(self) -> str:
        """in_use, building or other."""
        return next((part for part in self.centre.figure.part_names if self.centre.parts.get(part)), "other")

    @property
    def centre_name(self) -> str:
        return self.centre.figure.part_names[self.centre_part]


@dataclass(frozen=True)
class VenueRow:
    venue_id: int
    division_code: str
    village: str | None
    name: str
    level: str
    kind: str
    served: int
    state: str | None
    since_on: date | None
    target_on: date | None

    @property
    def level_name(self) -> str | Promise:
        return VenueLevel(self.level).label

    @property
    def kind_name(self) -> str | Promise:
        return VenueKind(self.kind).label

    @property
    def state_name(self) -> str | Promise:
        """A venue without a state says so: the register does not know, and nobody guesses."""
        return VenueState(self.state).label if self.state else _("未述")


@dataclass(frozen=True)
class BodyRow:
    kind: str
    name: str
    is_joint: bool
    is_area: bool
    from_on: date

    @property
    def kind_name(self) -> str | Promise:
        return BodyKind(self.kind).label


def villages(moment: Moment) -> list[Village]:
    """Every village of the town, in order of code; the number of queries does not grow with theirs."""
    figures = load_figures()
    of_town = answers([figures[key] for key in ("F03", "F04", "F05", "F07")], moment.code, moment.as_of, moment.cut)
    counted = [{one.answer.division_code: one.answer for one in found} for found in all_by_village(of_town)]
    return [Village(*row, *(found[row[0]] for found in counted)) for row in _read(VILLAGES, moment, moment.code)]


def venues(moment: Moment, code: str) -> list[VenueRow]:
    """The venues of a division and below: the town's first, then by kind."""
    return [VenueRow(*row) for row in _read(VENUES, moment, code)]


def bodies(moment: Moment, code: str) -> list[BodyRow]:
    """The organisations of a division and below."""
    return [BodyRow(*row) for row in _read(BODIES, moment, code)]


def _read(query: str, moment: Moment, code: str) -> list[tuple[Any, ...]]:
    with reading() as cursor:
        cursor.execute(query, {"as_of": moment.as_of, "prefix": f"{prefix(code)}%"})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
