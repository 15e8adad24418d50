"""A person's card is masked; looking behind a mask takes a reason, shows the value once and is recorded."""

import pytest

from redhouse.ground.access import facts
from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.models import Household, Person
from tests.cast import person
from tests.desk.pages import clean


@pytest.fixture
def address(people) -> str:
    return f"/people/{person('member').pk}/"


def test_the_card_is_masked(signed, address: str) -> None:
    Household.objects.filter(dwelling__door="1号").update(head=person("member"))
    page = clean(signed("secretary").get(address))
    assert "户＊访" in page
    assert "138****8000" in page
    assert "13800138000" not in page
    assert "新田第一党支部" in page
    assert "第一经济社　1号" in page


@pytest.mark.parametrize("who", ["neighbour", "admin", "auditor", "outsider"])
def test_out_of_reach_nobody_exists(signed, address: str, who: str) -> None:
    client = signed(who)
    assert client.get(address).status_code == client.get("/people/999999/").status_code == 404
    assert client.post(f"{address}look/", {"field": "name", "reason": "visit"}).status_code == 404


def test_who_may_see_but_not_look_is_told_who_may(signed, address: str) -> None:
    client = signed("grid")
    page = clean(client.get(address))
    assert "<fieldset" not in page
    assert "只有本村（社区）或镇的书记、组织干部说明事由后可以查看" in page
    answer = client.post(f"{address}look/", {"field": "phone", "reason": "visit"})
    assert answer.status_code == 403
    assert "组织干部" in answer.content.decode()


def test_with_a_reason_the_value_shows_once_and_is_recorded(signed, address: str) -> None:
    client = signed("secretary")
    answer = client.post(f"{address}look/", {"field": "phone", "reason": "visit"})
    page = clean(answer)
    assert "13800138000" in page
    assert "户常访" not in page
    assert "no-store" in answer["Cache-Control"]
    assert "13800138000" not in clean(client.get(address))
    fact = Fact.objects.get(kind=facts.PERSONAL_FIELD_LOOKED_AT)
    assert (fact.actor_id, fact.subject_id, fact.label) == (
        person("secretary").pk,
        person("member").pk,
        "phone.visit",
    )
    assert "看了电话，事由：上门走访联系" in clean(signed("member").get("/me/"))


@pytest.mark.parametrize("sent", [{"field": "phone"}, {"reason": "visit"}, {"field": "citizen_id", "reason": "visit"},
                                  {"field": "phone", "reason": "curious"}, {}])  # fmt: skip
def test_without_a_reason_or_for_what_is_not_registered_nothing_shows(signed, address: str, sent) -> None:
    answer = signed("secretary").post(f"{address}look/", sent)
    assert answer.status_code == 422
    assert "errorlist" in clean(answer)
    assert "13800138000" not in answer.content.decode()
    assert not Fact.objects.filter(kind=facts.PERSONAL_FIELD_LOOKED_AT).exists()


def test_ones_own_card_needs_no_record(signed, address: str) -> None:
    client = signed("member")
    page = clean(client.get(address))
    assert "看自己的信息不记录" in page
    assert "13800138000" in clean(client.post(f"{address}look/", {"field": "phone", "reason": "check"}))
    assert not Fact.objects.filter(kind=facts.PERSONAL_FIELD_LOOKED_AT).exists()


def test_looking_is_a_post(signed, address: str) -> None:
    assert signed("secretary").get(f"{address}look/").status_code == 405


def test_a_head_without_numbers_offers_only_the_name(signed) -> None:
    head = Person.objects.get(name="户主1")
    page = clean(signed("secretary").get(f"/people/{head.pk}/"))
    assert 'value="name"' in page
    assert 'value="phone"' not in page
