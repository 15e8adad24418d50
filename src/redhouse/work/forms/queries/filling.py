"""A form that fills itself: rows as the house holds them, what people wrote beside them, sums, and where each comes
from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.translation import gettext as _

from redhouse.ground.access.enums import HeldKind
from redhouse.ground.access.holdings import Known, Row
from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.queries import corrected_by
from redhouse.ground.people.models import Person
from redhouse.kit.divisions import prefix
from redhouse.work.forms.definitions import AnswerKind, Ask, Column, Per
from redhouse.work.forms.facts import REPORT_OPENED, REPORT_TAKEN
from redhouse.work.forms.models import CellEntry
from redhouse.work.forms.queries.ledgers import Asked

A_PAGE = 50
A_BATCH = 1000
LONG = 20  # characters, from which on a column of words wants room
Entries = dict[tuple[str, str], CellEntry]
"""(key of the row, key of the question) -> the latest entry."""


@dataclass(frozen=True)
class Cell:
    """One filled cell. `entry` is who wrote it and when, for what the house does not hold."""

    column: Column
    value: Any
    entry: CellEntry | None = None

    @property
    def text(self) -> str:
        return said(self.value)

    @property
    def kind(self) -> str:
        return str(self.column.known.kind if self.column.known else self.column.ask.kind if self.column.ask else "")

    @property
    def is_number(self) -> bool:
        return self.kind == HeldKind.NUMBER

    @property
    def is_day(self) -> bool:
        return self.kind == HeldKind.DAY

    @property
    def is_long(self) -> bool:
        return self.column.width >= LONG


@dataclass(frozen=True)
class Line:
    row: Row
    cells: list[Cell]


@dataclass(frozen=True)
class Filled:
    """What a page of a form shows. `place` holds the answers that are asked once for a place, `village` those of the
    villages of a town beside their names."""

    asked: Asked
    lines: list[Line]
    totals: dict[str, int]
    place: list[Cell]
    page: Page[Any]

    @property
    def count(self) -> int:
        return self.page.paginator.count


def fill(asked: Asked, page_number: str | int = 1) -> Filled:
    """One page of rows, in a constant number of queries."""
    page = Paginator(asked.form.holding.find(asked.span), A_PAGE).get_page(page_number)
    rows = asked.form.holding.read(list(page.object_list))
    entries = entries_of(asked, rows)
    return Filled(asked, _lines(asked, rows, entries), totals_of(asked), place_cells(asked, entries), page)


def all_lines(asked: Asked) -> Iterator[Line]:
    """Every row, a batch at a time, out of one reading."""
    found = asked.form.holding.find(asked.span).iterator(chunk_size=A_BATCH)
    while batch := list(islice(found, A_BATCH)):
        rows = asked.form.holding.read(batch)
        yield from _lines(asked, rows, entries_of(asked, rows))


def entries_of(asked: Asked, rows: Sequence[Row]) -> Entries:
    """What was written for these rows and for the place itself; the later entry of a cell wins. None for a form that
    asks nothing."""
    if not asked.form.asks:
        return {}
    keys, earlier = ["", *(row.key for row in rows)], _earlier(rows)
    here = Q(month_on=asked.month_on, row_key__in=keys) | Q(row_key__in=earlier)  # a correction may move the day
    found = CellEntry.objects.filter(here, form_code=asked.form.code)
    inside = found.filter(division_code__startswith=prefix(asked.division.code)).order_by("pk")
    own = [row for row in inside if row.row_key or row.division_code == asked.division.code]
    with everything():  # whoever fills a form does so in office
        people = Person.objects.only("name").in_bulk({row.filled_by_id for row in own})
    for row in own:
        row.filled_by = people[row.filled_by_id]
    return {(earlier.get(row.row_key, row.row_key), row.ask): row for row in own}


def _earlier(rows: Sequence[Row]) -> dict[str, str]:
    """For rows that are facts: the keys that they had before they were corrected -> their key now. What was written
    beside a row stays beside it."""
    facts = [row.fact_id for row in rows if row.fact_id is not None and row.key == str(row.fact_id)]
    return {str(before): str(now) for before, now in corrected_by(facts).items()} if facts else {}


def place_cells(asked: Asked, entries: Entries) -> list[Cell]:
    return [asked_cell(ask, entries.get(("", ask.key))) for ask in asked.form.asks_per(Per.PLACE)]


def totals_of(asked: Asked) -> dict[str, int]:
    """Sums over all rows of the columns that are numbers."""
    shown = {known.key for known in asked.form.known}
    return {key: number for key, number in asked.form.holding.total(asked.span).items() if key in shown}


def _lines(asked: Asked, rows: Sequence[Row], entries: Entries) -> list[Line]:
    return [Line(row, [_cell(column, row, entries) for column in asked.form.shown]) for row in rows]


def _cell(column: Column, row: Row, entries: Entries) -> Cell:
    if column.ask:
        return asked_cell(column.ask, entries.get((row.key, column.ask.key)))
    assert column.known is not None
    return Cell(column, row.cells.get(column.known.key))


def asked_cell(ask: Ask, entry: CellEntry | None) -> Cell:
    value: Any = entry.value if entry else ""
    if entry and entry.value and ask.kind == AnswerKind.NUMBER:
        value = int(entry.value)
    elif entry and entry.value and ask.kind == AnswerKind.DAY:
        value = date.fromisoformat(entry.value)
    elif entry and entry.value and ask.kind == AnswerKind.YES:
        value = _("是") if entry.value == "yes" else _("否")
    return Cell(Column(ask=ask), value, entry)


def said(value: Any) -> str:
    """A cell as text: days without padding, nothing as nothing."""
    if value is None:
        return ""
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else f"{value:,}" if isinstance(value, int) else str(value)


def is_number(known: Known) -> bool:
    return known.kind == HeldKind.NUMBER


@dataclass(frozen=True)
class Look:
    """Somebody opened this form, or took it along."""

    name: str
    on: date
    taken: bool
    rows: int


def looks_at(asked: Asked) -> list[Look]:
    """Who opened this form of this place and month, the latest first. Whoever reads it does so in office."""
    facts = Fact.objects.filter(
        kind__in=(REPORT_OPENED, REPORT_TAKEN), division_code=asked.division.code, label=asked.label
    ).order_by("-fact_id")[:20]
    with everything():
        names = dict(Person.objects.filter(pk__in={fact.actor_id for fact in facts}).values_list("pk", "name"))
    return [
        Look(names.get(fact.actor_id or 0, ""), fact.happened_on, fact.kind == REPORT_TAKEN, fact.quantity)
        for fact in facts
    ]
