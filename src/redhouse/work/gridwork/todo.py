"""Steps of grid events that one owes."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from redhouse.ground.messages.todo import Owed, source
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import StepKind
from redhouse.ground.process.models import Report
from redhouse.ground.process.queries import open_for, step_rule
from redhouse.work.gridwork.definitions import CODE
from redhouse.work.gridwork.models import Assignment


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
