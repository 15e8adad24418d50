"""Pictures for the READMEs and the guide, taken from a running demo so that they never go stale.

redhouse demo &                      # the house on its usual port
python tools/screenshots.py [URL]
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"


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
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8018")
