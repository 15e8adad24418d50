"""(s) Steps a second through `close_step`, with its rights, rules, guards and fact, beside bare commits."""

import time
from collections.abc import Iterator
from datetime import date, timedelta

import django

from benchmarks.table import Result, median, seconds, spread
from redhouse.kit import postgres

RUNS, ROUNDS = 60, 3
ON = date(2018, 12, 3)


def measure() -> Iterator[Result]:
    with postgres.attach_or_start(what="bench"):
        django.setup()
        from redhouse.ground.access.reach import set_reach

        set_reach("*")
        rates: list[float] = []
        bare: list[float] = []
        for number in range(ROUNDS):
            bare.append(RUNS / seconds(_bare))
            rates.append(_round(ON + timedelta(days=number)))
        ratios = [step / commit for step, commit in zip(rates, bare, strict=True)]
        yield Result(
            title="(s) Steps of matters a second",
            about=f"{RUNS} matters on the demo town, one step of each closed in its own transaction by one writer: the "
            "run locked, the closer's posts asked, what is missing asked, the step closed and the next opened under "
            "the database's guards, the fact recorded. A bare commit writes one message to the log of the database.",
            head=("", "a second", "ratio"),
            rows=[
                ("bare commits", spread(bare, 0), "1"),
                ("steps through `close_step`", spread(rates, 0), spread(ratios, 3)),
            ],
            reached=f"A step takes {1000 / median(rates):.1f} ms.",
        )


def _bare() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for _ in range(RUNS):
            cursor.execute("SELECT pg_logical_emit_message(true, 'bench', 'x')")


def _round(on: date) -> float:
    """Matters are opened and their plans filed first, unmeasured."""
    from redhouse.ground.bodies.enums import BodyKind
    from redhouse.ground.bodies.models import Body
    from redhouse.ground.papers.models import Paper
    from redhouse.ground.process.actions import adopt_versions, close_step, file_paper, open_run
    from redhouse.ground.process.queries import step_rule
    from redhouse.work.decisions.definitions import versions

    adopt_versions([procedure.text for procedure in versions("P07")], on=on)
    host = Body.objects.filter(kind=BodyKind.ECON_SOCIETY, name__startswith="新田").order_by("division_code")[0]
    director = Body.objects.get(parent=host, kind=BodyKind.REC_COUNCIL).posts.get(kind="chair").person
    waiting = []
    for _ in range(RUNS):
        run = open_run(code="P07", host=host, facts={"delegated_by_charter": "no"}, by=director, on=on)
        step = run.steps.get()
        for kind in step_rule(step).evidence:
            paper = Paper.objects.create(kind=kind, title="方案", division_code=host.division_code, created_by=director)
            file_paper(step=step, paper=paper, by=director, on=on)
        waiting.append(step)
    begin = time.perf_counter()
    for step in waiting:
        close_step(step=step, outcome="submitted", by=director, on=on)
    return RUNS / (time.perf_counter() - begin)
