"""What one owes of grid work: steps of events, a word on new inspections."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.messages.todo import Owed, source
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import StepKind
from redhouse.ground.process.models import Report
from redhouse.ground.process.queries import open_for, step_rule
from redhouse.work.gridwork.definitions import CODE
from redhouse.work.gridwork.models import Assignment, InspectionForm
from redhouse.work.gridwork.rules import may_approve_form


@source
def cases(person: Person, on: date) -> Iterable[Owed]:
    """What this person may close; what was given to somebody else to handle is theirs. Two queries besides those of
    `open_for`."""
    found = [step for step in open_for(person, on, cases=True) if step.run.version.code == CODE]
    owed = [step for step in found if step.run.suspended_on is None]
    if not owed:
        return
    runs = {step.run_id for step in owed}
    reports = {
        row.run_id: row for row in Report.objects.filter(run__in=runs).select_related("type").defer("name", "phone")
    }
    handlers = dict(Assignment.objects.filter(step__in=owed).values_list("step", "handler"))
    for step in owed:
        report = reports.get(step.run_id)
        if report is None or (step.kind == StepKind.HANDLE and handlers.get(step.pk, person.pk) != person.pk):
            continue
        yield Owed(
            title=f"{_(report.type.name) if report.type else _('网格事件')}，{report.spot}",
            sub=str(report.get_urgency_display()),
            step=step_rule(step).name,
            how=_("打开这一件，看还差什么，再办结这一步"),
            clause="",
            link=reverse("gridwork:case", args=[report.pk]),
            action=_("去办"),
            due_on=step.due_on,
            from_on=step.opened_on,
        )


@source
def forms(person: Person, on: date) -> Iterable[Owed]:
    """New inspections that wait for this leader. One query, none for those who approve none."""
    if not reach_of(person, Verb.APPROVE_INSPECTIONS, on):
        return
    for form in InspectionForm.objects.filter(approved_on__isnull=True).order_by("pk"):
        if may_approve_form(person, form, on=on):
            yield Owed(
                title=form.title,
                sub=_("新的巡查表"),
                step=_("批准"),
                how=_("看哪些是已有的、每处几分钟，再批准"),
                link=reverse("gridwork:form", args=[form.pk]),
                action=_("去看"),
                from_on=form.drafted_on,
            )
