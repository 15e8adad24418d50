"""A new form: drafted by the town's office, weighed, approved or returned by another. `by` does it; `on` a day."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet, require
from redhouse.ground.people.models import Person
from redhouse.kit.divisions import town_of
from redhouse.work.forms import facts
from redhouse.work.forms.enums import DraftState
from redhouse.work.forms.models import DraftColumn, FormDraft
from redhouse.work.forms.queries.burden import weigh_new
from redhouse.work.forms.queries.drafts import form_of
from redhouse.work.forms.rules import may_decide, may_draft, missing_before_draft


class NewQuestion(NamedTuple):
    text: str
    kind: str
    per: str


@transaction.atomic
def draft_form(
    *,
    title: str,
    reason: str,
    holding: str,
    fields: Sequence[str],
    questions: Sequence[NewQuestion],
    every: str,
    by: Person,
    on: date,
    month_on: date | None = None,
) -> FormDraft:
    """Nobody fills it before it is approved. Raises PermissionDenied, NotYet (a question that the house can answer
    names who holds it), ValidationError."""
    if not may_draft(by, on=on):
        raise PermissionDenied(_("报表由镇组织办拟订"))
    require(missing_before_draft(holding, fields, [question.text for question in questions], every))
    draft = FormDraft(
        title=title.strip(),
        reason=reason.strip(),
        division_code=town_of(by.division_code),
        holding=holding,
        every=every,
        month_on=month_on,
        author=by,
        drafted_on=on,
    )
    draft.full_clean(exclude=["author", "decided_by"])
    draft.save()
    columns = [DraftColumn(draft=draft, number=number, field=key) for number, key in enumerate(fields, start=1)]
    columns += [
        DraftColumn(draft=draft, number=number, question=each.text.strip(), kind=each.kind, per=each.per)
        for number, each in enumerate(questions, start=len(columns) + 1)
    ]
    for column in columns:
        column.full_clean(exclude=["draft"])
        column.save()
    _record(facts.FORM_DRAFTED, draft, by, on)
    return draft


def approve_draft(*, draft: FormDraft, by: Person, on: date) -> FormDraft:
    """Let it be filled from this month on. Raises PermissionDenied, NotYet."""
    return _decide(draft, DraftState.APPROVED, "", by, on)


def return_draft(*, draft: FormDraft, refusal: str, by: Person, on: date) -> FormDraft:
    """No, and why; what was drafted stays to be read. Raises PermissionDenied, NotYet, ValidationError."""
    return _decide(draft, DraftState.RETURNED, refusal.strip(), by, on)


@transaction.atomic
def _decide(draft: FormDraft, state: DraftState, refusal: str, by: Person, on: date) -> FormDraft:
    draft = FormDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.state != DraftState.WAITING:
        raise NotYet([_("这份报表%(state)s，不能再办：请刷新页面") % {"state": draft.get_state_display()}])
    if not may_decide(by, draft, on=on):
        raise PermissionDenied(_("新的报表由镇领导批准，不能批准自己拟的"))
    draft.state, draft.refusal, draft.decided_by, draft.decided_on = state, refusal, by, on
    draft.full_clean(exclude=["author", "decided_by"])
    draft.save()
    _record(facts.FORM_APPROVED if state == DraftState.APPROVED else facts.FORM_RETURNED, draft, by, on)
    return draft


def _record(kind: str, draft: FormDraft, by: Person, on: date) -> None:
    form = form_of(draft)
    assert form is not None  # its holding was looked up above
    cost = weigh_new(form, draft.division_code, on)
    ledger.record(
        kind,
        happened_on=on,
        division_code=draft.division_code,
        by=by.pk,
        subject=draft.pk,
        label=form.code,
        quantity=cost.minutes,
    )
