"""(b) The pages that people open most: queries, bytes, milliseconds, against an empty page of the same process, and
the queries once more in a town of one village.

`python -m benchmarks.pages` prints what one house needs, as JSON."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import django

from benchmarks.table import Result, median, seconds, spread
from redhouse.kit import postgres

ROUNDS = 15
EMPTY = "/bench/empty/"
PAGES = {  # name -> account ("" for a stranger), address
    "待办 home": ("org", "/"),
    "待办 home, first look": ("org", "/"),
    "答卷 of the town": ("org", "/answers/440605122000/?as_of=2018-12-14"),
    "答卷 of the town, first look": ("org", "/answers/440605122000/?as_of=2018-12-14&"),
    "答卷 of a village": ("secretary", "/answers/440605122220/?as_of=2018-12-14"),
    "答卷 of a village, first look": ("secretary", "/answers/440605122220/?as_of=2018-12-14&"),
    "figure's drawer": ("org", "/answers/440605122000/figure/F04/?as_of=2018-12-14"),
    "组织 tree": ("org", "/bodies/"),
    "组织 tree, first look": ("org", "/bodies/"),
    "village": ("org", "/villages/440605122220/"),
    "village, first look": ("org", "/villages/440605122220/"),
    "search": ("org", "/search/?q=新田"),
    "公开 portal": ("", "/open/"),
    "公开 portal, first look": ("", "/open/?"),
    "公开 answer sheet": ("", "/open/sheet/"),
    "公开 answer sheet, first look": ("", "/open/sheet/?"),
}
DRAWER, FIRST = "figure's drawer", "first look"


def measure() -> Iterator[Result]:
    with postgres.attach_or_start(what="bench"):
        django.setup()
        many, times = _measured(ROUNDS)
        from django.db import connections

        connections.close_all()
    one = _in_a_small_house()
    rows = []
    for name, (queries, size) in many.items():
        ratios = [page / empty for page, empty in zip(times[name], times[_empty(name)], strict=True)]
        rows.append(
            (
                name, f"{one[name][0]} / {queries}", f"{size:,}",
                spread([1000 * value for value in times[name]], 1), spread(ratios, 1),
            )
        )  # fmt: skip
    slow = [row[0] for row in rows if float(row[4].split()[0]) >= 4]
    yield Result(
        title="(b) Pages",
        about="In one process, through all middleware, signed in with a post of the town (of a village, or as a "
        "stranger, where it says so). The measure is an empty template behind the same middleware, for the same "
        f"person, in the same round: {median(times['org']) * 1000:.1f} ms signed in, "
        f"{median(times['']) * 1000:.1f} ms for a stranger. "
        "Figures of a town come from the memo; “first look” builds the text anew, as once a cut in each process (home, "
        "tree and village: once after anything was recorded); the other rows are what the next reader meets. A first "
        "look asks for and writes a whole page, up to fifty queries and a thousand lines, which no memo makes less.",
        head=("page", "queries, 1 / 32 villages", "bytes", "milliseconds", "ratio to the empty page"),
        rows=rows,
        reached="Aim: under 4x. " + (f"Missed by: {', '.join(slow)}." if slow else "Reached by every page."),
    )


def _empty(name: str) -> str:
    return PAGES[name][0]


def _measured(rounds: int) -> tuple[dict[str, tuple[int, int]], dict[str, list[float]]]:
    """Queries and bytes by page; seconds by page, and of the empty page by account."""
    from django.conf import settings
    from django.core.cache import cache
    from django.test import Client

    from redhouse.ground.access.models import Account

    settings.ROOT_URLCONF, settings.ALLOWED_HOSTS = "benchmarks.empty", ["*"]
    clients: dict[str, Any] = {}
    for who in {who for who, _address in PAGES.values()}:
        clients[who] = Client()
        if who:
            clients[who].force_login(Account.objects.get(username=who))
    found: dict[str, tuple[int, int]] = {}
    times: dict[str, list[float]] = {name: [] for name in PAGES} | {who: [] for who in clients}

    def get(name: str) -> Callable[[], Any]:
        who, address = PAGES[name]
        more = {"HX-Request": "true"} if name == DRAWER else {}
        return lambda: clients[who].get(address, headers=more)

    def ready(name: str) -> None:
        """Forget everything for a first look; else let somebody look before."""
        if name.endswith(FIRST):
            cache.clear()
        else:
            get(name)()

    for name in PAGES:
        get(name)()  # templates compiled, memos filled
        ready(name)
        with _counting() as queries:
            answer = get(name)()
        assert answer.status_code == 200, (name, answer.status_code)
        found[name] = (queries[0], len(answer.content))
    for _round in range(rounds):
        for who, client in clients.items():
            times[who].append(median([seconds(lambda client=client: client.get(EMPTY)) for _ in range(3)]))
        for name in PAGES:
            ready(name)
            times[name].append(seconds(get(name)))
    return found, times


class _counting:
    """Statements of every connection inside the block."""

    def __enter__(self) -> list[int]:
        from contextlib import ExitStack

        from django.db import connections

        self.count, self.stack = [0], ExitStack()

        def counted(execute: Any, *given: Any) -> Any:
            self.count[0] += 1
            return execute(*given)

        for alias in ("default", "figures"):
            self.stack.enter_context(connections[alias].execute_wrapper(counted))
        return self.count

    def __exit__(self, *error: object) -> None:
        self.stack.close()


def _in_a_small_house() -> dict[str, tuple[int, int]]:
    """The same pages in a town of one village, in a house and a process of its own."""
    with tempfile.TemporaryDirectory(prefix="redhouse-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        command = [sys.executable, "-m", "benchmarks.pages"]
        done = subprocess.run(
            command, env=os.environ | {"REDHOUSE_HOME": folder}, stdout=subprocess.PIPE, text=True, check=True
        )
    return {name: tuple(found) for name, found in json.loads(done.stdout.splitlines()[-1]).items()}


def small_house() -> None:
    from redhouse.commands._house import visited_house

    with visited_house("bench"):
        from redhouse.demo.loader import load_town
        from redhouse.demo.source import read_source
        from redhouse.demo.tiny import tiny
        from redhouse.demo.town import build_town
        from redhouse.ground.places.models import Division

        load_town(build_town(tiny(read_source())))
        villages = Division.objects.filter(kind__in=("village", "community"))
        villages.exclude(code="440605122220").update(until_on=date(2018, 12, 1))  # a house that nobody else will see
        print(json.dumps(_measured(0)[0]))


if __name__ == "__main__":
    small_house()
