"""What a stranger reads: figures, villages, venues, the sheet; how long it holds; in which language and mode."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from redhouse.desk.public import caching, moment
from redhouse.desk.public.moment import public_moment
from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.queries import latest_head
from redhouse.ground.places.models import Division
from redhouse.work.answers.queries import load_figures
from tests.cast import BEGIN, HAIZHOU, TOWN, XINTIAN
from tests.desk.pages import clean
from tests.work.answers.factories import households, log, visit

PAGES = (
    "/open/", "/open/villages/", f"/open/villages/{XINTIAN}/", "/open/venues/", "/open/sheet/", "/open/data/",
    "/open/log/", "/open/verify/",
)  # fmt: skip


def test_the_town_in_five_figures_marked_as_unapproved(filled: str, stranger: Client) -> None:
    page = clean(stranger.get("/open/"))
    assert "未经批准的现算数" in page
    assert page.count('<a class="fig"') == 5
    assert ">133%<" in page  # four visits over three households
    assert f'href="/open/villages/{HAIZHOU}/"' in page


def test_a_village_shows_what_stands_there(filled: str, stranger: Client) -> None:
    page = clean(stranger.get(f"/open/villages/{XINTIAN}/"))
    assert "新田中心" in page
    assert "启用 " in page
    assert "新田村党委" in page
    assert "海舟" not in page


@pytest.mark.parametrize("code", [TOWN, "440605122999", "440605123001", f"{XINTIAN}001", "abc", "%"])
def test_what_is_no_village_of_the_town_is_not_there(filled: str, stranger: Client, code: str) -> None:
    assert stranger.get(f"/open/villages/{code}/").status_code == 404


def test_a_village_is_found_by_name_or_code(filled: str, stranger: Client) -> None:
    assert "海舟" not in clean(stranger.get("/open/villages/", {"q": "新田"}))
    assert "海舟" in clean(stranger.get("/open/villages/", {"q": "219"}))
    assert "没有名称或代码含“&lt;b&gt;”" in clean(stranger.get("/open/villages/", {"q": "<b>"}))


def test_the_sheet_says_of_each_figure_what_it_counts(filled: str, stranger: Client) -> None:
    page = clean(stranger.get("/open/sheet/"))
    assert page.count("<details") == len(load_figures())
    assert "本年入户人次与截至当日在册户数之比" in page
    assert "4／3" in page


def test_an_empty_house_says_so(house: str, stranger: Client) -> None:
    for path in PAGES[:-1]:
        answer = stranger.get(path)
        assert answer.status_code == 404
        assert "还没有公开的内容" in clean(answer)
        assert "public" not in answer.get("Cache-Control", "")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_may_be_kept_and_leaves_no_cookie(filled: str, stranger: Client, path: str) -> None:
    answer = stranger.get(path)
    clean(answer)
    assert answer["Cache-Control"] == "public, max-age=60"
    assert {"Cookie", "Accept-Language"} <= {name.strip() for name in answer["Vary"].split(",")}
    assert answer.cookies == {}
    assert "csrf" not in answer.content.decode()
    head = stranger.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert {stranger.put(path).status_code, stranger.delete(path).status_code} == {405}


@pytest.mark.parametrize("path", PAGES[:-1])
def test_a_page_that_is_known_is_not_sent_again_until_something_is_recorded(
    filled: str, stranger: Client, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = stranger.get(path)["ETag"]
    again = stranger.get(path, headers={"If-None-Match": known})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", known)
    assert again["Cache-Control"] == "public, max-age=60"
    assert stranger.get(path, headers={"If-None-Match": known, "Accept-Language": "en"}).status_code == 200
    with everything():
        visit(households()[0])
    log()
    later = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr(caching.timezone, "now", lambda: later)
    fresh = stranger.get(path, headers={"If-None-Match": known})
    assert fresh.status_code == 200
    assert fresh["ETag"] != known


def test_a_page_is_made_once_and_anew_when_something_is_recorded(
    filled: str, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = queries_of(stranger, "/open/")
    first = stranger.get("/open/")
    assert queries_of(stranger, "/open/") <= 4 < made  # how far a stranger sees, the head, whether it is a demo
    assert stranger.get("/open/").content == first.content
    assert "<html" in clean(stranger.get("/open/", headers={"Accept-Language": "en"}))
    assert stranger.get("/open/", headers={"Accept-Language": "en"}).content != first.content
    with everything():
        visit(households()[0])
    log()
    later = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr(caching.timezone, "now", lambda: later)
    assert ">133%<" in first.content.decode()
    assert ">166%<" in clean(stranger.get("/open/"))  # five visits over three households


def test_the_moment_is_the_newest_head_before_this_minute(filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = latest_head()
    assert first is not None
    visit(households()[0])
    log()
    second = latest_head()
    assert second is not None
    just_after = first.signed_at.replace(second=0, microsecond=0) + timedelta(minutes=1, seconds=30)
    cuts = {now: found.cut for now in (just_after, just_after + timedelta(days=1)) if (found := public_moment(now))}
    assert cuts[just_after] in (first.last_fact_id, second.last_fact_id)
    assert cuts[just_after + timedelta(days=1)] == second.last_fact_id
    monkeypatch.setattr(moment, "today", lambda: date(2000, 1, 1))
    assert public_moment(timezone.now()) is None  # a day before the town stood has nothing to show


def queries_of(browser: Client, path: str) -> int:
    """Of the application and of the figures together."""
    with CaptureQueriesContext(connections["default"]) as own, CaptureQueriesContext(connections["figures"]) as figures:
        assert browser.get(path).status_code == 200
    return len(own) + len(figures)


@pytest.mark.parametrize("path", PAGES)
def test_the_number_of_queries_does_not_grow_with_the_villages(
    filled: str, stranger: Client, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = timezone.now() + timedelta(minutes=2)  # in a minute of its own: the newest head is asked for once a minute
    monkeypatch.setattr(caching.timezone, "now", lambda: later)
    stranger.get(path)  # counts what is remembered from then on
    cache.clear()
    few = queries_of(stranger, path)
    Division.objects.bulk_create(
        Division(code=f"4406051223{n:02}", kind="village", name=f"第{n}村", from_on=BEGIN) for n in range(30)
    )
    cache.clear()
    assert queries_of(stranger, path) == few <= 30


def test_language_and_mode_are_one_tap_without_a_token(filled: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/open/look/", {"mode": "elder", "next": "/open/"})
    assert (answer.status_code, answer["Location"]) == (302, "/open/")
    browser.post("/open/look/", {"language": "en", "next": "/open/"})
    page = clean(browser.get("/open/"))
    assert 'data-mode="elder"' in page
    assert '<html lang="en"' in page
    assert browser.post("/open/look/", {"mode": "", "next": "//evil.example/"})["Location"] == "/"
    assert browser.get("/open/look/").status_code == 405


def test_search_engines_are_told_what_is_public(house: str, stranger: Client) -> None:
    answer = stranger.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Allow: /open/" in answer.content.decode()
    assert "Disallow: /\n" in answer.content.decode()


def test_the_sign_in_page_leads_here(filled: str, stranger: Client) -> None:
    assert 'href="/open/"' in clean(stranger.get("/account/login/"))
