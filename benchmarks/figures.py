"""(c) All figures of the town and of a village, cold and warm, against one bare pass over the facts."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import django

from benchmarks.table import Result, median, seconds, spread
from redhouse.kit import postgres

AS_OF, TOWN, VILLAGE, ROUNDS = date(2018, 12, 14), "440605122000", "440605122220", 7


def measure() -> Iterator[Result]:
    cold: dict[str, float] = {}
    for code in (TOWN, VILLAGE):  # each on a server that has just started
        with postgres.attach_or_start(what="bench"):
            django.setup()
            cold[code] = _live(code)
            _close()
    with postgres.attach_or_start(what="bench"):
        yield _warm(cold)
        _close()


def _close() -> None:
    from django.db import connections

    connections.close_all()


def _live(code: str) -> float:
    """Every figure counted from the rows, no memo."""
    from redhouse.ground.ledger.queries import last_fact_id
    from redhouse.work.answers.queries import load_figures, run

    cut = last_fact_id()
    return seconds(lambda: [run(figure, code, AS_OF, cut) for figure in load_figures().values()])


def _memo(code: str) -> float:
    from redhouse.work.answers.queries import answer_sheet

    return seconds(lambda: answer_sheet(code, AS_OF))


def _pass() -> float:
    """The physical limit of any count over the facts: one sequential pass that looks at one column."""
    from django.db import connections

    def scan() -> None:
        with connections["default"].cursor() as cursor:
            cursor.execute("SELECT count(*), sum(quantity) FROM ledger_fact WHERE salt IS NOT NULL")
            cursor.fetchone()

    return seconds(scan)


def _warm(cold: dict[str, float]) -> Result:
    from redhouse.work.answers.queries import answer_sheet

    sheet = {answer.figure.id: answer.value for answer in answer_sheet(TOWN, AS_OF)}
    assert (sheet["F03"], sheet["F07"]) == (346_000, Fraction(11, 32)), sheet
    _live(TOWN), _live(VILLAGE), _pass()
    town = [_live(TOWN) for _ in range(ROUNDS)]
    village = [_live(VILLAGE) for _ in range(ROUNDS)]
    memo = [_memo(TOWN) for _ in range(ROUNDS)]
    scan = [_pass() for _ in range(ROUNDS)]

    def row(name: str, values: list[float]) -> tuple[str, ...]:
        ms = [1000 * value for value in values]
        return name, spread(ms, 1), f"{median(values) / median(scan):.2f}"

    return Result(
        title="(c) All twenty figures",
        about="Counted from the rows by the read-only role. The measure is one sequential pass over all facts.",
        head=("", "milliseconds", "ratio to one pass"),
        rows=[
            row("one pass over the facts", scan),
            row("town, server just started, no memo", [cold[TOWN]]),
            row("village, server just started", [cold[VILLAGE]]),
            row("town, warm, no memo", town),
            row("village, warm (villages always run live)", village),
            row("town, from the memo of its cut", memo),
        ],
        reached=f"A town costs {median(town) / median(scan):.1f} passes once a cut, a village"
        f" {median(village) * 1000:.0f} ms live; “just started” leaves the operating system's file cache warm.",
    )
