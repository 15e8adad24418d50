"""Where I am signed in, and how I end it."""

import pytest
from django.test import Client

from redhouse.desk.sessions import device
from tests.desk.conftest import PASSWORD
from tests.desk.pages import clean

PHONE = "Mozilla/5.0 (Linux; Android 13; V2) AppleWebKit/537.36 Chrome/107 Mobile Safari/537.36 MicroMessenger/8.0"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0"


def sign_in(user_agent: str, name: str = "member") -> Client:
    client = Client(headers={"user-agent": user_agent})
    client.post("/account/login/", {"login": name, "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    ("said", "name"), [(PHONE, "微信　Android"), (DESK, "Edge　Windows"), ("curl/8", "不认识的浏览器")]
)
def test_a_device_has_a_name(said: str, name: str) -> None:
    assert device(said) == name


def test_i_see_my_devices_and_end_one(people) -> None:
    desk, phone = sign_in(DESK), sign_in(PHONE)
    page = clean(desk.get("/me/"))
    assert "微信　Android" in page
    assert page.count("让它退出") == 1
    number = page.split("/me/sessions/")[1].split("/")[0]
    assert desk.post(f"/me/sessions/{number}/end/").status_code == 302
    assert phone.get("/me/").status_code == 302
    assert "微信" not in clean(desk.get("/me/"))


def test_all_others_end_at_once_and_mine_goes_on(people) -> None:
    desk, *others = sign_in(DESK), sign_in(PHONE), sign_in(PHONE)
    desk.post("/me/sessions/end-others/")
    assert [client.get("/me/").status_code for client in (desk, *others)] == [200, 302, 302]


def test_nobody_ends_the_session_of_another(people) -> None:
    mine = sign_in(PHONE)
    number = clean(sign_in(DESK).get("/me/")).split("/me/sessions/")[1].split("/")[0]
    stranger = sign_in(DESK, "nobody")
    stranger.post(f"/me/sessions/{number}/end/")
    stranger.post("/me/sessions/end-others/")
    assert mine.get("/me/").status_code == 200
