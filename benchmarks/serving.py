"""(e) Requests a second for portal and answer sheet with 8 clients, against a static page of the same server.

`python -m benchmarks.serving PORT COOKIE ADDRESS` is half of the clients, in a process of its own."""

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar

from benchmarks.table import Result, median, spread

PORT, CLIENTS, PROCESSES, SECONDS, ROUNDS = 8929, 8, 2, 5.0, 3
HERE = f"http://127.0.0.1:{PORT}"
STATIC = "/static/redhouse/house.svg"
PAGES = {
    "static page": (False, STATIC),
    "公开 portal": (False, "/open/"),
    "公开 answer sheet": (False, "/open/sheet/"),
    "答卷 of the town": (True, "/answers/440605122000/?as_of=2018-12-14"),
    "答卷 of a village": (True, "/answers/440605122220/?as_of=2018-12-14"),
}


def measure() -> Iterator[Result]:
    rates: dict[str, list[float]] = {name: [] for name in PAGES}
    with serving():
        cookie = _signed_in()
        for name in PAGES:
            _rate(name, cookie, 1.0)
        for _round in range(ROUNDS):
            for name in PAGES:
                rates[name].append(_rate(name, cookie, SECONDS))
    rows = []
    for name, found in rates.items():
        ratios = [static / page for static, page in zip(rates["static page"], found, strict=True)]
        rows.append((name, spread(found, 0), spread(ratios, 1)))
    yield Result(
        title=f"(e) Requests a second with {CLIENTS} clients",
        about=f"`redhouse serve` with two web processes; {CLIENTS} connections kept open from {PROCESSES} processes on "
        "the same two cores, which take their share of them. Static: a file of 300 bytes through the same server.",
        head=("page", "requests a second", "static page is faster by"),
        rows=rows,
        reached=f"答卷 {median(rates['答卷 of the town']):.0f} requests a second,"
        f" portal {median(rates['公开 portal']):.0f}.",
    )


@contextmanager
def serving() -> Iterator["subprocess.Popen[bytes]"]:
    command = [sys.executable, "-m", "redhouse.cli", "demo", "--port", str(PORT)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                urllib.request.urlopen(HERE + STATIC, timeout=2).read()
                break
            except (urllib.error.URLError, OSError):
                if process.poll() is not None:
                    raise RuntimeError("redhouse demo ended before it opened") from None
                time.sleep(0.1)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _signed_in() -> str:
    """A session of the organisation officer, by the tap that the demo offers on its own machine."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(HERE + "/account/login/").read().decode()
    form = re.search(r'action="(/demo/\d+/)"', page)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert form is not None
    assert token is not None
    request = urllib.request.Request(HERE + form[1], b"csrfmiddlewaretoken=" + token[1].encode())
    request.add_header("Referer", HERE + "/account/login/")
    opener.open(request).read()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def _rate(name: str, cookie: str, duration: float) -> float:
    signed, address = PAGES[name]
    command = [sys.executable, "-m", "benchmarks.serving", str(PORT), cookie if signed else "", address, str(duration)]
    halves = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)]
    return sum(float(half.communicate()[0]) for half in halves)


# ── in a process of clients ────────────────────────────────────────────────────────────────────────────────────


def clients(port: int, cookie: str, address: str, duration: float) -> float:
    """Requests a second of these clients together. Any answer but 200 ends the measurement."""
    counts: list[int] = []
    wrong: list[int] = []
    begin = time.monotonic() + 0.3

    def one() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Cookie": cookie} if cookie else {}
        count = 0
        time.sleep(max(0.0, begin - time.monotonic()))
        while time.monotonic() < begin + duration:
            connection.request("GET", address, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                wrong.append(answer.status)
                return
            count += 1
        counts.append(count)

    threads = [threading.Thread(target=one) for _ in range(CLIENTS // PROCESSES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(f"{address} answered {wrong}")
    return sum(counts) / (time.monotonic() - begin)


if __name__ == "__main__":
    print(clients(int(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4])))

if os.name != "posix":
    raise SystemExit("this measurement ends its server by a signal")
