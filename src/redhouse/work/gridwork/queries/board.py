"""What waits, where, and for how long: the dispatcher's board. The same queries, however many cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.reach import everything
from redhouse.ground.people.models import Person
from redhouse.ground.places.queries import names_of, villages, within
from redhouse.ground.process.enums import StepKind
from redhouse.ground.process.models import Report, RunStep
from redhouse.ground.process.queries import step_rule
from redhouse.ground.process.queries.reports import state_of
from redhouse.kit.divisions import CODE_LENGTH
from redhouse.work.gridwork.definitions import CODE
from redhouse.work.gridwork.models import Assignment


@dataclass(frozen=True)
class Clock:
    """What is left, in words, and how pressing that is (a class of the stylesheet)."""

    words: str
    css: str


@dataclass(frozen=True)
class Tile:
    """One village: open cases, late ones, those that nobody has yet."""

    code: str
    name: str
    open: int
    late: int
    waiting: int


@dataclass(frozen=True)
class Board:
    tiles: tuple[Tile, ...]
    open: int
    late: int
    today: int
    waiting: int
    types: tuple[tuple[str, str, int], ...]  # code, name, how many


@dataclass(frozen=True)
class Row:
    report: Report
    step: RunStep | None
    step_name: str
    state: str
    village: str
    handler: str
    clock: Clock | None


def clock(step: RunStep | None, on: date, at: datetime) -> Clock | None:
    """Hours where the clock counts them, else days; late is only said."""
    if step is None or step.due_on is None:
        return None
    if step.due_at is not None and abs(step.due_at - at) < timedelta(days=2):
        hours = int((step.due_at - at).total_seconds() // 3600)
        if step.due_at < at:
            return Clock(ngettext("逾期%(n)s小时", "逾期%(n)s小时", -hours) % {"n": -hours}, "clock-bad")
        return Clock(ngettext("还剩%(n)s小时", "还剩%(n)s小时", hours) % {"n": hours}, "clock-warn")
    days = (step.due_on - on).days
    if days < 0:
        return Clock(ngettext("逾期%(n)s日", "逾期%(n)s日", -days) % {"n": -days}, "clock-bad")
    if days == 0:
        return Clock(_("今天到期"), "clock-warn")
    return Clock(ngettext("还剩%(n)s日", "还剩%(n)s日", days) % {"n": days}, "clock-warn" if days < 2 else "clock-ok")


def _steps(person: Person | None, on: date) -> QuerySet[RunStep]:
    reach = reach_of(person, Verb.SEE_CASES, on)
    return RunStep.objects.filter(
        within(reach, "run__division_code"), outcome="", run__version__code=CODE, run__report__isnull=False
    )


WAITING = Q(kind__in=(StepKind.ACCEPT, StepKind.FILE, StepKind.DISPATCH))
LIVE = Q(run__suspended_on__isnull=True)


def _late(on: date, at: datetime) -> Q:
    return LIVE & (Q(due_at__lt=at) | Q(due_at__isnull=True, due_on__lt=on))


def board_of(person: Person | None, on: date, at: datetime) -> Board:
    """Three queries: villages, cases by village, cases by type."""
    steps = _steps(person, on)
    counted = {
        row["village"]: row
        for row in steps.annotate(village=Substr("run__division_code", 1, CODE_LENGTH))
        .values("village")
        .annotate(
            open=Count("pk"),
            late=Count("pk", filter=_late(on, at)),
            today=Count("pk", filter=LIVE & Q(due_on=on)),
            waiting=Count("pk", filter=WAITING),
        )
    }
    reach = reach_of(person, Verb.SEE_CASES, on)
    tiles = []
    for village in villages(on).filter(within(reach, "code")):
        row: Any = counted.get(village.code, {})
        tiles.append(Tile(village.code, village.name, row.get("open", 0), row.get("late", 0), row.get("waiting", 0)))
    types = steps.values_list("run__report__type_code", "run__report__type__name").annotate(n=Count("pk"))
    rows = counted.values()
    return Board(
        tiles=tuple(tiles),
        open=sum(row["open"] for row in rows),
        late=sum(row["late"] for row in rows),
        today=sum(row["today"] for row in rows),
        waiting=sum(row["waiting"] for row in rows),
        types=tuple(types.order_by("run__report__type_code")),
    )


def open_cases(person: Person | None, on: date, at: datetime, asked: Mapping[str, str]) -> QuerySet[RunStep]:
    """Open steps by what was asked: `show` (waiting, today, late), `village`, `type`; the soonest due first."""
    steps = _steps(person, on)
    if asked.get("village"):
        steps = steps.filter(within([asked["village"]], "run__division_code"))
    if asked.get("type"):
        steps = steps.filter(run__report__type_code=asked["type"])
    shown = {
        "waiting": WAITING,
        "today": LIVE & Q(due_on=on),
        "late": _late(on, at),
    }
    steps = steps.filter(shown.get(asked.get("show", ""), Q()))
    order = ("due_on", "due_at", "pk")
    return (
        steps.select_related("run__report__type", "run__version")
        .defer("run__report__name", "run__report__phone")
        .order_by(*order)
    )


def rows_of(steps: list[RunStep], on: date, at: datetime) -> list[Row]:
    """As printed; two queries for all of them."""
    villages_by = names_of((step.run.division_code for step in steps), on)
    with everything():  # who acts in office is nobody's secret
        named = Assignment.objects.filter(step__in=steps).select_related("handler")
        handlers = {row.step_id: str(row.handler) for row in named}
    return [
        Row(
            step.run.report,
            step,
            step_rule(step).name,
            state_of(step.run, step),
            villages_by.get(step.run.division_code[:CODE_LENGTH], ""),
            handlers.get(step.pk, ""),
            clock(step, on, at),
        )
        for step in steps
    ]


def row_of(report: Report, step: RunStep | None, on: date, at: datetime) -> Row:
    if step is not None:
        step.run.report = report
        return rows_of([step], on, at)[0]
    names = names_of([report.division_code], on)
    village = names.get(report.division_code[:CODE_LENGTH], "")
    return Row(report, None, "", state_of(report.run, None), village, "", None)
