"""The public portal in a browser: a file is checked without leaving the device."""

from hashlib import sha256

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.work.answers.factories import fill_town

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAGES = ("/open/", "/open/villages/", "/open/villages/440605122220/", "/open/venues/", "/open/sheet/", "/open/data/",
         "/open/log/", "/open/verify/")  # fmt: skip
pytestmark = pytest.mark.browser


def test_the_digest_of_a_file_is_computed_here_and_the_file_stays(address: str, open_browser) -> None:
    page: Page = open_browser(address)
    page.goto("/open/verify/")
    sent: list[str] = []
    page.on("request", lambda request: None if "/static/" in request.url else sent.append(request.url))
    content = "西樵镇公示".encode() * 1000
    page.locator("#file").set_input_files({"name": "notice.pdf", "mimeType": "application/pdf", "buffer": content})
    expect(page.locator("#digest")).to_have_value(sha256(content).hexdigest())
    assert sent == []
    page.get_by_role("button", name="验文件").click()
    expect(page.get_by_text("没有存过这样的文件")).to_be_visible()
    assert page.url.endswith(f"?digest={sha256(content).hexdigest()}")


def test_without_script_the_digest_is_pasted(address: str, open_browser) -> None:
    page: Page = open_browser(address, java_script_enabled=False)
    page.goto("/open/verify/")
    expect(page.locator("#file")).to_be_hidden()
    page.locator("#digest").fill("x")
    page.get_by_role("button", name="验文件").click()
    expect(page.get_by_text("这不是摘要")).to_be_visible()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_every_page_fits_in_both_modes_and_languages(address: str, open_browser, size: dict[str, int]) -> None:
    fill_town()
    page: Page = open_browser(address, size)
    for button, name, value in (("", "lang", "zh-hans"), ("适老版", "data-mode", "elder"), ("English", "lang", "en")):
        page.goto("/open/")
        if button:
            page.get_by_role("button", name=button).click()
        expect(page.locator("html")).to_have_attribute(name, value)
        for path in PAGES:
            page.goto(path)
            assert page.evaluate(OVERFLOW) <= 0, (path, button)
