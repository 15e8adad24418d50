"""What holds for every page: nothing that shuts people out, light on the wire, no wider than its screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_front_door import OVERFLOW
from tests.browser.walk import ROUTES, build_scene, pages, serious

pytestmark = pytest.mark.browser
LIGHT = 150_000  # bytes on the wire after the first visit
SENT = "performance.getEntries().reduce((sum, entry) => sum + (entry.transferSize || 0), 0)"
# the ring is a shadow around the element, or around the box that holds the search field
RING = """() => [document.activeElement, document.activeElement.closest('.find')].filter(Boolean)
  .some(e => getComputedStyle(e).boxShadow !== 'none')"""
VISITS = {
    "office at a desk": ("org", DESKTOP, ""),
    "member on a phone": ("member", PHONE, ""),
    "secretary, large type": ("secretary", PHONE, "elder"),
    "director at a desk": ("director", DESKTOP, ""),
    "administrator": ("admin", DESKTOP, ""),
    "stranger on a phone": (None, PHONE, ""),
    "stranger, large type": (None, DESKTOP, "elder"),
}


@pytest.mark.parametrize("visit", VISITS)
def test_no_page_shuts_anybody_out_is_heavy_or_spills(address: str, enter, open_browser, trouble, visit: str) -> None:
    who, size, mode = VISITS[visit]
    scene = build_scene()
    page: Page = enter(who, size) if who else open_browser(address, size)
    page.goto("/" if who else "/open/")
    if mode:
        page.locator("button[value=elder]").first.click()
        expect(page.locator("html")).to_have_attribute("data-mode", mode)
    if who:  # strangers get no app; for the others nothing is fetched for it from here on
        page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    seen, wrong = 0, []
    for at in pages(page, scene):
        seen += 1
        wrong += [f"{at} {found}" for found in serious(page)]
        if (weight := page.evaluate(SENT)) >= LIGHT:
            wrong.append(f"{at} weighs {weight} bytes")
        if (spilled := page.evaluate(OVERFLOW)) > 0:
            wrong.append(f"{at} is {spilled} pixels wider than its screen")
    assert "\n".join(wrong) == ""
    assert seen >= (8 if who is None else 20)
    if who is None:  # a stranger's phone asks once for a caseload, and is told to sign in
        trouble[:] = [said for said in trouble if "401 (Unauthorized)" not in said]


def test_every_address_that_names_an_object_is_in_the_scene(town: str) -> None:
    scene = build_scene()
    missing = [route for route in ROUTES if scene.fill(route) is None]
    assert missing == [], "put one into tests/browser/walk.py"


@pytest.mark.parametrize("path", ["/", "/me/", "/answers/", "/villages/", "/me/data/"])
def test_the_keyboard_goes_from_the_skip_link_through_the_page_and_is_always_seen(enter, path: str) -> None:
    page: Page = enter("secretary")
    page.goto(path)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(RING), page.evaluate("document.activeElement.outerHTML")
        seen.append(page.evaluate("document.activeElement.closest('nav, header, main, aside')?.className ?? ''"))
    assert seen[0] == "rail"
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#content').contains(document.activeElement)")
