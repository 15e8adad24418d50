"""The search box: what it finds, for whom, and that it never tells what is out of reach."""

import re

import pytest

from redhouse.ground.ledger.models import Fact
from redhouse.ground.people.models import Household, Person
from tests.cast import HAIZHOU, SOCIETY, XINTIAN, person
from tests.desk.pages import clean

HX = {"HX-Request": "true"}


def titles(page: str) -> list[str]:
    return re.findall(r"<li>(?:<a [^>]*>|<span>)([^<]*)<", page[page.find('class="hits"') :])


@pytest.fixture
def find(signed):
    def find_(who: str, typed: str, **headers: str) -> str:
        answer = signed(who).get("/search/", {"q": typed}, headers=headers)
        assert answer.status_code == 200
        return clean(answer)

    return find_


def test_people_show_masked_and_lead_to_their_card(find) -> None:
    card = f"/people/{person('member').pk}/"
    page = find("secretary", "常访")
    assert titles(page) == ["户＊访"]
    assert f'href="{card}"' in page
    assert "户常访" not in page


@pytest.mark.parametrize("typed", ["常访", "hcf", "cf", "8000", "13800138000"])
def test_a_neighbour_finds_nobody_from_here(find, typed: str) -> None:
    card = f"/people/{person('member').pk}/"
    assert "户＊访" in titles(find("secretary", typed))
    for who in ("neighbour", "admin", "auditor", "outsider", "nobody"):
        for headers in ({}, HX):
            page = find(who, typed, **headers)
            assert "户＊访" not in page
            assert card not in page


def test_doors_are_found_where_one_may_see_who_lives_there(find) -> None:
    page = find("grid", "1号")
    assert titles(page) == ["1号"]
    assert "户主户＊1" in page
    assert titles(find("neighbour", "1号")) == []
    assert titles(find("member", "1号")) == []


def test_an_empty_house_of_a_door_leads_nowhere(find) -> None:
    Household.objects.filter(dwelling__door="1号").update(head=None)
    page = find("secretary", "1号")
    assert "<span>1号</span>" in page


def test_places_and_organisations_are_everybodys(find) -> None:
    for who in ("outsider", "nobody", "neighbour"):
        assert titles(find(who, "新田")) == ["新田", "新田一格", "新田村党委", "新田村务监督委员会", "新田第一党支部"]
    assert titles(find("outsider", "xt")) == titles(find("outsider", "新田"))
    assert titles(find("outsider", XINTIAN)) == ["新田", "第一经济社", "田园居", "新田一格"]
    assert titles(find("outsider", "219")) == ["海舟"]
    assert f'href="/villages/{XINTIAN}/#p{SOCIETY}"' in find("outsider", SOCIETY)
    assert f'href="/villages/{HAIZHOU}/"' in find("outsider", "219")


def test_while_one_types_only_the_lines_come(find) -> None:
    page = find("secretary", "新田", **HX)
    assert "<html" not in page
    assert "看全部结果" in page
    assert "您能看到的范围里没有找到" in find("secretary", "并无此人", **HX)
    assert find("secretary", "", **HX).strip() == ""


def test_an_empty_page_teaches(find) -> None:
    assert "可以这样找" in find("secretary", "")
    assert "写得太短" in find("secretary", "m")
    assert "您能看到的范围里没有" in find("secretary", "并无此人")


def test_more_than_a_page_is_said(find) -> None:
    Person.objects.bulk_create(Person(name=f"同名{n}", division_code=XINTIAN) for n in range(25))
    page = find("secretary", "同名")
    assert len(titles(page)) == 20
    assert "先列20条" in page


def test_what_is_typed_cannot_break_the_page(find) -> None:
    page = find("secretary", "<script>'\"%_\\")
    assert "<script>'" not in page


def test_search_costs_the_same_for_one_hit_and_many(signed, django_assert_max_num_queries) -> None:
    Person.objects.bulk_create(Person(name=f"新田人{n}", division_code=XINTIAN) for n in range(25))
    client = signed("secretary")
    client.get("/search/?q=1")
    with django_assert_max_num_queries(18):
        client.get("/search/?q=新田")


def test_looking_up_writes_nothing(find) -> None:
    before = Fact.objects.count()
    find("secretary", "常访")
    assert Fact.objects.count() == before
