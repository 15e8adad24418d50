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


def test_home_costs_the_same_for_everyone(signed, django_assert_max_num_queries) -> None:
    client = signed("secretary")
    client.get("/")
    with django_assert_max_num_queries(7):  # session, account, reach twice, person, posts
        client.get("/")
