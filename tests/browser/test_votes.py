"""The vote calculator in a browser: fields follow the rule, with script and without."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE

ASKED = "/open/vote-rules/?rule=V09&on=2026-03-01&electors=618&present=487&for=400&against=31&abstain=18"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
pytestmark = pytest.mark.browser


def test_another_rule_brings_its_fields_and_keeps_the_numbers(address: str, open_browser) -> None:
    page: Page = open_browser(address)
    page.goto(ASKED)
    expect(page.locator(".need-line")).to_have_text("未通过，赞成票还差12。")
    page.locator("#rule").select_option("V13")
    expect(page.locator("#area")).to_be_visible()
    expect(page.locator("#electors")).to_have_value("618")
    for name, number in (("area", "30000"), ("area_present", "24000.5"), ("area_for", "12000.25"), ("for", "400")):
        page.locator(f"#{name}").fill(number)
    page.get_by_role("button", name="计算").click()
    expect(page.locator(".need-line")).to_have_text("未通过，赞成的面积还差0.01㎡。")
    assert "area_for=12000.25" in page.url


def test_without_script_it_is_a_form(address: str, open_browser) -> None:
    page: Page = open_browser(address, java_script_enabled=False)
    page.goto(ASKED)
    page.locator("#for").fill("412")
    page.get_by_role("button", name="计算").click()
    expect(page.locator(".need-line")).to_have_text("通过。")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_it_fits_the_screen_with_everything_open(address: str, open_browser, size: dict[str, int]) -> None:
    page: Page = open_browser(address, size)
    page.goto(ASKED)
    for summary in page.locator("details > summary").all():
        summary.click()
    assert page.evaluate(OVERFLOW) <= 0
