"""The real pages in a real browser: Debian's Chromium against the application, over loopback.

Every page that a test opens is watched: an error on its console, a refusal by the content policy, or a request to
any other machine fails the test.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from redhouse.config.wsgi import application

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def is_ours(url: str, address: str) -> bool:
    return url.startswith((address, "data:", "blob:"))


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def serve(name: str) -> Iterator[str]:
    """The application on a free port of this machine, on the database `name` that is in use."""
    cache.clear()
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = True
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def address(town: str) -> Iterator[str]:
    """The cast's town, open at this address."""
    yield from serve(town)


@pytest.fixture(scope="module")  # Playwright keeps an event loop running in the thread of the tests until it ends
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        refuse = pytest.fail if os.environ.get("REDHOUSE_REQUIRE_ALL") else pytest.skip
        refuse("Chromium is missing: apt-get install chromium fonts-wqy-microhei")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def trouble() -> list[str]:
    """What went wrong in the pages of this test; a test that makes trouble on purpose clears it."""
    return []


@pytest.fixture
def open_browser(chromium: Browser, trouble: list[str]) -> Iterator[Callable[..., Page]]:
    """`open_browser(address, size)` gives an empty page of that size; extra words go to the browser's context."""
    contexts: list[BrowserContext] = []

    def open_(address: str, size: dict[str, int] = DESKTOP, **options: object) -> Page:
        context = chromium.new_context(viewport=size, base_url=address, locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: trouble.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda sent: None if is_ours(sent.url, address) else trouble.append(f"outside: {sent.url}"))
        return page

    yield open_
    for context in contexts:
        context.close()
    assert trouble == []


@pytest.fixture
def enter(address: str, open_browser: Callable[..., Page]) -> Callable[..., Page]:
    """A page in which one of the cast has signed in with one tap."""

    def enter_(who: str, size: dict[str, int] = DESKTOP, **options: object) -> Page:
        page = open_browser(address, size, **options)
        page.goto("/account/login/")
        page.locator("button.role", has_text=who).first.click()
        page.wait_for_url("**/")
        return page

    return enter_
