"""What people write into a form, and that they opened it. `by` is the person who does it; `on` a day."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.work.forms import facts
from redhouse.work.forms.definitions import AnswerKind, Ask, Per
from redhouse.work.forms.models import CellEntry
from redhouse.work.forms.queries.filling import Entries, entries_of
from redhouse.work.forms.queries.ledgers import Asked
from redhouse.work.forms.rules import may_fill

LONGEST = 200  # characters, as in the column of the table
Answers = Mapping[tuple[str, str], str]
"""(key of the row, empty for the place itself; key of the question) -> what is to stand there."""


@transaction.atomic
def fill_cells(*, asked: Asked, answers: Answers, by: Person, on: date) -> int:
    """Write what changed, each cell with its fact; what stood there stays in the record and is corrected by the new
    fact. Returns how many changed. Raises PermissionDenied, NotYet for a cell or an answer that does not fit."""
    if not may_fill(by, asked, on=on):
        raise PermissionDenied(_("报表由本村（社区）或镇的工作人员填写"))
    asks = {ask.key: ask for ask in asked.form.asks}
    keys = {row_key for row_key, _ask in answers if row_key}
    found = asked.form.holding.find(asked.span).filter(pk__in=[key for key in keys if key.isdecimal()])
    rows = asked.form.holding.read(list(found)) if keys else []
    where = {"": asked.division.code} | {row.key: row.division_code for row in rows}
    before = entries_of(asked, rows)
    changed = 0
    for (row_key, key), value in answers.items():
        ask = asks.get(key)
        if ask is None or row_key not in where or (ask.per == Per.ROW) != bool(row_key):
            raise NotYet([_("这份报表里没有这一格：请刷新页面")])
        text = _checked(ask, value.strip())
        old = before.get((row_key, key))
        if text == (old.value if old else ""):
            continue
        _write(asked, row_key, ask, text, where[row_key], before, by, on)
        changed += 1
    return changed


def _checked(ask: Ask, text: str) -> str:
    """As it is kept: a number without zeros in front, a day as 2026-10-31."""
    if not text:
        return ""
    values = {"name": ask.name}
    if ask.kind == AnswerKind.NUMBER:
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise NotYet([_("“%(name)s”请写不带单位的整数") % values])
        return str(int(text))
    if ask.kind == AnswerKind.DAY:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise NotYet([_("“%(name)s”请写成 2026-10-31 这样的日期") % values]) from None
    if ask.kind == AnswerKind.YES and text not in ("yes", "no"):
        raise NotYet([_("“%(name)s”请选是或者否") % values])
    if len(text) > LONGEST:
        raise NotYet([_("“%(name)s”最多200字，请写短些") % values])
    return text


def _write(
    asked: Asked, row_key: str, ask: Ask, text: str, code: str, before: Entries, by: Person, on: date
) -> CellEntry:
    old = before.get((row_key, ask.key))
    fact_id = ledger.record(
        facts.CELL_FILLED,
        happened_on=on,
        division_code=code,
        by=by.pk,
        label=asked.label,
        corrects=old.fact_id if old else None,
    )
    row = CellEntry(
        form_code=asked.form.code,
        division_code=code,
        month_on=asked.month_on,
        row_key=row_key,
        ask=ask.key,
        value=text,
        fact_id=fact_id,
        filled_on=on,
        filled_by=by,
    )
    row.save()
    return row


@transaction.atomic
def note_opening(*, asked: Asked, rows: int, by: Person, on: date) -> None:
    """Whoever opens a form that speaks of residents is written down, once a day."""
    known = Fact.objects.filter(
        kind=facts.REPORT_OPENED,
        division_code=asked.division.code,
        happened_on=on,
        actor_id=by.pk,
        label=asked.label,
    )
    if asked.form.is_personal and not known.exists():
        _look(facts.REPORT_OPENED, asked, rows, by, on)


def note_taking(*, asked: Asked, rows: int, by: Person, on: date) -> None:
    """Whoever takes such a form along as a file is written down each time."""
    if asked.form.is_personal:
        _look(facts.REPORT_TAKEN, asked, rows, by, on)


def _look(kind: str, asked: Asked, rows: int, by: Person, on: date) -> None:
    ledger.record(kind, happened_on=on, division_code=asked.division.code, by=by.pk, label=asked.label, quantity=rows)
