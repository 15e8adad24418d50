"""What the data files hold, as dataclasses, checked file by file and against one another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from redhouse.demo.tables import read_table, read_toml, slip, take
from redhouse.ground.bodies.enums import BodyKind, Sector
from redhouse.ground.people.enums import PostKind, Sex
from redhouse.ground.places.enums import DivisionKind, SpaceKind, VenueKind, VenueLevel
from redhouse.ground.places.facts import PROFILE_LABELS
from redhouse.work.visits.enums import VisitMode

FOLDER = Path(__file__).parent / "data"
EACH_VILLAGE = "每村"  # a place that stands for one row a village


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
    offices: list[Office]
    small_biz: list[SmallBizOrg]
    adoptions: list[Adoption]
    venues: list[VenueRow]
    rooms: list[Room]
    accounts: list[AccountRow]

    @property
    def town_code(self) -> str:
        return list(self.chain)[-1]

    @property
    def town_name(self) -> str:
        return self.chain[self.town_code]


def read_source(folder: Path = FOLDER) -> Source:
    """Read and check all files of a folder. Raises DataFileError."""
    town = read_toml(folder / "town.toml")
    tables: dict[str, Any] = {
        name: read_table(folder / f"{name}.csv", row_type)
        for name, row_type in {
            "villages": Village,
            "places": Place,
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
        name: take(town.pop(name, {}), row_type, "town.toml", name)  # type: ignore[arg-type]
        for name, row_type in plain.items()
    }
    parts["rounds"] = parts.pop("visits")
    parts["names"] = take(read_toml(folder / "names.toml"), Names, "names.toml")
    source = take(town | parts | tables, Source, "town.toml")
    _check(source)
    return source


def _check(source: Source) -> None:
    _unique("villages.csv", "code", [village.code for village in source.villages])
    _unique("places.csv", "code", [place.code for place in source.places])
    _unique("accounts.csv", "username", [account.username for account in source.accounts])
    _unique("venues.csv", "name", [venue.name for venue in source.venues])
    for number, village in enumerate(source.villages, start=2):
        if village.kind not in (DivisionKind.VILLAGE, DivisionKind.COMMUNITY):
            raise slip("villages.csv", number, "kind", f"“{village.kind}”不是村或社区。请填 village 或 community。")
    villages = {village.code for village in source.villages}
    for number, place in enumerate(source.places, start=2):
        if place.code[:12] not in villages:
            raise slip("places.csv", number, "code", f"“{place.code}”的前12位不是 villages.csv 里的村。请核对代码。")
    for number, venue in enumerate(source.venues, start=2):
        if not (venue.planned_on or venue.building_on or venue.in_use_on):
            raise slip("venues.csv", number, "planned_on", "规划、在建、启用三个日期都空着。请至少填一个。")
        if venue.place != source.town_code and venue.place[:12] not in villages:
            raise slip("venues.csv", number, "place", f"“{venue.place}”不在本镇。请核对代码。")
    venues = {venue.name for venue in source.venues}
    for number, room in enumerate(source.rooms, start=2):
        if room.venue not in venues:
            raise slip("rooms.csv", number, "venue", f"venues.csv 里没有“{room.venue}”。请核对名称。")
    for label in source.profile:
        if label not in PROFILE_LABELS:
            raise slip("town.toml", None, f"[profile] {label}", f"没有这一项，可用的是 {'、'.join(PROFILE_LABELS)}。")
    if sum(source.rounds.modes.values()) != 100 or set(source.rounds.modes) != set(VisitMode.values):
        raise slip("town.toml", None, "[visits.modes]", f"应是 {'、'.join(VisitMode.values)} 三项，合计100。请改正。")
    if source.rounds.windows != sorted(set(source.rounds.windows)) or len(source.rounds.windows) < 2:
        raise slip("town.toml", None, "[visits] windows", "日期应由早到晚，各不相同。请改正。")
    stated = sum(village.households or 0 for village in source.villages)
    if stated > source.sizes.households:
        raise slip("villages.csv", None, "households", f"各村合计 {stated} 户，超过全镇 {source.sizes.households} 户。")


def _unique(file: str, field: str, values: Iterable[str]) -> None:
    seen: dict[str, int] = {}
    for number, value in enumerate(values, start=2):
        if value in seen:
            raise slip(file, number, field, f"“{value}”与第{seen[value]}行重复。请改正其一。")
        seen[value] = number
