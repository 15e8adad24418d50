"""Party organisations, members and posts, as the organisation office keeps them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from redhouse.ground.bodies.enums import BodyKind, Sector
from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.enums import MemberStatus, PostKind, Tie
from redhouse.work.registry.actions import appoint, found_party_org, register_member, relieve, transfer_member
from tests.cast import ESTATE, person

ON, LATER = date(2018, 3, 1), date(2018, 6, 1)
OUTSIDERS = ["neighbour", "supervisor", "grid", "admin", "auditor", "member", "outsider"]


def found(by: str = "secretary", kind: BodyKind = BodyKind.PARTY_BRANCH) -> Body:
    return found_party_org(
        kind=kind,
        name="田园居党支部",
        division_code=ESTATE,
        parent=Body.objects.get(name="新田村党委"),
        by=person(by),
        on=ON,
    )


def test_branch_is_founded_on_the_land(town: str) -> None:
    assert found().sector == Sector.TERRITORY


def test_only_party_organisations_are_founded_here(town: str) -> None:
    with pytest.raises(NotYet, match="“田园居党支部”不是党组织"):
        found(kind=BodyKind.OWNERS_COMMITTEE)


def test_member_moves_and_both_ties_are_facts(town: str) -> None:
    branch, member = found(), person("member")
    moved = transfer_member(membership=member.memberships.get(), to=branch, by=person("org"), on=LATER)
    assert (moved.body, moved.tie, moved.from_on) == (branch, Tie.REGISTERED, LATER)
    assert member.memberships.as_of(date(2018, 5, 31)).get().body.name == "新田第一党支部"
    assert member.memberships.as_of(LATER).get() == moved
    kinds = Fact.objects.order_by("fact_id").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["membership_ended", "membership_recorded"]


def test_transfer_to_no_party_organisation_changes_nothing(town: str) -> None:
    tie = person("member").memberships.get()
    with pytest.raises(NotYet):
        transfer_member(membership=tie, to=Body.objects.get(name="新田村务监督委员会"), by=person("org"), on=LATER)
    tie.refresh_from_db()
    assert tie.until_on is None


def test_probationary_member_is_registered(town: str) -> None:
    tie = register_member(
        person=person("grid"),
        body=found(),
        tie=Tie.REGISTERED,
        status=MemberStatus.PROBATIONARY,
        by=person("secretary"),
        on=ON,
    )
    assert tie.status == MemberStatus.PROBATIONARY


def test_appointed_and_relieved(town: str) -> None:
    post = appoint(person=person("grid"), body=found(), kind=PostKind.SECRETARY, by=person("org"), on=ON)
    relieve(post=post, by=person("org"), on=LATER)
    post.refresh_from_db()
    assert post.until_on == LATER


@pytest.mark.parametrize("username", OUTSIDERS)
def test_registry_is_kept_by_those_with_the_right(town: str, username: str) -> None:
    branch, by, member = found(), person(username), person("member")
    post = appoint(person=person("secretary"), body=branch, kind=PostKind.COMMITTEE_MEMBER, by=person("org"), on=ON)
    with pytest.raises(PermissionDenied):
        found(by=username)
    with pytest.raises(PermissionDenied):
        register_member(person=person("grid"), body=branch, tie=Tie.FLOATING, by=by, on=ON)
    with pytest.raises(PermissionDenied):
        transfer_member(membership=member.memberships.get(), to=branch, by=by, on=LATER)
    with pytest.raises(PermissionDenied):
        appoint(person=person("grid"), body=branch, kind=PostKind.SECRETARY, by=by, on=ON)
    with pytest.raises(PermissionDenied):
        relieve(post=post, by=by, on=LATER)
