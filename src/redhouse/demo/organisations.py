"""Who belongs to whom: party organisations, committees, societies and station teams of the town."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from redhouse.demo.layout import VillagePlan
from redhouse.demo.source import Source
from redhouse.ground.bodies.enums import BodyKind, RelationKind
from redhouse.ground.places.enums import DivisionKind

AREA_KINDS = (DivisionKind.PARK, DivisionKind.OFFICE_BUILDING, DivisionKind.COMMERCIAL_AREA)


class PlannedBody(NamedTuple):
    """A body and its superior, by name; superiors come first. A name stands for one body in the demo town."""

    kind: BodyKind
    name: str
    division_code: str
    parent: str | None = None
    is_area: bool = False


class PlannedRelation(NamedTuple):
    kind: RelationKind
    from_body: str
    to_body: str
    from_on: date


def organise(source: Source, plans: Sequence[VillagePlan]) -> tuple[list[PlannedBody], list[PlannedRelation]]:
    """All bodies but the small-business ones, and who guides and supervises whom."""
    bodies = [PlannedBody(BodyKind.PARTY_COMMITTEE, source.committee, source.town_code)]
    for office in source.offices:
        bodies.append(PlannedBody(BodyKind.TOWN_OFFICE, office.name, source.town_code, source.committee))
        bodies.append(PlannedBody(BodyKind.PARTY_BRANCH, branch_of(office.name), source.town_code, source.committee))
    relations: list[PlannedRelation] = []
    for plan in plans:
        bodies.extend(_village(source, plan))
        label, on = plan.village.label, source.founded_on
        committee = committee_of(plan)
        relations.append(PlannedRelation(RelationKind.GUIDES, party_org_of(source, plan), committee, on))
        relations.append(PlannedRelation(RelationKind.GUIDES, party_org_of(source, plan), union_of(label), on))
        relations.append(PlannedRelation(RelationKind.SUPERVISES, supervision_of(plan), committee, on))
    return bodies, relations


def branch_of(place: str) -> str:
    return f"{place}党支部"


def branches_of(plan: VillagePlan) -> Iterator[tuple[str, str]]:
    """Name and division code of each branch of a village: one a society and estate, area branches for the rest."""
    for site in (*plan.homes, *plan.others):
        if site.kind != DivisionKind.MARKET:  # the market's branch is one of the small-business organisations
            yield branch_of(site.name), site.code


def party_org_of(source: Source, plan: VillagePlan) -> str:
    kind = "党委" if plan.members >= source.sizes.committee_members else "党总支"
    return plan.village.label + kind


def committee_of(plan: VillagePlan) -> str:
    return plan.village.name + ("社区居民委员会" if _is_community(plan) else "村民委员会")


def supervision_of(plan: VillagePlan) -> str:
    return plan.village.name + ("社区居务监督委员会" if _is_community(plan) else "村务监督委员会")


def station_team_of(plan: VillagePlan) -> str:
    return f"{plan.village.label}驻点团队"


def union_of(label: str) -> str:
    return f"{label}经济联合社"


def council_of(society: str) -> str:
    return f"{society}理事会"


def supervisors_of(society: str) -> str:
    return f"{society}监事会"


def _village(source: Source, plan: VillagePlan) -> Iterator[PlannedBody]:
    code, label = plan.village.code, plan.village.label
    own = party_org_of(source, plan)
    kind = BodyKind.PARTY_COMMITTEE if own.endswith("党委") else BodyKind.PARTY_GENERAL_BRANCH
    yield PlannedBody(kind, own, code, source.committee)
    yield PlannedBody(BodyKind.STATION_TEAM, station_team_of(plan), code, source.committee)
    committee = BodyKind.RESIDENTS_COMMITTEE if _is_community(plan) else BodyKind.VILLAGE_COMMITTEE
    yield PlannedBody(committee, committee_of(plan), code)
    yield PlannedBody(BodyKind.SUPERVISION_COMMITTEE, supervision_of(plan), code)
    union = union_of(label)
    yield PlannedBody(BodyKind.ECON_UNION, union, code)
    yield PlannedBody(BodyKind.REC_COUNCIL, council_of(union), code, union)
    yield PlannedBody(BodyKind.REC_SUPERVISORS, supervisors_of(union), code, union)
    for site in plan.homes:
        if site.kind == DivisionKind.SOCIETY:
            yield PlannedBody(BodyKind.ECON_SOCIETY, site.name, site.code, union)
            yield PlannedBody(BodyKind.REC_COUNCIL, council_of(site.name), site.code, site.name)
            yield PlannedBody(BodyKind.REC_SUPERVISORS, supervisors_of(site.name), site.code, site.name)
    area = {site.code for site in plan.others if site.kind in AREA_KINDS}
    for name, division_code in branches_of(plan):
        yield PlannedBody(BodyKind.PARTY_BRANCH, name, division_code, own, is_area=division_code in area)


def _is_community(plan: VillagePlan) -> bool:
    return plan.village.kind == DivisionKind.COMMUNITY
