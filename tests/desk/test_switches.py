from django.test import Client

from tests.desk.pages import clean


def test_elder_mode_stays_until_it_is_switched_off(house: str) -> None:
    client = Client()
    answer = client.post("/me/elder-mode/", {"mode": "elder", "next": "/account/login/"})
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/")
    assert 'data-mode="elder"' in clean(client.get("/account/login/"))
    client.post("/me/elder-mode/", {"mode": "", "next": "/account/login/"})
    assert "data-mode" not in clean(client.get("/account/login/"))


def test_a_made_up_mode_changes_nothing(house: str) -> None:
    client = Client()
    client.post("/me/elder-mode/", {"mode": '"><script>'})
    assert "data-mode" not in clean(client.get("/account/login/"))


def test_no_switch_leads_away_from_the_house(house: str) -> None:
    for path in ("/me/elder-mode/", "/me/language/"):
        answer = Client().post(path, {"mode": "elder", "language": "en", "next": "//evil.example/"})
        assert answer["Location"] == "/"


def test_the_other_language_is_one_tap_away(house: str) -> None:
    client = Client()
    page = clean(client.get("/account/login/"))
    assert '<html lang="zh-hans"' in page
    assert 'value="en"' in page
    client.post("/me/language/", {"language": "en", "next": "/account/login/"})
    page = clean(client.get("/account/login/"))
    assert '<html lang="en"' in page
    assert 'value="zh-hans"' in page
