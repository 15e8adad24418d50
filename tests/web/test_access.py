"""The three locks, each tried by a stranger, by an account without a person, and by a person."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from redhouse.web.access import NotYours, needs, public, signed_in

LI = SimpleNamespace(name="黎静珊")


def request_by(person: object | None, *, signed: bool = True, **headers: str):
    request = RequestFactory().get("/matters/7/", headers=headers)
    request.user = SimpleNamespace(is_authenticated=signed)
    request.person = person
    return request


def show(request, found="nothing") -> HttpResponse:
    return HttpResponse(str(found))


def matter_for(person, matter_id: int) -> str | None:
    if matter_id == 8:
        raise ObjectDoesNotExist
    return f"matter {matter_id} for {person.name}" if matter_id == 7 else None


def yes(person, found, *, on: dt.date) -> bool:
    return isinstance(on, dt.date)


def no(person, found, *, on: dt.date) -> bool:
    return False


def test_each_lock_leaves_its_mark() -> None:
    assert [public(show).access, signed_in(show).access, needs(None, matter_for)(show).access] == [
        "public",
        "signed_in",
        "needs",
    ]


def test_public_lets_a_stranger_in() -> None:
    assert public(show)(request_by(None, signed=False)).content == b"nothing"


@pytest.mark.parametrize("lock", [signed_in, needs(yes, matter_for)])
def test_a_stranger_is_sent_to_sign_in_and_back(lock) -> None:
    answer = lock(show)(request_by(None, signed=False))
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/matters/7/")


def test_a_fragment_sends_the_whole_page_to_sign_in() -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/answers/"}
    answer = signed_in(show)(request_by(None, signed=False, **headers))
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/account/login/?next=http%3A//testserver/answers/"


def test_a_fragment_never_comes_back_to_a_foreign_page() -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver.evil.example/"}
    answer = signed_in(show)(request_by(None, signed=False, **headers))
    assert answer["HX-Redirect"] == "/account/login/?next=/"


def test_needs_hands_over_the_object() -> None:
    view = needs(yes, matter_for)(show)
    assert view(request_by(LI), matter_id=7).content.decode() == "matter 7 for 黎静珊"


@pytest.mark.parametrize("matter_id", [8, 9])
def test_what_the_getter_does_not_give_does_not_exist(matter_id: int) -> None:
    with pytest.raises(Http404):
        needs(yes, matter_for)(show)(request_by(LI), matter_id=matter_id)


def test_a_rule_that_says_no_names_who_could() -> None:
    with pytest.raises(NotYours, match="书记可以办"):
        needs(no, matter_for, who="村党组织书记可以办。")(show)(request_by(LI), matter_id=7)


def test_an_account_without_a_person_is_told_so() -> None:
    with pytest.raises(PermissionDenied, match="还没有对应的人"):
        needs(yes, matter_for)(show)(request_by(None), matter_id=7)
