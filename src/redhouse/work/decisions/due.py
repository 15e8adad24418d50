"""Steps of matters that are nearly or already late: those who owe them are told. Nothing here closes anything."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from redhouse.ground.messages.due import Due, source
from redhouse.ground.messages.enums import NoticeKind
from redhouse.ground.process.queries import open_steps, procedure_of, who_owe
from redhouse.work.decisions.models import Matter

AHEAD = timedelta(days=1)


@source
def steps(on: date) -> Iterable[Due]:
    """Reminded on the day before and on the last day, told once when it is late."""
    late = open_steps().filter(due_on__lte=on + AHEAD, run__suspended_on__isnull=True).order_by("due_on", "pk")
    rows = list(late)
    found = Matter.objects.filter(run__in={row.run_id for row in rows}).select_related("run__host")
    matters = {matter.run_id: matter for matter in found}
    people = who_owe(rows, on)
    for row in rows:
        matter = matters.get(row.run_id)
        if matter is None or row.due_on is None:
            continue
        rule = procedure_of(row.run.version).by_key[row.key]
        is_late = row.due_on < on
        title = _("已逾期：%(title)s，%(step)s") if is_late else _("快到期：%(title)s，%(step)s")
        yield Due(
            person_ids=tuple(people[row.pk]),
            kind=NoticeKind.OVERDUE if is_late else NoticeKind.REMINDER,
            title=title % {"title": matter.line, "step": rule.name},
            link=reverse("decisions:matter", args=[matter.pk]),
            dedup=f"decisions.step.{row.pk}",
            due_on=row.due_on,
            division_code=matter.division_code,
        )
