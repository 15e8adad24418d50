"""The real pages in a real browser: Debian's Chromium against the application, over loopback.

Every page that a test opens is watched: an error on its console, a refusal by the content policy, or a request to
any other machine fails the test.
"""

import contextlib
import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from redhouse.config.wsgi import application

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
LONG = 120_000  # milliseconds that anything may take on a busy machine; the app itself asks again after thirty seconds
expect.set_options(timeout=LONG)


def is_ours(url: str, address: str) -> bool:
    return url.startswith((address, "data:", "blob:"))


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


class Served(ThreadedWSGIServer):
    """A server that knows who is still being answered."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Quiet)
        self.daemon_threads = True
        self.answering: dict[threading.Thread, Any] = {}

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        self.answering[threading.current_thread()] = request
        try:
            super().process_request_thread(request, client_address)
        finally:
            del self.answering[threading.current_thread()]

    def see_off(self) -> None:
        """Hear no more, and wait for what is being answered: it would go on in the database of the next test."""
        for thread, request in list(self.answering.items()):
            with contextlib.suppress(OSError):
                request.shutdown(socket.SHUT_RD)
            thread.join(LONG / 1000)


def serve(name: str) -> Iterator[str]:
    """The application on a free port of this machine, on the database `name` that is in use."""
    cache.clear()
    server = Served()
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.see_off()
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
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=LONG)
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
        still: dict[str, object] = {"locale": "zh-CN", "reduced_motion": "reduce"}  # nothing is looked at half-way
        context = chromium.new_context(viewport=size, base_url=address, **(still | options))
        context.set_default_timeout(LONG)
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
        page.wait_for_url(lambda url: "/account/login/" not in url)
        return page

    return enter_
