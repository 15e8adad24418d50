"""The whole town as plain data, built from the files and a seed. Nothing here touches a database."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from redhouse.demo import layout, membership, organisations
from redhouse.demo.checks import check_references, check_source
from redhouse.demo.collectives import PlannedMember, members_of
from redhouse.demo.layout import VillagePlan
from redhouse.demo.membership import Rolls
from redhouse.demo.organisations import PlannedBody, PlannedRelation
from redhouse.demo.persons import Register, heads
from redhouse.demo.source import Source
from redhouse.ground.people.actions import NewPerson
from redhouse.ground.places.actions import NewDivision, NewDwelling
from redhouse.ground.places.enums import DivisionKind

FLOORS, DOORS_A_FLOOR = 15, 4
STREETS = 4  # in a society


class PlannedVisit(NamedTuple):
    """`home` is the place of the household in its village."""

    day: date
    home: int
    mode: str


@dataclass
class Homes:
    """The households of a village; place n of each list belongs to household n."""

    code: str
    dwellings: list[NewDwelling]
    residents: list[int]
    heads: list[NewPerson]
    members: list[int]  # who keeps contact with household n: a place in `Town.register`
    visits: int
    known_heads: dict[int, int] = field(default_factory=dict)  # household -> a place in `Town.register`
    collectives: dict[str, list[PlannedMember]] = field(default_factory=dict)  # society -> its members


@dataclass
class Town:
    source: Source
    seed: int
    divisions: list[NewDivision]
    bodies: list[PlannedBody]
    relations: list[PlannedRelation]
    persons: list[NewPerson]  # members and holders of posts; heads of households are in `homes`
    rolls: Rolls
    homes: list[Homes]

    @property
    def households(self) -> int:
        return sum(len(homes.dwellings) for homes in self.homes)

    def visits_of(self, homes: Homes) -> Iterator[PlannedVisit]:
        """The year's visits of a village, by day.

        A household has one chance in each window of the year, and exactly `homes.visits` of all chances are taken:
        so the sum is exact, nobody calls twice on one day, and short windows are busy times.
        """
        rng, rounds = Random(f"{self.seed}:visits:{homes.code}"), self.source.rounds
        windows = [
            [begin + timedelta(days=n) for n in range((end - begin).days)]
            for begin, end in zip(rounds.windows, rounds.windows[1:], strict=False)
        ]
        count = len(windows)
        chances = rng.sample(range(count * len(homes.members)), homes.visits)
        modes = rng.choices(list(rounds.modes), list(rounds.modes.values()), k=homes.visits)
        calls = [(rng.choice(windows[chance % count]), chance // count) for chance in chances]
        for (day, home), mode in zip(sorted(calls), modes, strict=True):
            yield PlannedVisit(day, home, mode)


def build_town(source: Source, seed: int = 2018) -> Town:
    """The same files and seed give the same town. Raises DataFileError where the files do not fit together."""
    check_source(source)
    plans = layout.lay_out(source, seed)
    divisions = layout.divisions(source, plans)
    bodies, relations = organisations.organise(source, plans)
    known = {body.name for body in bodies} | {org.name for org in source.small_biz}
    check_references(source, {division.code for division in divisions}, known)
    register = Register(source.names, seed)
    rolls = membership.enrol(source, plans, register, seed)
    homes = [_homes(source, plan, rolls, seed) for plan in plans]
    for plan, village in zip(plans, homes, strict=True):
        if plan.village.societies and plan.village.kind == DivisionKind.VILLAGE:  # 新田, whose societies have matters
            _share_out(plan, village, register, source, seed)
    return Town(source, seed, divisions, bodies, relations, register.persons, rolls, homes)


def _homes(source: Source, plan: VillagePlan, rolls: Rolls, seed: int) -> Homes:
    rng = Random(f"{seed}:homes:{plan.village.code}")
    dwellings: list[NewDwelling] = []
    residents: list[int] = []
    for site in plan.homes:
        streets = rng.sample(source.names.streets, STREETS)
        for number in range(site.households):
            door = _flat(number) if site.kind == DivisionKind.ESTATE else _house(number, streets)
            grid = layout.grid_code(plan, len(dwellings))
            dwellings.append(NewDwelling(site.code, grid, door, source.counted_on))
        residents += layout.residents(site, rng)
    members = rolls.contacts[plan.village.code]
    homes = Homes(
        plan.village.code,
        dwellings,
        residents,
        heads([dwelling.division_code for dwelling in dwellings], source.names, rng),
        [members[place * len(members) // len(dwellings)] for place in range(len(dwellings))],
        plan.visits,
    )
    _give_homes(source, rolls, homes)
    return homes


def _share_out(plan: VillagePlan, homes: Homes, register: Register, source: Source, seed: int) -> None:
    """Every society of a village gets its members, by household."""
    rng = Random(f"{seed}:collectives:{homes.code}")
    heads_known = set(homes.known_heads.values())
    for site in plan.homes:
        if site.kind == DivisionKind.SOCIETY:
            own = [n for n, door in enumerate(homes.dwellings) if door.division_code == site.code]
            known = [
                place
                for place, person in enumerate(register.persons)
                if person.division_code == site.code and place not in heads_known
            ]
            size = next((row for row in source.societies if row.code == site.code), None)
            members = members_of(own, homes.residents, known, site.code, source.names, rng, size)
            homes.collectives[site.name] = [*members]


def _give_homes(source: Source, rolls: Rolls, homes: Homes) -> None:
    """Residents without a post who may sign in are heads of a household where the file says they live."""
    for row in source.accounts:
        if not row.member_of and row.post is None and row.place[:12] == homes.code:
            places = [n for n, door in enumerate(homes.dwellings) if door.division_code == row.place]
            free = next(place for place in places if place not in homes.known_heads)
            homes.known_heads[free] = rolls.accounts[row.username]


def _flat(number: int) -> str:
    building, rest = divmod(number, FLOORS * DOORS_A_FLOOR)
    floor, door = divmod(rest, DOORS_A_FLOOR)
    return f"{building + 1}栋{floor + 1}{door + 1:02}"


def _house(number: int, streets: list[str]) -> str:
    return f"{streets[number % len(streets)]}{number // len(streets) + 1}号"
