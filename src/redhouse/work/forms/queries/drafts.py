"""Forms that towns drafted: as rows, and as forms like those that came along."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.holdings import holding_named
from redhouse.ground.access.queries import reach_of
from redhouse.ground.people.models import Person
from redhouse.ground.places.queries import within
from redhouse.kit.divisions import CODE_LENGTH, PREFIX_LENGTHS
from redhouse.kit.today import today
from redhouse.work.forms.definitions import AnswerKind, Ask, Column, Every, Per, ReportForm
from redhouse.work.forms.enums import DraftState
from redhouse.work.forms.models import FormDraft


def drafts_for(person: Person | None, on: date) -> QuerySet[FormDraft]:
    """Those of the towns where this person may fill forms, or draft or approve them; what waits first."""
    reach = {
        part for verb in (Verb.FILL_FORMS, Verb.DRAFT_FORMS, Verb.APPROVE_FORMS) for part in reach_of(person, verb, on)
    }
    above = {part[:end].ljust(CODE_LENGTH, "0") for part in reach for end in PREFIX_LENGTHS.values() if end < len(part)}
    rows = FormDraft.objects.filter(within(reach)) | FormDraft.objects.filter(division_code__in=above)
    return rows.prefetch_related("columns").order_by("decided_on", "-pk")


def draft_for(person: Person | None, draft_id: int) -> FormDraft | None:
    return drafts_for(person, today()).filter(pk=draft_id).first()


def form_of(draft: FormDraft) -> ReportForm | None:
    """The form that the draft describes; None where its holding is no longer kept."""
    holding = holding_named(draft.holding)
    if holding is None:
        return None
    columns = []
    for row in draft.columns.all():
        if row.question:
            ask = Ask(f"q{row.number}", row.question, "", AnswerKind(row.kind), Per(row.per))
            columns.append(Column(ask=ask))
        elif row.field in holding.by_key:
            columns.append(Column(known=holding.by_key[row.field]))
    return ReportForm(
        code=f"T{draft.pk}",
        version=1,
        zh=draft.title,
        en="",
        every=Every(draft.every),
        holding=holding,
        columns=tuple(columns),
        from_on=draft.month_on or draft.decided_on or draft.drafted_on,
        clause=draft.reason,
        division_code=draft.division_code,
        month_on=draft.month_on,
        draft_id=draft.pk,
    )


def approved_forms() -> Iterable[ReportForm]:
    """Every form of every town that may be filled."""
    rows = FormDraft.objects.filter(state=DraftState.APPROVED).prefetch_related("columns").order_by("pk")
    return [form for row in rows if (form := form_of(row)) is not None]
