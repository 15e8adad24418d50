"""The evidence drawer: opens beside the page, keeps the keyboard, gives the focus back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser

FRAGMENT = """<header><div><p class="kicker">F04</p><h2>入户率</h2></div>
<a class="btn" data-drawer-close href="/">关</a></header><p class="big">345%</p>"""
LINK = """document.querySelector('#content').insertAdjacentHTML('afterbegin',
  '<p><a id="probe" href="/figure/" hx-get="/figure/" hx-target="#drawer">345%</a></p>');
htmx.process(document.querySelector('#content'))"""


@pytest.fixture
def page(enter, request: pytest.FixtureRequest) -> Page:
    page: Page = enter("secretary", getattr(request, "param", DESKTOP))
    page.route("**/figure/", lambda route: route.fulfill(body=FRAGMENT, content_type="text/html"))
    page.evaluate(LINK)
    return page


@pytest.mark.parametrize("page", [DESKTOP, PHONE], ids=["desk", "phone"], indirect=True)
def test_a_figure_opens_and_escape_gives_the_focus_back(page: Page) -> None:
    figure = page.locator("#probe")
    expect(page.locator("#drawer")).to_be_hidden()
    figure.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#drawer")).to_be_visible()
    expect(page.locator("#drawer h2")).to_be_focused()
    expect(figure).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    expect(figure).to_be_focused()
    expect(figure).to_have_attribute("aria-expanded", "false")


def test_the_close_button_stays_on_the_page(page: Page) -> None:
    page.locator("#probe").click()
    page.locator("[data-drawer-close]").click()
    expect(page.locator("#drawer")).to_be_hidden()
    expect(page.locator("#probe")).to_be_visible()


def test_a_lost_connection_is_told_in_a_sentence(page: Page, trouble: list[str]) -> None:
    page.unroute("**/figure/")
    page.route("**/figure/", lambda route: route.abort("connectionaborted"))
    page.locator("#probe").click()
    expect(page.get_by_role("alert")).to_have_text("没有连上，请检查网络后再点一次。")
    trouble.clear()  # the browser reports the lost connection too


def test_a_figure_that_is_not_mine_is_told_in_a_sentence(page: Page, trouble: list[str]) -> None:
    page.unroute("**/figure/")
    page.route("**/figure/", lambda route: route.fulfill(status=403, body=""))
    page.locator("#probe").click()
    expect(page.get_by_role("alert")).to_have_text("这一项您没有权限打开。")
    expect(page.locator("#drawer")).to_be_hidden()
    trouble.clear()
