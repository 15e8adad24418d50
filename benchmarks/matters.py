"""The pages of a matter at its vote: queries, bytes, milliseconds against an empty page, memory of one request."""

import os
import tracemalloc
from collections.abc import Iterator
from typing import Any

from benchmarks.scratch import scratch
from benchmarks.table import Result, median, seconds, spread
from redhouse.kit import postgres

ELECTORS = int(os.environ.get("BENCH_ELECTORS", "618"))
ROUNDS = 45  # more than elsewhere: a page of many queries is soon disturbed by what else runs
EMPTY = "/bench/empty/"


def measure() -> Iterator[Result]:
    with postgres.attach_or_start(what="bench"), scratch("redhouse_matters"):
        rows = _measured()
    yield Result(
        title="The pages of a matter",
        about=f"A dividend at its vote, {ELECTORS} electors on the roll, three quarters of them signed in, through all "
        "middleware; the measure is an empty template behind the same middleware in the same round. Memory is the most "
        "that Python held more during one request.",
        head=("page", "queries", "bytes", "milliseconds", "ratio to the empty page", "memory, KiB"),
        rows=rows,
    )


def _measured() -> list[tuple[str, ...]]:
    from django.conf import settings
    from django.test import Client

    from benchmarks.pages import _counting
    from redhouse.ground.access.models import Account
    from redhouse.kit.today import stand_at
    from tests.ground.process.votes import DAY

    settings.ROOT_URLCONF, settings.ALLOWED_HOSTS = "benchmarks.empty", ["*"]
    pages = _scene()
    stand_at(DAY)
    client, rows = Client(), []
    client.force_login(Account.objects.get(username="director"))
    for name, address in pages.items():
        client.get(address)  # templates compiled
        with _counting() as queries:
            answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        tracemalloc.start()
        client.get(address)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        page, empty = _times(client, address)
        ratios = [one / other for one, other in zip(page, empty, strict=True)]
        rows.append(
            (
                name, str(queries[0]), f"{len(answer.content):,}", spread([1000 * one for one in page], 1),
                spread(ratios, 1), f"{peak // 1024:,}",
            )
        )  # fmt: skip
    stand_at(None)
    return rows


def _times(client: Any, address: str) -> tuple[list[float], list[float]]:
    page, empty = [], []
    for _round in range(ROUNDS):
        empty.append(median([seconds(lambda: client.get(EMPTY)) for _ in range(3)]))
        page.append(seconds(lambda: client.get(address)))
    return page, empty


def _scene() -> dict[str, str]:
    from redhouse.work.decisions.models import Matter
    from tests.cast import SOCIETY, person
    from tests.ground.process.votes import SENT, scene

    came = range(1, ELECTORS * 3 // 4)
    here = scene(ELECTORS, onsite=came)
    matter = Matter.objects.create(
        run=here.run, number="P07-01", title="2026年度分红", division_code=SOCIETY, proposed_on=SENT,
        proposed_by=person("director"), summary="",
    )  # fmt: skip
    return {
        "事项 matter": f"/decisions/{matter.pk}/",
        "事项 record": f"/decisions/{matter.pk}/record/",
        "事项 list": "/decisions/",
        "表决 meeting": f"/decisions/meetings/{here.meeting.pk}/",
        "名册 roll": f"/decisions/rolls/{here.roll.pk}/",
        "公开 matter": f"/open/matters/{matter.pk}/",
    }
