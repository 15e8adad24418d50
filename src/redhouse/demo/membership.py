"""Members in their branches, and who holds which post."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from redhouse.demo.layout import VillagePlan
from redhouse.demo.organisations import (
    branch_of,
    branches_of,
    committee_of,
    council_of,
    party_org_of,
    station_team_of,
    supervision_of,
    supervisors_of,
    union_of,
)
from redhouse.demo.persons import Register
from redhouse.demo.source import EACH_VILLAGE, AccountRow, SmallBizOrg, Source
from redhouse.demo.tables import slip
from redhouse.ground.people.enums import MemberStatus, PostKind, Tie
from redhouse.ground.places.enums import DivisionKind
from redhouse.kit.tally import apportion

LEAST = 3  # full members of a branch (branch regulation [S7])
COMMITTEE_FROM = 7  # full members: a branch has a committee, and so a deputy
PROBATIONARY = 1, 50  # share of members beyond the least
VILLAGES_A_LEADER = 2  # each town leader stays with one or two villages
GRIDS_A_WORKER = 3


class PlannedTie(NamedTuple):
    person: int
    body: str
    tie: Tie
    status: MemberStatus = MemberStatus.FULL


class PlannedPost(NamedTuple):
    person: int
    body: str
    kind: PostKind


@dataclass
class PlannedOrg:
    """A small-business organisation, with its first members."""

    row: SmallBizOrg
    name: str
    division_code: str
    members: list[PlannedTie]


@dataclass
class Rolls:
    ties: list[PlannedTie] = field(default_factory=list)
    posts: list[PlannedPost] = field(default_factory=list)
    orgs: list[PlannedOrg] = field(default_factory=list)
    accounts: dict[str, int] = field(default_factory=dict)  # username -> person
    contacts: dict[str, list[int]] = field(default_factory=dict)  # village -> its members, branch by branch


def enrol(source: Source, plans: Sequence[VillagePlan], register: Register, seed: int) -> Rolls:
    """Fill branches and posts; people of the file take their places first."""
    rng, rolls = Random(f"{seed}:members"), Rolls()
    named: dict[str, list[AccountRow]] = {}
    for row in source.accounts:
        if row.member_of:
            named.setdefault(row.member_of, []).append(row)
        else:
            rolls.accounts[row.username] = register.add(row.place, name=row.name, sex=row.sex)
    officers = _offices(source, register, rolls, named, rng)
    for plan in plans:
        _village(source, plan, register, rolls, named, rng)
    for row in source.accounts:
        if row.post is not None:
            rolls.posts.append(PlannedPost(rolls.accounts[row.username], row.post_body, row.post))
    _station(source, plans, rolls, officers)
    rolls.orgs = list(_small_biz(source, plans, register))
    for plan in plans:  # last, so that the town's other people stay who they are
        union = union_of(plan.village.label)
        for body in (council_of(union), supervisors_of(union)):
            rolls.posts.append(PlannedPost(register.add(plan.village.code), body, PostKind.CHAIR))
    return rolls


def _branch(
    name: str,
    code: str,
    count: int,
    register: Register,
    rolls: Rolls,
    named: dict[str, list[AccountRow]],
    rng: Random,
) -> tuple[list[int], list[int]]:
    """Fill one branch: (everybody, those who are free for other posts). The secretary comes first."""
    rows = sorted(named.get(name, ()), key=lambda row: row.post_body != name)
    leads = bool(rows) and rows[0].post_body == name
    before, after = (rows[:1], rows[1:]) if leads else ([], rows)
    members = [_add(row, register, rolls) for row in before]
    invented = [register.add(code) for _ in range(count - len(rows))]
    members += invented
    members += [_add(row, register, rolls) for row in after]
    for place, person in enumerate(members):
        fresh = LEAST <= place < len(members) - len(after) and rng.randrange(PROBATIONARY[1]) < PROBATIONARY[0]
        status = MemberStatus.PROBATIONARY if fresh else MemberStatus.FULL
        rolls.ties.append(PlannedTie(person, name, Tie.REGISTERED, status))
    if not leads:
        rolls.posts.append(PlannedPost(members[0], name, PostKind.SECRETARY))
        invented = invented[1:]
    if count >= COMMITTEE_FROM:
        rolls.posts.append(PlannedPost(invented[0], name, PostKind.DEPUTY_SECRETARY))
        invented = invented[1:]
    return members, invented


def _add(row: AccountRow, register: Register, rolls: Rolls) -> int:
    rolls.accounts[row.username] = register.add(row.place, name=row.name, sex=row.sex)
    return rolls.accounts[row.username]


def _offices(
    source: Source, register: Register, rolls: Rolls, named: dict[str, list[AccountRow]], rng: Random
) -> list[int]:
    """Branches of the town's offices; returns members who are free to stay with villages."""
    counts = apportion(source.sizes.office_members, [1] * len(source.offices))
    free: list[int] = []
    for office, count in zip(source.offices, counts, strict=True):
        _all, own = _branch(branch_of(office.name), source.town_code, count, register, rolls, named, rng)
        free += own
    return free


def _village(
    source: Source,
    plan: VillagePlan,
    register: Register,
    rolls: Rolls,
    named: dict[str, list[AccountRow]],
    rng: Random,
) -> None:
    branches = list(branches_of(plan))
    if plan.members < LEAST * len(branches):
        what = f"{plan.village.label}党员 {plan.members} 名，不够 {len(branches)} 个支部各有 {LEAST} 名。请调高。"
        raise slip("villages.csv", None, "members", what)
    extra = apportion(plan.members - LEAST * len(branches), [rng.randint(6, 14) for _ in branches])
    everybody: list[int] = []
    free: list[int] = []
    for (name, code), count in zip(branches, extra, strict=True):
        members, own = _branch(name, code, LEAST + count, register, rolls, named, rng)
        everybody += members
        free += own
    rolls.contacts[plan.village.code] = everybody
    party_org, committee, supervision = party_org_of(source, plan), committee_of(plan), supervision_of(plan)
    taken = {(row.post_body, row.post) for row in source.accounts}
    wanted = [
        (party_org, PostKind.SECRETARY),
        (party_org, PostKind.DEPUTY_SECRETARY),
        *[(party_org, PostKind.COMMITTEE_MEMBER)] * 3,
        (committee, PostKind.CHAIR),
        *[(committee, PostKind.COMMITTEE_MEMBER)] * 2,
        (supervision, PostKind.CHAIR),
        *[(supervision, PostKind.SUPERVISOR)] * 2,
    ]
    if (party_org, PostKind.SECRETARY) in taken:
        wanted = wanted[1:]
    rolls.posts += [PlannedPost(person, *post) for person, post in zip(free, wanted, strict=False)]
    for site in plan.homes:
        if site.kind == DivisionKind.SOCIETY:
            seats = [(council_of(site.name), PostKind.CHAIR), (supervisors_of(site.name), PostKind.CHAIR)]
            rolls.posts += [PlannedPost(register.add(site.code), *seat) for seat in seats if seat not in taken]
    for _ in range(max(1, plan.grids // GRIDS_A_WORKER)):
        rolls.posts.append(PlannedPost(register.add(plan.village.code), committee, PostKind.GRID_WORKER))


def _station(source: Source, plans: Sequence[VillagePlan], rolls: Rolls, officers: list[int]) -> None:
    """Each village has a town leader and two officers who stay with it; a leader stays with two villages."""
    led = {row.post_body for row in source.accounts if row.post == PostKind.STATION_LEADER}
    leaders = {rolls.accounts[row.username] for row in source.accounts if row.post == PostKind.STATION_LEADER}
    if len(officers) < 3 * len(plans):  # never fewer than the two officers and the leader of each village
        raise slip("town.toml", None, "[sizes] office_members", "镇机关党员太少，排不出各村的驻点团队。请调高。")
    pool = iter(officers)
    leader, villages = -1, VILLAGES_A_LEADER
    for plan in plans:
        team = station_team_of(plan)
        if team not in led:
            if villages == VILLAGES_A_LEADER:
                leader, villages = next(pool), 0
                leaders.add(leader)
            villages += 1
            rolls.posts.append(PlannedPost(leader, team, PostKind.STATION_LEADER))
        rolls.posts += [PlannedPost(next(pool), team, PostKind.STATION_MEMBER) for _ in range(2)]
    rolls.posts += [PlannedPost(person, source.committee, PostKind.TOWN_LEADER) for person in sorted(leaders)]


def _small_biz(source: Source, plans: Sequence[VillagePlan], register: Register) -> Iterator[PlannedOrg]:
    for row in source.small_biz:
        places = (
            [(plan.village.code, plan.village.label) for plan in plans]
            if EACH_VILLAGE in row.name
            else [(row.place, "")]
        )
        for code, label in places:
            name = row.name.replace(EACH_VILLAGE, label)
            ties = [Tie.REGISTERED] * row.registered + [Tie.FLOATING] * row.floating
            yield PlannedOrg(row, name, code, [PlannedTie(register.add(code), name, tie) for tie in ties])
