import base64
import hmac
import re
import struct
import time

import pytest
from django.test import Client

from tests.desk.conftest import PASSWORD
from tests.desk.pages import clean

LOGIN = "/account/login/"
ELSEWHERE = "192.168.1.20"


def try_password(client: Client, username: str, password: str):
    return client.post(LOGIN, {"login": username, "password": password})


def test_a_person_signs_in_and_comes_to_the_to_do(people) -> None:
    client = Client()
    answer = try_password(client, "member", PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "户常访" in clean(client.get("/"))


def test_a_wrong_password_is_told_without_saying_which_half(people) -> None:
    unknown = clean(try_password(Client(), "no-such-person", "x"))
    wrong = clean(try_password(Client(), "member", "x"))
    sentence = re.search(r'class="errorlist[^>]*>(.*?)</ul>', wrong, re.S)
    assert sentence is not None
    assert sentence[1] in unknown


def test_guessing_is_stopped_and_the_right_password_too(people) -> None:
    client = Client()
    for _ in range(5):
        try_password(client, "member", "guess")
    page = clean(try_password(client, "member", PASSWORD))
    assert "次数" in page
    assert client.get("/").status_code == 302


def test_a_stopped_account_stays_out(people) -> None:
    people["member"].is_active = False
    people["member"].save()
    client = Client()
    try_password(client, "member", PASSWORD)
    assert client.get("/").status_code == 302


def test_strangers_cannot_make_an_account_or_reset_a_password(people) -> None:
    for path in ("/account/signup/", "/account/password/reset/", "/account/email/"):
        assert Client().get(path).status_code == 404
        assert Client().post(path, {"username": "me", "password1": PASSWORD, "password2": PASSWORD}).status_code == 404


def test_the_demo_offers_its_roles_on_this_machine_and_nobody_else(people) -> None:
    page = clean(Client().get(LOGIN))
    roles = re.findall(r'<button class="role"><b>(.*?)</b><small>(.*?)</small>', page)
    assert roles[0] == ("演示：org", "org")
    assert [name for _, name in roles] == sorted(
        (name for name, account in people.items() if account.is_demo), key=lambda name: people[name].pk
    )
    assert "member" not in dict(roles).values()
    assert "演示" in page


def test_elsewhere_and_outside_the_demo_there_are_no_roles(people, settings) -> None:
    assert "/demo/" not in clean(Client().get(LOGIN, REMOTE_ADDR=ELSEWHERE))
    assert "/demo/" not in clean(Client().get(LOGIN, headers={"X-Forwarded-For": "127.0.0.1"}))
    settings.REDHOUSE_DEMO = False
    assert "/demo/" not in clean(Client().get(LOGIN))


def test_one_tap_enters_the_demo_role(people) -> None:
    client = Client()
    answer = client.post(f"/demo/{people['org'].pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "办一心" in clean(client.get("/"))


def test_one_tap_comes_back_to_the_page_that_was_asked_for(people) -> None:
    answer = Client().post(f"/demo/{people['org'].pk}/", {"next": "/me/"})
    assert answer["Location"] == "/me/"
    answer = Client().post(f"/demo/{people['org'].pk}/", {"next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_one_tap_is_a_post_with_a_token(people) -> None:
    path = f"/demo/{people['org'].pk}/"
    assert Client().get(path).status_code == 405
    answer = Client(enforce_csrf_checks=True).post(path)
    assert answer.status_code == 403
    assert "页面放得太久" in clean(answer)


@pytest.mark.parametrize("meta", [{"REMOTE_ADDR": ELSEWHERE}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}])
def test_one_tap_does_not_exist_elsewhere(people, meta: dict[str, str]) -> None:
    client = Client(**meta)
    assert client.post(f"/demo/{people['org'].pk}/").status_code == 404
    assert client.get("/").status_code == 302


def test_one_tap_does_not_exist_outside_the_demo(people, settings) -> None:
    settings.REDHOUSE_DEMO = False
    assert Client().post(f"/demo/{people['org'].pk}/").status_code == 404


def test_one_tap_never_enters_a_real_account(people) -> None:
    client = Client()
    assert client.post(f"/demo/{people['member'].pk}/").status_code == 404
    assert client.get("/").status_code == 302


def six_digits(secret: str) -> str:
    """RFC 6238 with SHA-1 and 30 seconds, as an authenticator app computes it."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def activate_totp(client: Client) -> None:
    page = clean(client.get("/account/2fa/totp/activate/"))
    secret = re.search(r'id="authenticator_secret"[^>]*value="([A-Z2-7]+)"', page)
    assert secret is not None
    answer = client.post("/account/2fa/totp/activate/", {"code": six_digits(secret[1])})
    if answer.status_code == 200:  # the thirty seconds of the code may have ended on its way, but not twice running
        answer = client.post("/account/2fa/totp/activate/", {"code": six_digits(secret[1])})
    assert (answer.status_code, answer["Location"]) == (302, "/account/2fa/recovery-codes/")


def test_a_second_factor_is_asked_for_once_it_is_on(people, signed) -> None:
    client = signed("org")
    activate_totp(client)
    assert "已开启" in clean(client.get("/me/"))

    fresh = Client()
    answer = fresh.post(f"/demo/{people['org'].pk}/")
    assert answer["Location"].startswith("/account/2fa/authenticate/")
    assert fresh.get("/").status_code == 302
    assert "双因素" in clean(fresh.get("/account/2fa/authenticate/"))


def test_changing_the_second_factor_asks_for_the_password_again(people) -> None:
    client = Client()
    try_password(client, "member", PASSWORD)
    answer = client.get("/account/2fa/totp/activate/")
    assert answer["Location"].startswith("/account/reauthenticate/")
    clean(client.get(answer["Location"]))
    client.post(answer["Location"], {"password": PASSWORD})
    activate_totp(client)
    codes = re.search(r"<textarea[^>]*>(.*?)</textarea>", clean(client.get("/account/2fa/recovery-codes/")), re.S)
    assert codes is not None
    assert len(codes[1].split()) == 10
