"""Sign-in, home, my account: on a desk, on a phone, with the keyboard, without script, for old eyes."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.browser
PAGES = ["/", "/me/", "/account/2fa/", "/account/password/set/"]

OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
# A figure keeps its underline at the digits; its target is drawn around it, so it is felt for with the finger.
SMALL_TARGETS = """() => {
  const felt = element => {
    element.scrollIntoView({block: 'center'});
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    return [-21, 21].every(step => document.elementFromPoint(x, y + step) === element) ? 44 : box.height;
  };
  return [...document.querySelectorAll('a, button, input')]
    .filter(e => e.offsetParent && !e.closest('p, td, .skip') && e.type !== 'hidden')
    .map(e => [e.textContent.trim() || e.name, e.matches('.fig') ? felt(e) : e.getBoundingClientRect().height])
    .filter(([, height]) => height < 43.5);
}"""

SPILLED = """() => [...document.querySelectorAll('.five dd, .five dt')]
  .filter(e => e.getBoundingClientRect().right > e.parentElement.getBoundingClientRect().right + 1)
  .map(e => e.textContent)"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_page_fits_its_screen(enter, size: dict[str, int], path: str) -> None:
    page: Page = enter("org", size)
    page.goto(path)
    assert page.evaluate(OVERFLOW) <= 0
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
def test_everything_on_a_phone_is_large_enough_for_a_thumb(enter, path: str) -> None:
    page: Page = enter("org", PHONE)
    page.goto(path)
    assert page.evaluate(SMALL_TARGETS) == []


def test_sign_in_offers_roles_and_fits_a_phone(address: str, open_browser) -> None:
    page: Page = open_browser(address, PHONE)
    page.goto("/account/login/")
    assert page.evaluate(OVERFLOW) <= 0
    assert page.evaluate(SMALL_TARGETS) == []
    expect(page.get_by_role("heading", name="登录红房子")).to_be_visible()
    expect(page.get_by_role("button", name="演示：org")).to_be_visible()


def test_the_phone_bar_shows_where_i_am(enter) -> None:
    page: Page = enter("secretary", PHONE)
    bar = page.locator(".tabbar")
    expect(bar.locator("[aria-current=page]")).to_have_text("待办")
    bar.get_by_text("我的").click()
    expect(bar.locator("[aria-current=page]")).to_have_text("我的")
    expect(page.locator(".rail")).to_be_hidden()


def test_the_first_tab_skips_to_the_text(enter) -> None:
    page: Page = enter("secretary")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_elder_mode_enlarges_everything_and_still_fits_a_phone(enter) -> None:
    page: Page = enter("secretary", PHONE)
    page.get_by_role("button", name="适老版").click()
    expect(page.locator("html")).to_have_css("font-size", "20px")
    page.goto("/me/")
    assert page.evaluate(OVERFLOW) <= 0
    page.get_by_role("button", name="标准版").first.click()
    expect(page.locator("html")).to_have_css("font-size", "16px")


def test_the_house_works_without_script(enter) -> None:
    page: Page = enter("secretary", java_script_enabled=False)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")
    page.get_by_role("button", name="适老版").click()
    expect(page.locator("html")).to_have_attribute("data-mode", "elder")
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("heading", name="登录红房子")).to_be_visible()


def test_a_page_after_the_first_is_light(enter) -> None:
    page: Page = enter("secretary")
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    page.goto("/me/")
    sent = page.evaluate("performance.getEntries().reduce((sum, entry) => sum + (entry.transferSize || 0), 0)")
    assert 0 < sent < 150_000


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_figure_beside_the_to_do_opens_its_evidence_here(enter, size: dict[str, int]) -> None:
    page: Page = enter("secretary", size)
    figure = page.locator(".five .fig").nth(2)
    figure.click()
    drawer = page.locator("#drawer")
    expect(drawer.locator("h2")).to_be_focused()
    expect(drawer).to_contain_text("定义")
    assert page.evaluate(OVERFLOW) <= 0
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(figure).to_be_focused()
    expect(page).to_have_title("待办 · 红房子")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_english_fits_its_screen_too(enter, size: dict[str, int], path: str) -> None:
    page: Page = enter("org", size)
    page.locator("button[value=en]").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(path)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.evaluate(OVERFLOW) <= 0
    assert page.evaluate(SPILLED) == []
