"""Loading: everything or nothing, once, and only into an empty house."""

from dataclasses import replace
from datetime import date

import pytest

from redhouse.demo.loader import HouseState, HouseTaken, house_state, load_town
from redhouse.demo.source import read_source
from redhouse.demo.tiny import tiny
from redhouse.demo.town import Town, build_town
from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import use_reach
from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.queries import pending, verify
from redhouse.ground.people.models import Household, Membership, Person, Post
from redhouse.ground.places.models import Division, Dwelling, Space, Venue, VenueStatus
from redhouse.ground.process.queries import open_step
from redhouse.kit.errors import CONFIG
from redhouse.work.decisions.models import Matter
from redhouse.work.visits.models import HouseholdContact
from redhouse.work.visits.queries import caseload_of
from tests.ground.ledger.factories import visit


@pytest.fixture(scope="module")
def plan() -> Town:
    return build_town(tiny(read_source()))


def counted(kind: str) -> int:
    return Fact.objects.filter(kind=kind).count()


def test_load_writes_rows_and_a_fact_for_each(house: str, plan: Town) -> None:
    assert load_town(plan)
    assert house_state() == HouseState.DEMO
    assert counted("division_registered") == Division.objects.count() == len(plan.divisions)
    assert counted("body_founded") == Body.objects.count() == len(plan.bodies) + len(plan.rolls.orgs)
    assert counted("household_registered") == Household.objects.count() == Dwelling.objects.count() == 250
    assert counted("contact_assigned") == HouseholdContact.objects.count() == 250
    assert counted("membership_recorded") == Membership.objects.count()
    assert counted("post_taken") == Post.objects.count() == len(plan.rolls.posts)
    year = Fact.objects.filter(kind="visit_recorded", happened_on__lte=plan.source.as_of)
    assert year.count() == plan.source.sizes.visits
    assert counted("venue_registered") == Venue.objects.count() == len(plan.source.venues)
    assert counted("venue_state_changed") == VenueStatus.objects.count()
    assert counted("space_registered") == Space.objects.count() == 6
    assert counted("power_adopted") == 10
    assert Fact.objects.filter(kind="power_adopted", object_id=1).count() == 3
    assert pending() == 0
    assert verify().holds


def test_load_keeps_numbers_sealed_and_lets_the_owner_read_them(house: str, plan: Town) -> None:
    load_town(plan)
    stored = Person.objects.get(account__username="secretary")
    planned = plan.persons[plan.rolls.accounts["secretary"]]
    assert (stored.name, stored.phone, stored.citizen_id) == ("麦启垣", planned.phone, planned.citizen_id)


def test_only_the_elected_have_a_term(house: str, plan: Town) -> None:
    load_town(plan)
    posts = Post.objects.filter(term_ends_on__isnull=False)
    assert set(posts.values_list("kind", flat=True)) == {"chair", "committee_member", "supervisor"}
    assert {post.term_ends_on.year - post.from_on.year for post in posts} == {3}
    assert not posts.filter(body__kind__startswith="party").exists()


def test_member_sees_own_caseload_and_holds_no_post(house: str, plan: Town) -> None:
    load_town(plan)
    member = Account.objects.get(username="member").person
    assert member is not None
    assert not member.posts.exists()
    assert caseload_of(member, plan.source.as_of).count() in (2, 3)
    with use_reach([], person_id=member.pk):
        assert HouseholdContact.objects.count() in (2, 3)


def test_resident_is_head_of_a_household(house: str, plan: Town) -> None:
    load_town(plan)
    resident = Account.objects.get(username="resident").person
    assert resident is not None
    assert resident.headed_households.count() == 1


def test_second_load_writes_nothing(house: str, plan: Town) -> None:
    load_town(plan)
    before = Fact.objects.count()
    assert load_town(plan) is False
    assert Fact.objects.count() == before


def test_house_with_other_facts_is_refused(house: str, plan: Town) -> None:
    visit()
    with pytest.raises(HouseTaken, match="已有别的记录") as refused:
        load_town(plan)
    assert refused.value.exit_code == CONFIG
    assert Division.objects.count() == 0


@pytest.mark.parametrize("stage", ["区划与组织", "党员与职务", "住户与户联系", "全年走访", "阵地"])
def test_interrupted_load_leaves_an_empty_house_and_can_start_again(house: str, plan: Town, stage: str) -> None:
    def interrupt(now: str, done: int, total: int) -> None:
        if now == stage:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_town(plan, interrupt)
    assert house_state() == HouseState.EMPTY
    assert Division.objects.count() == Fact.objects.count() == 0


def test_load_tells_how_far_it_is(house: str, plan: Town) -> None:
    seen: dict[str, tuple[int, int]] = {}
    load_town(plan, lambda stage, done, total: seen.__setitem__(stage, (done, total)))
    assert list(seen) == ["区划与组织", "党员与职务", "住户与户联系", "全年走访", "阵地", "写入公开日志"]
    assert all(done == total for done, total in seen.values())


def test_matters_come_after_the_town_and_what_was_interrupted_comes_the_next_time(house: str) -> None:
    source = read_source()
    rows = [row for row in source.matters if row.title in {"2018年度股份分红", "旧礼堂商铺公开招租"}]
    planned = build_town(replace(tiny(source), matters=rows))

    def interrupt(now: str, done: int, total: int) -> None:
        if now == "重要事权事项":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_town(planned, interrupt, on=date(2026, 11, 18))
    assert house_state() == HouseState.DEMO
    assert [matter.title for matter in Matter.objects.all()] == [rows[0].title]
    assert load_town(planned, on=date(2026, 11, 18)) is False
    dividend, lease = Matter.objects.order_by("pk")
    assert (dividend.run.ending, dividend.archive.bundle is not None) == ("archived", True)
    assert open_step(lease.run).key == "notice"
    assert pending() == 0
    assert verify().holds
