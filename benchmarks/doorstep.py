"""(p) The two pages that are opened at doors and at the dispatcher's desk: what a browser fetches the first time and
the second, and what the page costs against an empty one."""

import gzip
import http.client
import re
from collections.abc import Iterator
from urllib.parse import urljoin

import django

from benchmarks.serving import PORT, STATIC, serving
from benchmarks.table import Result, median, seconds, spread
from redhouse.kit import postgres

ROUNDS = 25
PAGES = {"我的户 my households": ("member", "/visits/"), "调度台 dispatcher's board": ("dispatcher", "/gridwork/")}
SPEAKS = {"Accept-Encoding": "gzip, br"}


def measure() -> Iterator[Result]:
    from benchmarks.sync import sign_in

    rows, late = [], []
    with serving(), postgres.attach_or_start(what="bench"):
        django.setup()
        from django.db import connections

        for name, (username, address) in PAGES.items():
            browser = _Browser(sign_in(username))
            first, second = browser.visit(address), browser.visit(address)
            page, small = [], []
            for _round in range(ROUNDS):
                small.append(1000 * seconds(lambda browser=browser: browser.get(STATIC)))
                page.append(1000 * seconds(lambda browser=browser, address=address: browser.get(address)))
            late.append(median(page))
            rows.append(
                (
                    name,
                    f"{first[0]} / {first[1]:,}",
                    f"{second[0]} / {second[1]:,}",
                    f"{browser.size:,} ({len(gzip.compress(browser.body)):,} gzipped)",
                    spread(page, 1),
                    spread([a / b for a, b in zip(page, small, strict=True)], 1),
                )
            )
        connections.close_all()
    yield Result(
        title="(p) My households and the dispatcher's board",
        about="Over HTTP from `redhouse serve`, one browser on an idle house. Bytes on the wire are headers and bodies "
        "of every answer: the page, its style, scripts and pictures; the second visit asks again only for what it may "
        "not keep. Milliseconds are of the page alone; the measure is a file of 300 bytes from the same server.",
        head=("page", "first: requests / bytes", "second: requests / bytes", "page", "milliseconds", "ratio to a file"),
        rows=rows,
        reached=f"{' and '.join(f'{value:.0f}' for value in late)} ms.",
    )


class _Browser:
    """Fetches a page and all it needs, and keeps what it may."""

    def __init__(self, session: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        self.headers = {"Cookie": f"sessionid={session}", **SPEAKS}
        self.kept: set[str] = set()
        self.body, self.size = b"", 0

    def get(self, address: str) -> int:
        """Bytes of the answer."""
        self.connection.request("GET", address, headers=self.headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{address}: {answer.status}")
        if "max-age" in (answer.headers["Cache-Control"] or "") and "max-age=0" not in answer.headers["Cache-Control"]:
            self.kept.add(address)
        self.body = gzip.decompress(content) if answer.headers["Content-Encoding"] == "gzip" else content
        return len(content) + len(str(answer.headers))

    def visit(self, address: str) -> tuple[int, int]:
        """How many requests a visit makes, and bytes of all answers."""
        self.size = self.get(address)
        total, count, text = self.size, 1, self.body
        found = re.findall(rb'<(?:link|script|img)[^>]*?(?:href|src)="([^"#]+)|<use href="([^"#]+)', text)
        for part in sorted({urljoin(address, (plain or used).decode()) for plain, used in found}):
            if part not in self.kept:
                total, count = total + self.get(part), count + 1
        self.body = text
        return count, total
