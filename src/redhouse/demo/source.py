"""What the data files hold, as dataclasses."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from redhouse.demo.tables import read_table, read_toml, take
from redhouse.ground.bodies.enums import BodyKind, Sector
from redhouse.ground.people.enums import PostKind, Sex
from redhouse.ground.places.enums import DivisionKind, SpaceKind, VenueKind, VenueLevel

FOLDER = Path(__file__).parent / "data"
EACH_VILLAGE = "{village}"  # in the name of a small-business organisation: one for each village


@dataclass(frozen=True)
class Village:
    """Empty numbers are filled by the generator."""

    code: str
    name: str
    kind: DivisionKind
    source: str
    is_inferred: bool
    households: int | None
    people: int | None
    members: int | None
    societies: int | None

    @property
    def label(self) -> str:
        return self.name + ("社区" if self.kind == DivisionKind.COMMUNITY else "村")


@dataclass(frozen=True)
class Place:
    code: str
    name: str
    kind: DivisionKind
    source: str
    is_inferred: bool


@dataclass(frozen=True)
class SocietySize:
    """A society whose size is stated: households, members of the collective, shares that they hold together."""

    code: str
    households: int
    members: int
    shares: int
    source: str


@dataclass(frozen=True)
class Office:
    name: str


@dataclass(frozen=True)
class SmallBizOrg:
    name: str
    kind: BodyKind
    sector: Sector
    place: str
    parent: str
    is_joint: bool
    founded_on: date
    registered: int
    floating: int
    is_demonstration: bool


@dataclass(frozen=True)
class Adoption:
    kind: str
    label: str
    is_named: bool
    on: date
    what: str


@dataclass(frozen=True)
class VenueRow:
    place: str
    name: str
    kind: VenueKind
    level: VenueLevel
    planned_on: date | None
    building_on: date | None
    in_use_on: date | None
    target_on: date | None
    served: int
    source: str


@dataclass(frozen=True)
class Room:
    venue: str
    name: str
    kind: SpaceKind
    seats: int
    volumes: int
    change: str
    on: date


@dataclass(frozen=True)
class AccountRow:
    username: str
    name: str
    sex: Sex
    place: str
    member_of: str
    post: PostKind | None
    post_body: str
    note: str


@dataclass(frozen=True)
class MatterRow:
    """One matter of the demo: begun `days_ago` before the day on which the demo is built, or where that is zero on the
    day `on`. It waits at the step `stop`, or goes to its end. Money in fen; `present` and `favour` in percent, of the
    roll and of those who are there."""

    code: str
    host: str
    title: str
    text: str
    facts: dict[str, str]
    days_ago: int = 0
    on: date = date.min
    stop: str = ""
    amount: int = 0
    lead_minimum: int = 80
    explained: int = 100  # percent of the households, once the members are at it
    present: int = 86
    favour: int = 95
    ballots: bool = False  # the assembly votes on the day itself, on paper and online, and the box is still open
    opinions: list[dict[str, str]] = field(default_factory=list)
    objections: list[dict[str, str]] = field(default_factory=list)
    returned: str = ""  # why the village secretary returned it
    suspended: str = ""  # why it was suspended

    def begins(self, today: date) -> date:
        return today - timedelta(days=self.days_ago) if self.days_ago else self.on


@dataclass(frozen=True)
class Sizes:
    """Totals that the generator meets exactly."""

    households: int
    households_per_grid: int
    estates: int
    estate_households: int
    estate_people: int
    societies: int
    registered_members: int
    office_members: int
    committee_members: int
    visits: int


@dataclass(frozen=True)
class Rounds:
    """When visits happen: `windows` are borders of periods, `modes` shares of a hundred, rates percent."""

    windows: list[date]
    village_rates: list[int]
    modes: dict[str, int]


@dataclass(frozen=True)
class Names:
    surnames: str
    male: str
    female: str
    estate_first: str
    estate_second: list[str]
    streets: list[str]


@dataclass(frozen=True)
class Source:
    """Everything the files state."""

    as_of: date
    founded_on: date
    counted_on: date
    committee: str
    chain: dict[str, str]
    sizes: Sizes
    rounds: Rounds
    profile: dict[str, int]
    names: Names
    villages: list[Village]
    places: list[Place]
    societies: list[SocietySize]
    offices: list[Office]
    small_biz: list[SmallBizOrg]
    adoptions: list[Adoption]
    venues: list[VenueRow]
    rooms: list[Room]
    accounts: list[AccountRow]
    matters: list[MatterRow]

    @property
    def town_code(self) -> str:
        return list(self.chain)[-1]

    @property
    def town_name(self) -> str:
        return self.chain[self.town_code]


def read_source(folder: Path = FOLDER) -> Source:
    """Read all files of a folder; `checks` compares them with one another. Raises DataFileError."""
    town = read_toml(folder / "town.toml")
    tables: dict[str, Any] = {
        name: read_table(folder / f"{name}.csv", row_type)
        for name, row_type in {
            "villages": Village,
            "places": Place,
            "societies": SocietySize,
            "offices": Office,
            "small_biz": SmallBizOrg,
            "adoptions": Adoption,
            "venues": VenueRow,
            "rooms": Room,
            "accounts": AccountRow,
        }.items()
    }
    plain = {"sizes": Sizes, "visits": Rounds}
    parts: dict[str, Any] = {
        name: take(town.pop(name, {}), row_type, "town.toml", name) for name, row_type in plain.items()
    }
    parts["rounds"] = parts.pop("visits")
    rows = read_toml(folder / "matters.toml").get("matter", [])
    parts["matters"] = [take(row, MatterRow, "matters.toml", row.get("title", "matter")) for row in rows]
    parts["names"] = take(read_toml(folder / "names.toml"), Names, "names.toml")
    return take(town | parts | tables, Source, "town.toml")
