"""Pictures for the READMEs and the guide, taken from a running demo so that they never go stale.

redhouse demo &                      # the house on its usual port
python tools/screenshots.py [URL]
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

DOCS = Path(__file__).resolve().parent.parent / "docs"
FOLDER, GUIDE = DOCS / "images", DOCS / "guide" / "images"
CHROMIUM = "/usr/bin/chromium"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
# Pictures of the guide: name, who signs in (None: nobody), page, screen. A new page of the guide adds its line here.
PICTURES: list[tuple[str, str | None, str, dict[str, int]]] = [
    ("home", "黎静珊", "/", DESK),
    ("registry", "黎静珊", "/registry/exchange/", DESK),
    ("requests", "黎静珊", "/data-requests/", DESK),
    ("villages", "区伟棠", "/villages/", DESK),
    ("village", "麦启垣", "/villages/440605122220/", DESK),
    ("rows", "冼桂芬", "/answers/440605122220/figure/F03/rows/", DESK),
    ("me-phone", "潘慧仪", "/me/", PHONE),
    ("visits-phone", "潘慧仪", "/visits/", PHONE),
    ("visits-gaps", "麦启垣", "/visits/gaps/", DESK),
    ("station", "区伟棠", "/visits/stations/", DESK),
    ("my-data-phone", "岑小琴", "/me/data/", PHONE),
    ("search-phone", "陈嘉玲", "/search/", PHONE),
    ("open", None, "/open/", DESK),
    ("matter", "麦启垣", "/decisions/4/", DESK),  # the dividend at its vote, the first of the living matters
    ("open-matter", None, "/open/matters/4/", DESK),
]


def sign_in(page: Page, base: str, name: str) -> None:
    page.goto(f"{base}/account/login/")
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def main(base: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for language, suffix in (("zh-CN", "zh"), ("en-GB", "en")):
            desk = browser.new_page(viewport={"width": 1480, "height": 900}, locale=language)
            sign_in(desk, base, "黎静珊")
            desk.goto(f"{base}/answers/")
            desk.locator("a.fig", has_text="345%").first.click()
            desk.locator(".drawer .big").first.wait_for()
            desk.wait_for_timeout(400)
            desk.screenshot(path=FOLDER / f"answers-{suffix}.png")
            desk.close()
        take_guide(browser, base)
        take_phone(browser, base)
        browser.close()


def take_guide(browser: Browser, base: str) -> None:
    """Every picture of the guide, in Chinese, as the demo shows it today."""
    GUIDE.mkdir(parents=True, exist_ok=True)
    for name, who, path, size in PICTURES:
        page = browser.new_page(viewport=size, locale="zh-CN")
        if who:
            sign_in(page, base, who)
        page.goto(f"{base}{path}")
        page.screenshot(path=GUIDE / f"{name}.png")
        page.close()


def take_phone(browser: Browser, base: str) -> None:
    """The app of the phone: the households, a visit written down, and what waits for a signal. Nothing is sent."""
    page = browser.new_page(viewport=PHONE, locale="zh-CN")
    sign_in(page, base, "潘慧仪")
    page.goto(f"{base}/phone/#all")
    page.locator("#list li").first.wait_for()
    page.wait_for_function("() => document.querySelector('#state').textContent.includes('已同步')")
    page.screenshot(path=GUIDE / "phone-homes.png")
    page.context.set_offline(True)
    page.get_by_role("button", name="记一次").first.click()
    page.locator("#topics").get_by_role("button", name="看病与体检").click()
    page.locator("#needs").fill("上门体检何时来")
    page.screenshot(path=GUIDE / "phone-visit.png")
    page.get_by_role("button", name="保存", exact=True).click()
    page.locator("#tab-unsent").click()
    page.locator("#queue li").first.wait_for()
    page.screenshot(path=GUIDE / "phone-unsent.png")
    page.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8018")
