"""The constraints of report forms: sound rows, and how each is broken."""

from collections.abc import Callable

from django.db.models import Model

from redhouse.ground.ledger.actions import record
from redhouse.ground.people.models import Person
from redhouse.work.forms.models import CellEntry, DraftColumn, FormBook, FormDraft
from tests.cast import TODAY, TOWN, XINTIAN, person


def draft(**changes: object) -> FormDraft:
    fields = {"title": "入户月报", "reason": "区里要", "division_code": TOWN, "holding": "visits", "every": "month"}
    return FormDraft(**fields | {"author": person("org"), "drafted_on": TODAY} | changes)


def decided(**changes: object) -> FormDraft:
    return draft(**{"state": "approved", "decided_by": person("secretary"), "decided_on": TODAY} | changes)


def column(**changes: object) -> DraftColumn:
    row = draft()
    row.save()
    return DraftColumn(**{"draft": row, "number": 1, "field": "happened_on"} | changes)


def column_twice() -> DraftColumn:
    first = column()
    first.save()
    return DraftColumn(draft=first.draft, number=1, field="place")


def entry(by: Person) -> CellEntry:
    fact = record("report_cell_filled", happened_on=TODAY, division_code=XINTIAN, by=by.pk, label="L04.2018-12")
    month = TODAY.replace(day=1)
    where = {"form_code": "L04", "division_code": XINTIAN, "month_on": month}
    return CellEntry(**where, ask="next_topic", value="消防", fact_id=fact, filled_on=TODAY, filled_by=by)


def book(**changes: object) -> FormBook:
    where = {"form_code": "L01", "division_code": XINTIAN, "month_on": TODAY.replace(day=1)}
    return FormBook(**where | {"rows": 3, "created_by": person("secretary")} | changes)


WAYS: dict[str, Callable[[], Model]] = {
    "form_draft_says_why": lambda: draft(reason=""),
    "form_draft_once_in_a_month": lambda: draft(every="once"),
    "form_draft_decided_by_somebody": lambda: draft(state="approved"),
    "form_draft_decider_is_not_author": lambda: decided(decided_by=person("org")),
    "form_draft_returned_with_a_reason": lambda: decided(state="returned"),
    "form_book_ready_with_its_file": lambda: book(state="ready"),
    "draft_column_numbered_once": column_twice,
    "draft_column_is_known_or_asked": lambda: column(question="下周安排"),
}
SPEAKING_FIELDS = {"form_draft_says_why"}
