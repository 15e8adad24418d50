"""Small-business organisations: the formation test warns and never blocks."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from redhouse.ground.bodies.enums import BodyKind, Sector
from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.actions import register_person
from redhouse.ground.people.enums import MemberStatus, Tie
from redhouse.ground.people.models import Person
from redhouse.work.traders.actions import Founded, found_small_biz_org, name_demonstration, start_pilot
from redhouse.work.traders.enums import PILOT_ONE_STREET_TWO_MARKETS
from redhouse.work.traders.rules import warnings_before_founding
from tests.cast import HAIZHOU, MARKET, person

ON = date(2018, 3, 1)
Members = list[tuple[Person, Tie, MemberStatus]]


def members(registered: int, floating: int) -> Members:
    ties = [Tie.REGISTERED] * registered + [Tie.FLOATING] * floating
    return [
        (register_person(name=f"商户{n}", division_code=HAIZHOU, is_demo=True), tie, MemberStatus.FULL)
        for n, tie in enumerate(ties)
    ]


def found(by: str = "org", sector: Sector = Sector.SPECIALISED_MARKET, first: Members | None = None) -> Founded:
    return found_small_biz_org(
        sector=sector,
        name="轻纺城商户联合党支部",
        division_code=MARKET,
        parent=Body.objects.get(name="海舟村党委"),
        members=first or [],
        is_joint=True,
        by=person(by),
        on=ON,
    )


def test_organisation_is_founded_with_its_members(town: str) -> None:
    founded = found(first=members(3, 2))
    assert founded.warnings == []
    assert (founded.body.is_joint, founded.body.memberships.as_of(ON).count()) == (True, 5)
    assert Fact.objects.filter(kind="membership_recorded", label="floating").count() == 2


@pytest.mark.parametrize(
    ("registered", "floating", "warning"),
    [
        (3, 0, None),
        (1, 1, "“轻纺城商户联合党支部”正式党员2名，不足3名，宜成立联合支部或并入相邻支部（支部工作条例）"),
        (1, 2, "“轻纺城商户联合党支部”在册正式党员1名，计入流动党员后为3名，才满3名"),
        (0, 0, "“轻纺城商户联合党支部”正式党员0名，不足3名，宜成立联合支部或并入相邻支部（支部工作条例）"),
    ],
)
def test_too_few_members_warn_and_do_not_block(town: str, registered: int, floating: int, warning: str | None) -> None:
    founded = found(first=members(registered, floating))
    assert founded.body.pk
    assert founded.warnings == ([warning] if warning else [])


def test_probationary_members_do_not_count() -> None:
    ties = [(Tie.REGISTERED, MemberStatus.FULL)] * 2 + [(Tie.REGISTERED, MemberStatus.PROBATIONARY)]
    assert len(warnings_before_founding("某支部", Sector.NEW_TWO, ties)) == 1


def test_floating_members_do_not_count_on_the_land() -> None:
    ties = [(Tie.FLOATING, MemberStatus.FULL)] * 3
    [warning] = warnings_before_founding("某支部", Sector.TERRITORY, ties)
    assert "正式党员0名" in warning


def test_committee_is_not_put_to_the_test_of_branches(town: str) -> None:
    founded = found_small_biz_org(
        kind=BodyKind.PARTY_COMMITTEE,
        sector=Sector.SMALL_BIZ,
        name="“小个专”党委",
        division_code=MARKET,
        parent=Body.objects.get(name="西樵镇党委"),
        by=person("org"),
        on=ON,
    )
    assert founded.warnings == []


def test_organisations_on_the_land_are_not_founded_here(town: str) -> None:
    with pytest.raises(NotYet, match="不属于“小个专”领域"):
        found(sector=Sector.TERRITORY)


def test_demonstration_and_pilot_are_facts(town: str) -> None:
    body = found(first=members(3, 0)).body
    name_demonstration(body=body, by=person("org"), on=ON)
    town_committee = Body.objects.get(name="西樵镇党委")
    start_pilot(label=PILOT_ONE_STREET_TWO_MARKETS, body=town_committee, by=person("org"), on=ON)
    kinds = Fact.objects.order_by("-fact_id").values_list("kind", "subject_id", "label")[:2]
    assert list(kinds) == [
        ("pilot_started", town_committee.pk, "one_street_two_markets"),
        ("body_named_demonstration", body.pk, ""),
    ]


@pytest.mark.parametrize("username", ["secretary", "supervisor", "grid", "admin", "auditor", "member", "outsider"])
def test_organisations_are_kept_by_those_with_the_right(town: str, username: str) -> None:
    with pytest.raises(PermissionDenied):
        found(by=username)
    body = found().body
    with pytest.raises(PermissionDenied):
        name_demonstration(body=body, by=person(username), on=ON)
    with pytest.raises(PermissionDenied):
        start_pilot(label="x", body=body, by=person(username), on=ON)
