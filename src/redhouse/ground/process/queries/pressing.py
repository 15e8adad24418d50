"""Cases whose open step is nearly or already late, for the reminders of the rooms that take cases on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from redhouse.ground.places.queries import names_of
from redhouse.ground.process.enums import CASE_KINDS
from redhouse.ground.process.models import Report, RunStep
from redhouse.ground.process.queries.holders import who_owe
from redhouse.ground.process.queries.runs import open_steps
from redhouse.ground.process.queries.versions import procedure_of, step_rule
from redhouse.kit.divisions import CODE_LENGTH

AHEAD = timedelta(days=1)


@dataclass(frozen=True)
class Pressing:
    """A report, its open step, and who may close that. `title` names type, village and step, and nobody."""

    report: Report
    step: RunStep
    due_on: date
    is_late: bool
    title: str
    person_ids: tuple[int, ...]


def pressing_cases(code: str, on: date, at: datetime) -> list[Pressing]:
    """Cases of the procedure `code` that are late, by the hour where the clock counts hours, or due today or tomorrow.
    What was opened today presses nobody before it is late; suspended cases never do. The same queries for any number.
    """
    late = Q(due_at__lt=at) | Q(due_at__isnull=True, due_on__lt=on)
    soon = Q(due_on__lte=on + AHEAD, opened_on__lt=on)
    found = open_steps().filter(
        late | soon, run__version__code=code, kind__in=CASE_KINDS, run__suspended_on__isnull=True, due_on__isnull=False
    )
    steps = list(found.order_by("due_on", "pk"))
    reports = {
        row.run_id: row
        for row in Report.objects.filter(run__in=[step.run_id for step in steps])
        .select_related("type")
        .defer("name", "phone")
    }
    people = who_owe(steps, on) if steps else {}
    places = names_of({step.run.division_code for step in steps}, on) if steps else {}
    rows = []
    for step in steps:
        report = reports.get(step.run_id)
        if report is None or step.due_on is None:
            continue
        what = report.type.name if report.type else procedure_of(step.run.version).name
        where = places.get(step.run.division_code[:CODE_LENGTH], "")
        rows.append(
            Pressing(
                report=report,
                step=step,
                due_on=step.due_on,
                is_late=step.due_at < at if step.due_at else step.due_on < on,
                title="，".join(filter(None, (where, what, step_rule(step).name))),
                person_ids=tuple(people[step.pk]),
            )
        )
    return rows
