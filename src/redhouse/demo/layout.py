"""Where people live: villages, societies, estates, grids, and how many households and residents each has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from redhouse.demo.source import EACH_VILLAGE, SocietySize, Source, Village
from redhouse.demo.tables import slip
from redhouse.ground.places.actions import NewDivision
from redhouse.ground.places.enums import DivisionKind
from redhouse.kit.tally import apportion

SIZES, SHARES = range(1, 8), (12, 24, 27, 20, 10, 5, 2)  # residents of a household, and how common
LARGEST = 9  # residents
ESTATE_SHARE = 7, 10  # at most so many of a community's households live in estates
GROWN_UP = 3, 4  # of the people where the members of a society are stated
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Site:
    """A place inside a village. `people` is given where a total has to be met."""

    code: str
    name: str
    kind: DivisionKind
    source: str = "生成"
    is_inferred: bool = True
    households: int = 0
    people: int | None = None


@dataclass
class VillagePlan:
    village: Village
    households: int
    members: int
    visits: int
    grids: int
    homes: list[Site] = field(default_factory=list)  # where households are: societies, then estates
    others: list[Site] = field(default_factory=list)  # market, park, office building, commercial area


def lay_out(source: Source, seed: int) -> list[VillagePlan]:
    """Share the town's totals out over its villages, exactly."""
    rng, sizes, villages = Random(f"{seed}:layout"), source.sizes, source.villages
    is_community = [village.kind == DivisionKind.COMMUNITY for village in villages]
    households = _fill(
        "households", sizes.households, villages, [rng.randint(14, 24) * (4 + city) for city in is_community]
    )
    societies = _fill("societies", sizes.societies, villages, [10 - 2 * city for city in is_community])
    in_small_biz = sum(org.registered * (len(villages) if EACH_VILLAGE in org.name else 1) for org in source.small_biz)
    members = _fill("members", sizes.registered_members - sizes.office_members - in_small_biz, villages, households)
    low, high = source.rounds.village_rates
    visits = apportion(sizes.visits, [count * rng.randint(low, high) for count in households])
    plans = [
        VillagePlan(village, homes, ties, calls, -(-homes // sizes.households_per_grid))
        for village, homes, ties, calls in zip(villages, households, members, visits, strict=True)
    ]
    estates = _estates(source, plans, rng)
    for plan, count in zip(plans, societies, strict=True):
        stated = {row.code: row for row in source.societies if row.code[:12] == plan.village.code}
        _settle(plan, count, estates[plan.village.code], stated, rng)
        plan.others = [
            Site(place.code, place.name, place.kind, place.source, place.is_inferred)
            for place in source.places
            if place.code[:12] == plan.village.code and place.kind != DivisionKind.ESTATE
        ]
    return plans


def divisions(source: Source, plans: Sequence[VillagePlan]) -> list[NewDivision]:
    """The chain down to the town, the villages, and everything inside them."""
    on = source.founded_on
    kinds = (DivisionKind.CITY, DivisionKind.COUNTY, DivisionKind.TOWN)
    rows = [
        NewDivision(code, kind, name, on, "统计区划代码")
        for kind, (code, name) in zip(kinds, source.chain.items(), strict=True)
    ]
    for plan in plans:
        village = plan.village
        rows.append(NewDivision(village.code, village.kind, village.label, on, village.source, village.is_inferred))
        rows.extend(
            NewDivision(site.code, site.kind, site.name, on, site.source, site.is_inferred)
            for site in (*plan.homes, *plan.others, *_grids(plan))
        )
    return rows


def grid_code(plan: VillagePlan, position: int) -> str:
    """The grid of the household at `position` in its village: grids take equal, neighbouring parts."""
    return f"{plan.village.code}9{position * plan.grids // plan.households + 1:02}"


def residents(site: Site, rng: Random) -> list[int]:
    """Residents of each household of a site; they add up to `people` where that is given."""
    sizes = rng.choices(SIZES, SHARES, k=site.households)
    if site.people is None:
        return sizes
    if not site.households <= site.people <= LARGEST * site.households:
        raise slip("town.toml", None, site.name, f"{site.households} 户住不下 {site.people} 人。请改正户数或人数。")
    left = site.people - sum(sizes)
    step = 1 if left > 0 else -1
    while left:
        place = rng.randrange(site.households)
        if 1 <= sizes[place] + step <= LARGEST:
            sizes[place] += step
            left -= step
    return sizes


def chinese(number: int) -> str:
    """1 to 99 as it is written in a name: 三, 十三, 二十."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + (DIGITS[ones] if ones else "")


def _fill(column: str, total: int, villages: Sequence[Village], weights: Sequence[int]) -> list[int]:
    """What the file states, and the rest of the total shared out over the villages it is silent about."""
    stated = [getattr(village, column) for village in villages]
    rest = total - sum(filter(None, stated))
    open_weights = [weight if known is None else 0 for known, weight in zip(stated, weights, strict=True)]
    if rest < 0 or (rest and not any(open_weights)):
        raise slip("villages.csv", None, column, f"各村所填与全镇 {total} 不符（差 {rest}）。请改正或留空。")
    shared = apportion(rest, open_weights)
    return [part if known is None else known for known, part in zip(stated, shared, strict=True)]


def _estates(source: Source, plans: Sequence[VillagePlan], rng: Random) -> dict[str, list[Site]]:
    """The estates of each village: named ones where they are, the others one by one into the roomiest community."""
    sizes, names = source.sizes, source.names
    households = sorted(
        apportion(sizes.estate_households, [rng.randint(40, 130) for _ in range(sizes.estates)]), reverse=True
    )
    people = apportion(sizes.estate_people, households)
    share, of = ESTATE_SHARE
    room = {
        plan.village.code: plan.households * share // of
        for plan in plans
        if plan.village.kind == DivisionKind.COMMUNITY
    }
    sites: dict[str, list[Site]] = {plan.village.code: [] for plan in plans}
    named = [place for place in source.places if place.kind == DivisionKind.ESTATE]
    pairs = [names.estate_first[at : at + 2] for at in range(0, len(names.estate_first), 2)]
    fresh = [first + second for second in names.estate_second for first in pairs]
    rng.shuffle(fresh)
    for place in named:
        fresh = [name for name in fresh if name != place.name]
    for number, (count, head_count) in enumerate(zip(households, people, strict=True)):
        if number < len(named):
            place = named[number]
            code = place.code[:12]
            site = Site(place.code, place.name, place.kind, place.source, place.is_inferred, count, head_count)
        else:
            code = max(room, key=lambda code: (room[code], code))
            taken = {site.code for site in sites[code]} | {place.code for place in named}
            own = next(f"{code}3{n:02}" for n in range(1, 100) if f"{code}3{n:02}" not in taken)
            site = Site(own, fresh.pop(), DivisionKind.ESTATE, households=count, people=head_count)
        sites[code].append(site)
        room[code] = room.get(code, 0) - count
    return sites


def _settle(plan: VillagePlan, count: int, estates: list[Site], stated: Mapping[str, SocietySize], rng: Random) -> None:
    """Everybody who lives in no estate lives in a society."""
    village = plan.village
    codes = [f"{village.code}{n:03}" for n in range(1, count + 1)]
    sizes = [stated[code].households if code in stated else None for code in codes]
    rest = plan.households - sum(site.households for site in estates) - sum(filter(None, sizes))
    if rest < 0 or count < 1 or (rest and None not in sizes):
        raise slip("villages.csv", None, "households", f"{village.label}的住户少于小区住户，或没有经济社。请改正。")
    # a number of societies that the file states comes from a source: there the societies are alike
    weights = [1 if village.societies else rng.randint(8, 12) for _ in codes]
    shared = apportion(rest, [0 if size else weight for size, weight in zip(sizes, weights, strict=True)])
    households = [size or part for size, part in zip(sizes, shared, strict=True)]
    people = [_grown(stated.get(code)) for code in codes]
    if village.people is not None:
        people = [*apportion(village.people - sum(site.people or 0 for site in estates), households)]
    plan.homes = [
        Site(
            code=code,
            name=f"{village.label}第{chinese(n)}经济社",
            kind=DivisionKind.SOCIETY,
            households=homes,
            people=head_count,
        )
        for n, (code, homes, head_count) in enumerate(zip(codes, households, people, strict=True), start=1)
    ] + sorted(estates, key=lambda site: site.code)


def _grown(size: SocietySize | None) -> int | None:
    """How many people live where so many are members."""
    part, of = GROWN_UP
    return None if size is None else size.members * of // part


def _grids(plan: VillagePlan) -> list[Site]:
    return [
        Site(f"{plan.village.code}9{n:02}", f"{plan.village.label}第{chinese(n)}网格", DivisionKind.GRID)
        for n in range(1, plan.grids + 1)
    ]
