import re

from django.test import Client

from tests.desk.pages import clean


def test_a_stranger_is_asked_to_sign_in(house: str) -> None:
    answer = Client().get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/")


def test_an_empty_to_do_teaches_what_will_stand_here(signed) -> None:
    page = clean(signed("secretary").get("/"))
    assert "今天没有欠着的事" in page
    assert "事项走到您这一步" in page


def test_name_and_post_stand_at_the_top(signed) -> None:
    assert "新田村党委 书记" in clean(signed("secretary").get("/"))


def test_an_account_without_a_person_still_finds_the_way(signed) -> None:
    page = clean(signed("nobody").get("/"))
    assert "nobody" in page


def test_the_front_door_costs_ten_queries(signed, django_assert_max_num_queries) -> None:
    client = signed("member")
    client.get("/")
    # Session, account, reach twice, person, posts, what is owed, what is unread, doors to see again, doors promised
    with django_assert_max_num_queries(10):
        client.get("/")


def test_my_village_stands_beside_in_five_figures_that_open(signed) -> None:
    page = clean(signed("secretary").get("/"))
    assert "我的村" in page
    links = re.findall(r'<a class="fig" href="(/answers/440605122220/figure/F\d\d/)" hx-get="\1"', page)
    assert len(links) == 5


def test_my_town_for_the_office(signed) -> None:
    page = clean(signed("org").get("/"))
    assert "我的镇" in page
    assert page.count('href="/answers/440605122000/figure/') == 5
    assert "打开年度答卷" in page


def test_who_may_see_no_answers_is_offered_none(signed) -> None:
    for who in ("member", "admin", "nobody"):
        page = clean(signed(who).get("/"))
        assert "/answers/" not in page
        assert "今天没有欠着的事" in page
