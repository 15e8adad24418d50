"""Phones as `benchmarks.sync` needs them: several in a process of their own, each on a connection kept open, speaking
what the app speaks. They know no Django."""

import http.client
import json
import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

ENTRIES = 50  # in one batch, as the app has it
CSRF = "c" * 32
EDGE = "----redhouse"


@dataclass(frozen=True)
class Phone:
    """Who is signed in on it, and the households it calls at."""

    session: str
    homes: tuple[int, ...]


@dataclass
class Outcome:
    """What one phone saw: answers by state, seconds of each request, bytes of the last answer."""

    states: dict[str, int]
    times: list[float]
    size: int = 0


class Line:
    """One connection to the house."""

    def __init__(self, port: int, phone: Phone) -> None:
        self.phone = phone
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.outcome = Outcome({}, [])

    def sync(self, entries: list[dict[str, Any]], token: str | None) -> str:
        """The token to bring along next time; "" where nothing was asked for."""
        fields = {"batch": json.dumps(entries), "sent_at": datetime.now(UTC).isoformat()}
        if token is not None:
            fields["token"] = token
        form = "".join(
            f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        )
        more = {"Content-Type": f"multipart/form-data; boundary={EDGE}", "X-CSRFToken": CSRF}
        body = self._ask("POST", "/api/v1/sync", f"{form}--{EDGE}--\r\n".encode(), more)
        self.outcome.size = len(body)
        answer = json.loads(body)
        for each in answer["entries"]:
            self.outcome.states[each["state"]] = self.outcome.states.get(each["state"], 0) + 1
        return str(answer["changes"]["token"]) if answer["changes"] else ""

    def _ask(self, method: str, address: str, body: bytes | None, more: dict[str, str]) -> bytes:
        cookies = f"sessionid={self.phone.session}; csrftoken={CSRF}"
        begin = time.perf_counter()
        self.connection.request(method, address, body, {"Cookie": cookies, **more})
        answer = self.connection.getresponse()
        content = answer.read()
        self.outcome.times.append(time.perf_counter() - begin)
        if answer.status != 200:
            raise RuntimeError(f"{method} {address}: {answer.status} {content[:300]!r}")
        return content


def entries_of(homes: tuple[int, ...], days: list[date]) -> list[dict[str, Any]]:
    """A visit at each household on each day, with something said at it."""
    written = datetime.now(UTC) - timedelta(minutes=5)
    return [
        {
            "kind": "visit",
            "key": str(uuid4()),
            "written_at": written.isoformat(),
            "household": home,
            "happened_on": day.isoformat(),
            "topics": ["fire"],
            "people_met": 2,
            "needs": "上门体检何时来",
        }
        for day in days
        for home in homes
    ]


# ── what a phone does ──────────────────────────────────────────────────────────────────────────────────────────


def push_all(line: Line, days: list[date]) -> None:
    entries = entries_of(line.phone.homes, days)
    for at in range(0, len(entries), ENTRIES):
        line.sync(entries[at : at + ENTRIES], None)


def sync(line: Line, days: list[date]) -> None:
    """As the app does when it comes home: one request takes what was written and brings the whole caseload."""
    line.sync(entries_of(line.phone.homes[:1], days), "")


WAYS: dict[str, Callable[[Line, list[date]], None]] = {"push": push_all, "sync": sync}


def at_once(port: int, way: str, phones: list[Phone], days: list[date], *, lines: int) -> tuple[float, list[Outcome]]:
    """Seconds from the first request to the last answer, with `lines` phones at a time, in up to two processes."""
    spawn = multiprocessing.get_context("spawn")
    queue: Any = spawn.Queue()
    many = min(2, lines)
    processes = [
        spawn.Process(target=_process, args=(queue, port, way, phones[number::many], days, lines // many))
        for number in range(many)
    ]
    for process in processes:
        process.start()
    found = [queue.get() for _ in processes]
    for process in processes:
        process.join()
    wrong = [each for _begin, _end, each in found if isinstance(each, str)]
    if wrong:
        raise RuntimeError(wrong[0])
    outcomes = [outcome for _begin, _end, each in found for outcome in each]
    return max(end for _begin, end, _each in found) - min(begin for begin, _end, _each in found), outcomes


def _process(queue: Any, port: int, way: str, phones: list[Phone], days: list[date], lines: int) -> None:
    """Clocks of processes are compared, so they are the machine's."""
    waiting, done, wrong = list(reversed(phones)), [], []

    def work() -> None:
        while waiting and not wrong:
            try:
                line = Line(port, waiting.pop())
            except IndexError:
                return
            try:
                WAYS[way](line, days)
            except Exception as error:
                wrong.append(repr(error))
            line.connection.close()
            done.append(line.outcome)

    threads = [threading.Thread(target=work) for _ in range(lines)]
    begin = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    queue.put((begin, time.monotonic(), wrong[0] if wrong else done))
