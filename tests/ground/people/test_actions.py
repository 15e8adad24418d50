"""Persons, households, memberships and posts."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from redhouse.ground.bodies.actions import found_body
from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.actions import (
    NewHousehold,
    NewMembership,
    NewPerson,
    NewPost,
    NewSocietyMember,
    confirm_society_members,
    end_household,
    end_membership,
    end_society_member,
    leave_post,
    record_membership,
    record_memberships,
    register_household,
    register_households,
    register_person,
    register_persons,
    take_post,
    take_posts,
)
from redhouse.ground.people.enums import MemberStatus, PostKind, Sex, Tie
from redhouse.ground.people.models import Household, Membership, Person, Post, SocietyMember
from redhouse.ground.people.queries import is_party_member, party_members_among
from redhouse.ground.places.models import Dwelling
from redhouse.kit.ids import IdError, make_demo_citizen_id
from tests.cast import SOCIETY, XINTIAN, person

ON = date(2018, 3, 1)
LATER = date(2018, 6, 1)
ID = make_demo_citizen_id(3, date(1980, 5, 4), 2)


@pytest.fixture
def branch(town: str) -> Body:
    return Body.objects.get(name="新田第一党支部")


@pytest.fixture
def dwelling(town: str) -> Dwelling:
    return Dwelling.objects.create(division_code=SOCIETY, door="东街1号", from_on=ON)


def newest() -> tuple[object, ...]:
    fact = Fact.objects.order_by("-fact_id").first()
    assert fact is not None
    return fact.kind, fact.division_code, fact.happened_on, fact.subject_id, fact.object_id, fact.quantity, fact.label


def test_person_rests_sealed_and_is_read_back(town: str) -> None:
    made = register_person(
        name="冼大贞", sex=Sex.FEMALE, division_code=SOCIETY, citizen_id=ID.lower(), phone="10000000001", is_demo=True
    )
    again = Person.objects.get(pk=made.pk)
    assert (again.citizen_id, again.phone, again.sex) == (ID, "10000000001", Sex.FEMALE)
    single = Person.objects.create(name="冼小贞", division_code=SOCIETY, phone="10000000001", is_demo=True)
    assert bytes(single.phone_index) == bytes(again.phone_index)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"citizen_id": ID}, "身份证号以999999开头，只能用于演示"),
        ({"phone": "10000000001"}, "“10000000001”不是有效的电话号码"),
        ({"citizen_id": "123", "is_demo": True}, "身份证号应为18位，现为3位"),
        ({"phone": "100123", "is_demo": True}, "“100123”不是有效的电话号码"),
    ],
)
def test_number_that_fails_its_check_is_refused(town: str, changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(IdError, match=sentence):
        register_person(name="某人", division_code=SOCIETY, **changes)  # type: ignore[arg-type]


def test_citizen_id_is_registered_once(town: str) -> None:
    twice = [NewPerson(name, Sex.MALE, SOCIETY, ID, is_demo=True) for name in ("甲", "乙")]
    with pytest.raises(IntegrityError, match="person_citizen_id_once"), transaction.atomic():
        register_persons(persons=twice)
    register_person(name="甲", division_code=SOCIETY, citizen_id=ID, is_demo=True)
    with pytest.raises(ValidationError, match="这个身份号码已登记"):
        register_person(name="乙", division_code=SOCIETY, citizen_id=ID, is_demo=True)


def test_household_is_a_fact_with_its_residents(dwelling: Dwelling) -> None:
    household = register_household(dwelling=dwelling, residents=4, head=person("member"), by=7, on=ON)
    assert (household.division_code, household.head, household.residents) == (SOCIETY, person("member"), 4)
    assert newest() == ("household_registered", SOCIETY, ON, household.pk, None, 4, "")


def test_batch_of_households_writes_what_singles_write(dwelling: Dwelling) -> None:
    other = Dwelling.objects.create(division_code=SOCIETY, door="东街2号", from_on=ON)
    single = register_household(dwelling=dwelling, residents=2, by=7, on=ON)
    first = newest()
    [pk] = register_households(households=[NewHousehold(other.pk, SOCIETY, None, 2, ON)], by=7)
    batch = Household.objects.get(pk=pk)
    for field in ("division_code", "head_id", "residents", "from_on", "until_on"):
        assert getattr(single, field) == getattr(batch, field)
    assert newest() == (*first[:3], pk, *first[4:])


def test_household_needs_residents_and_a_door_of_its_division(dwelling: Dwelling) -> None:
    with pytest.raises(NotYet, match="户内人口至少1人"):
        register_household(dwelling=dwelling, residents=0, by=7, on=ON)
    with pytest.raises(NotYet) as refused:
        register_households(households=[NewHousehold(dwelling.pk, XINTIAN, None, 1, ON)] * 2, by=7)
    assert refused.value.missing == [f"住户登记在{XINTIAN}，门牌却在{SOCIETY}，请核对"]
    with pytest.raises(NotYet, match="门牌尚未登记"):
        register_households(households=[NewHousehold(dwelling.pk + 1, SOCIETY, None, 1, ON)], by=7)


def test_household_ends_once(dwelling: Dwelling) -> None:
    household = register_household(dwelling=dwelling, residents=1, by=7, on=ON)
    end_household(household=household, by=7, on=LATER)
    assert newest() == ("household_ended", SOCIETY, LATER, household.pk, None, 1, "")
    with pytest.raises(NotYet, match="已于2018-06-01终止"):
        end_household(household=household, by=7, on=LATER)


def test_membership_is_a_row_and_a_fact(branch: Body) -> None:
    member = person("grid")
    tie = record_membership(person=member, body=branch, tie=Tie.FLOATING, by=7, on=ON)
    assert (tie.status, tie.division_code) == (MemberStatus.FULL, branch.division_code)
    assert newest() == ("membership_recorded", branch.division_code, ON, member.pk, branch.pk, 1, "floating")
    assert is_party_member(member, ON)
    assert not is_party_member(member, date(2018, 2, 28))


def test_batch_of_memberships_writes_what_singles_write(branch: Body) -> None:
    single = record_membership(person=person("grid"), body=branch, tie=Tie.REGISTERED, by=7, on=ON)
    first = newest()
    other = person("outsider")
    [pk] = record_memberships(memberships=[NewMembership(other.pk, branch.pk, Tie.REGISTERED, ON)], by=7)
    batch = Membership.objects.get(pk=pk)
    for field in ("body_id", "division_code", "tie", "status", "from_on", "until_on"):
        assert getattr(single, field) == getattr(batch, field)
    assert newest() == (*first[:3], other.pk, *first[4:])
    assert party_members_among({other.pk, person("admin").pk}, ON) == {other.pk}


def test_members_belong_to_party_organisations(town: str) -> None:
    with pytest.raises(NotYet, match="“新田村务监督委员会”是村（居）务监督委员会，不是党组织"):
        record_membership(
            person=person("grid"), body=Body.objects.get(name="新田村务监督委员会"), tie=Tie.REGISTERED, by=7, on=ON
        )


def test_member_is_registered_in_one_place(branch: Body) -> None:
    other = Body.objects.get(name="海舟村党委")
    with pytest.raises(ValidationError, match="同一时期只能在一个党组织在册"):
        record_membership(person=person("member"), body=other, tie=Tie.REGISTERED, by=7, on=ON)
    record_membership(person=person("member"), body=other, tie=Tie.FLOATING, by=7, on=ON)


def test_membership_ends_and_another_may_begin(branch: Body) -> None:
    member = person("member")
    end_membership(membership=member.memberships.get(), by=7, on=LATER)
    assert newest() == ("membership_ended", branch.division_code, LATER, member.pk, branch.pk, 1, "registered")
    other = Body.objects.get(name="海舟村党委")
    assert record_membership(person=member, body=other, tie=Tie.REGISTERED, by=7, on=LATER).from_on == LATER


def test_period_does_not_end_before_it_begins(branch: Body) -> None:
    with pytest.raises(NotYet, match="终止日期应晚于起始日期2017-12-31"):
        end_membership(membership=person("member").memberships.get(), by=7, on=date(2017, 12, 31))


def test_post_is_taken_and_left_with_its_facts(branch: Body) -> None:
    holder = person("grid")
    post = take_post(person=holder, body=branch, kind=PostKind.SECRETARY, by=7, on=ON)
    assert newest() == ("post_taken", branch.division_code, ON, holder.pk, branch.pk, 1, "secretary")
    leave_post(post=post, by=7, on=LATER)
    assert newest() == ("post_left", branch.division_code, LATER, holder.pk, branch.pk, 1, "secretary")
    assert not Post.objects.as_of(LATER).filter(pk=post.pk).exists()


def test_batch_of_posts_writes_what_singles_write(branch: Body) -> None:
    single = take_post(person=person("grid"), body=branch, kind=PostKind.DEPUTY_SECRETARY, by=7, on=ON)
    first = newest()
    other = person("outsider")
    [pk] = take_posts(posts=[NewPost(other.pk, branch.pk, PostKind.DEPUTY_SECRETARY, ON)], by=7)
    batch = Post.objects.get(pk=pk)
    for field in ("body_id", "kind", "term_ends_on", "from_on", "until_on"):
        assert getattr(single, field) == getattr(batch, field)
    assert newest() == (*first[:3], other.pk, *first[4:])


def test_secretaries_stand_in_party_organisations(town: str) -> None:
    with pytest.raises(NotYet, match="“新田村务监督委员会”不是党组织，没有书记、副书记"):
        take_post(
            person=person("grid"),
            body=Body.objects.get(name="新田村务监督委员会"),
            kind=PostKind.SECRETARY,
            by=7,
            on=ON,
        )


def test_members_of_a_collective_are_confirmed_with_their_shares_and_end(town: str) -> None:
    by, someone = person("secretary"), person("outsider")
    home = Household.objects.order_by("pk").first()
    assert home is not None
    society = found_body(kind=BodyKind.ECON_SOCIETY, name="第一经济社", division_code=SOCIETY, by=by.pk, on=ON)
    [pk] = confirm_society_members(
        members=[NewSocietyMember(someone.pk, society.pk, home.pk, SOCIETY, 3, ON)], by=by.pk
    )
    fact = Fact.objects.get(kind="society_member_confirmed")
    assert (fact.subject_id, fact.object_id, fact.quantity) == (someone.pk, society.pk, 3)
    end_society_member(member=SocietyMember.objects.get(pk=pk), by=by.pk, on=date(2019, 1, 1))
    assert not SocietyMember.objects.as_of(date(2019, 1, 1)).exists()
    assert Fact.objects.filter(kind="society_member_ended", subject_id=someone.pk).count() == 1


def test_only_a_collective_has_members_with_shares(town: str) -> None:
    someone, committee = person("outsider"), Body.objects.get(name="新田村党委")
    home = Household.objects.order_by("pk").first()
    assert home is not None
    with pytest.raises(NotYet, match="不是经济社或经联社"):
        confirm_society_members(members=[NewSocietyMember(someone.pk, committee.pk, home.pk, SOCIETY, 1, ON)], by=None)
    assert not SocietyMember.objects.exists()
