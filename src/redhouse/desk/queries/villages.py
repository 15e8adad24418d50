"""The villages of the town: what everybody in the house may know, and what one's posts let one count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from redhouse.desk.queries.bodies import Node, bodies_at, nodes
from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.bodies.enums import BodyKind, Sector
from redhouse.ground.bodies.models import Body
from redhouse.ground.people.models import Household, Person
from redhouse.ground.people.queries import count_homes, count_homes_and_grids, homes_in
from redhouse.ground.places.enums import VILLAGE_KINDS, DivisionKind, VenueKind, VenueLevel, VenueState
from redhouse.ground.places.models import Division, Venue
from redhouse.ground.places.queries import places_in, venues_with_state, villages, within
from redhouse.kit.divisions import CODE_LENGTH, PREFIX_LENGTHS, Level
from redhouse.work.answers.queries import Brief, five_figures, homes_by_village

HOMES_A_PAGE = 50
_TILES = {VenueState.IN_USE: ("use", "check"), VenueState.BUILDING: ("build", "half")}
_PLAIN = ("plan", "dot")


@dataclass(frozen=True)
class Line:
    """One village in the list. `households` and `residents` are None where the viewer's posts do not reach."""

    division: Division
    centre: Venue | None
    party: Node | None
    households: int | None
    residents: int | None

    @property
    def state(self) -> VenueState | None:
        """Of the village's own service centre; None where none is registered."""
        return VenueState(self.centre.state) if self.centre and self.centre.state else None  # type: ignore[attr-defined]

    @property
    def css(self) -> str:
        return _TILES.get(self.state, _PLAIN)[0] if self.state else _PLAIN[0]

    @property
    def icon(self) -> str:
        return _TILES.get(self.state, _PLAIN)[1] if self.state else _PLAIN[1]


def lines(viewer: Person | None, *, today: date, on: date) -> list[Line]:
    """Every village, in as many queries for one as for all."""
    divisions = list(villages(on))
    centres = {
        venue.division_code: venue
        for venue in venues_with_state(on).filter(kind=VenueKind.CENTRE, level=VenueLevel.VILLAGE)
    }
    leading = Body.objects.as_of(on).filter(
        division_code__in=[division.code for division in divisions],
        kind__in=(BodyKind.PARTY_COMMITTEE, BodyKind.PARTY_GENERAL_BRANCH),
        sector=Sector.TERRITORY,
    )
    parties = {node.body.division_code: node for node in nodes(leading, on)}
    reach = reach_of(viewer, Verb.SEE_PEOPLE, today)
    homes = _homes(reach, on)
    return [
        Line(
            division=division,
            centre=centres.get(division.code),
            party=parties.get(division.code),
            households=homes.get(division.code, (0, 0))[0] if covers(reach, division.code) else None,
            residents=homes.get(division.code, (0, 0))[1] if covers(reach, division.code) else None,
        )
        for division in divisions
    ]


def town_venues(on: date) -> list[Venue]:
    """Venues of the town itself."""
    return list(venues_with_state(on).filter(level=VenueLevel.TOWN))


@dataclass(frozen=True)
class Place:
    """A society, estate, grid … with the homes in it; None where the viewer's posts do not reach."""

    division: Division
    households: int | None
    residents: int | None

    @property
    def kind_name(self) -> str | Promise:
        """Not `get_kind_display`, which translates every kind that there is to find one, in each row."""
        return DivisionKind(self.division.kind).label


@dataclass(frozen=True)
class Village:
    division: Division
    bodies: list[Node]
    venues: list[Venue]
    homes: list[Place]  # societies and estates
    grids: list[Place]
    others: list[Division]
    households: int | None
    residents: int | None
    five: list[Brief] | None  # None: this viewer may not see the sheet

    @property
    def party(self) -> Node | None:
        """The village's own party organisation."""
        kinds = (BodyKind.PARTY_COMMITTEE, BodyKind.PARTY_GENERAL_BRANCH)
        return next((node for node in self.bodies if node.body.kind in kinds), None)


def village_at(code: str, on: date) -> Division | None:
    return Division.objects.as_of(on).filter(code=code, kind__in=VILLAGE_KINDS).first()


def reach_in(viewer: Person | None, code: str, today: date) -> tuple[str, ...]:
    """How far the viewer's posts reach in a village: its own code for all of it, codes below it for parts."""
    reach = [prefix for prefix in reach_of(viewer, Verb.SEE_PEOPLE, today) if _touches(prefix, code)]
    return tuple(max(prefix, code, key=len) for prefix in reach)


def village(division: Division, reach: Sequence[str], *, with_sheet: bool, on: date) -> Village:
    """Everything on the page of one village, for whoever reaches so far in it (`reach_in`)."""
    code = division.code
    is_whole = covers(reach, code)
    counted, by_grid = count_homes_and_grids(reach, on)
    rows = [
        (row, covers(reach, row.code), (by_grid if row.kind == DivisionKind.GRID else counted).get(row.code, (0, 0)))
        for row in places_in(code, on)
    ]
    places = [Place(row, count[0] if seen else None, count[1] if seen else None) for row, seen, count in rows]
    homes = (DivisionKind.SOCIETY, DivisionKind.ESTATE)
    return Village(
        division=division,
        bodies=bodies_at(code, on),
        venues=list(venues_with_state(on).filter(within([code]))),
        homes=[place for place in places if place.division.kind in homes],
        grids=[place for place in places if place.division.kind == DivisionKind.GRID],
        others=[place.division for place in places if place.division.kind not in (*homes, DivisionKind.GRID)],
        households=sum(count[0] for count in counted.values()) if is_whole else None,
        residents=sum(count[1] for count in counted.values()) if is_whole else None,
        five=five_figures(code, on) if with_sheet else None,
    )


@dataclass(frozen=True)
class Homes:
    """The homes of one place, for somebody whose post reaches it."""

    division: Division
    rows: list[Household]
    page: int
    has_more: bool


def place_for(viewer: Person, code: str, *, today: date, on: date) -> Division | None:
    """A village or place within reach; else None, so that a stranger cannot tell what exists."""
    if not covers(reach_of(viewer, Verb.SEE_PEOPLE, today), code):
        return None
    division: Division | None = Division.objects.as_of(on).filter(code=code).first()
    return division


def homes_of(division: Division, page: int, on: date) -> Homes:
    start = (page - 1) * HOMES_A_PAGE
    if division.kind == DivisionKind.GRID:
        found = homes_in([division.code[:CODE_LENGTH]], on).filter(dwelling__grid_code=division.code)
    else:
        found = homes_in([division.code], on)
    rows = list(found[start : start + HOMES_A_PAGE + 1])
    return Homes(division, rows[:HOMES_A_PAGE], page, len(rows) > HOMES_A_PAGE)


def covers(prefixes: Iterable[str], code: str) -> bool:
    """Whether one of the prefixes holds the whole division."""
    return any(code.startswith(prefix) for prefix in prefixes)


def _touches(prefix: str, code: str) -> bool:
    return prefix.startswith(code) or code.startswith(prefix)


def _homes(reach: Iterable[str], on: date) -> dict[str, tuple[int, int]]:
    """By village within reach: a whole town from the memo, a village or less from its rows."""
    wide = [prefix for prefix in reach if len(prefix) <= PREFIX_LENGTHS[Level.TOWN]]
    found = _by_village(count_homes([prefix for prefix in reach if prefix not in wide], on))
    for prefix in wide:
        found |= homes_by_village(prefix.ljust(CODE_LENGTH, "0"), on)
    return found


def _by_village(counted: dict[str, tuple[int, int]]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for code, (households, residents) in counted.items():
        before = found.get(code[:CODE_LENGTH], (0, 0))
        found[code[:CODE_LENGTH]] = before[0] + households, before[1] + residents
    return found
