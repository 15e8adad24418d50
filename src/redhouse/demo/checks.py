"""Do the data files fit one another? Each slip is named by file, row and field, with its mend."""

from collections.abc import Collection, Iterable

from redhouse.demo.source import EACH_VILLAGE, Source
from redhouse.demo.tables import slip
from redhouse.ground.bodies.facts import ADOPTIONS
from redhouse.ground.places.enums import VILLAGE_KINDS
from redhouse.ground.places.facts import PROFILE_LABELS
from redhouse.work.visits.enums import VisitMode


def check_source(source: Source) -> None:
    """What can be seen from the files alone. Raises DataFileError."""
    _unique("villages.csv", "code", [village.code for village in source.villages])
    _unique("places.csv", "code", [place.code for place in source.places])
    _unique("accounts.csv", "username", [account.username for account in source.accounts])
    _unique("venues.csv", "name", [venue.name for venue in source.venues])
    for number, village in enumerate(source.villages, start=2):
        if village.kind not in VILLAGE_KINDS:
            raise slip("villages.csv", number, "kind", f"“{village.kind}”不是村或社区。请填 village 或 community。")
    villages = {village.code for village in source.villages}
    for number, place in enumerate(source.places, start=2):
        if place.code[:12] not in villages:
            raise slip("places.csv", number, "code", f"“{place.code}”的前12位不是 villages.csv 里的村。请核对代码。")
    for number, venue in enumerate(source.venues, start=2):
        if not (venue.planned_on or venue.building_on or venue.in_use_on):
            raise slip("venues.csv", number, "planned_on", "规划、在建、启用三个日期都空着。请至少填一个。")
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
    for number, row in enumerate(source.adoptions, start=2):
        if row.kind not in ADOPTIONS:
            allowed = "、".join(ADOPTIONS)
            raise slip("adoptions.csv", number, "kind", f"“{row.kind}”不在可选值里。请从 {allowed} 中选一个。")


def check_references(source: Source, codes: Collection[str], bodies: Collection[str]) -> None:
    """What can be seen once divisions and bodies are laid out: nothing points at what is not there."""
    for number, org in enumerate(source.small_biz, start=2):
        if EACH_VILLAGE not in org.name and org.place not in codes:
            raise slip("small_biz.csv", number, "place", f"没有代码为“{org.place}”的区划。请核对代码。")
        if org.parent not in bodies:
            raise slip("small_biz.csv", number, "parent", f"没有名为“{org.parent}”的组织。请核对全称。")
    for number, venue in enumerate(source.venues, start=2):
        if venue.place not in codes:
            raise slip("venues.csv", number, "place", f"没有代码为“{venue.place}”的区划。请核对代码。")
    for number, row in enumerate(source.accounts, start=2):
        if row.place not in codes:
            raise slip("accounts.csv", number, "place", f"没有代码为“{row.place}”的区划。请核对代码。")
        if row.member_of and row.member_of not in bodies:
            raise slip("accounts.csv", number, "member_of", f"没有名为“{row.member_of}”的组织。请核对全称。")
        if bool(row.post) != bool(row.post_body):
            raise slip("accounts.csv", number, "post", "职务和任职组织要么都填，要么都空着。请补齐或删去。")
        if row.post_body and row.post_body not in bodies:
            raise slip("accounts.csv", number, "post_body", f"没有名为“{row.post_body}”的组织。请核对全称。")


def _unique(file: str, field: str, values: Iterable[str]) -> None:
    seen: dict[str, int] = {}
    for number, value in enumerate(values, start=2):
        if value in seen:
            raise slip(file, number, field, f"“{value}”与第{seen[value]}行重复。请改正其一。")
        seen[value] = number
