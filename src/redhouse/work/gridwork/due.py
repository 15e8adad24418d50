"""Steps of grid events that are nearly or already late. Nothing here closes anything."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from redhouse.ground.messages.due import Due, source
from redhouse.ground.messages.enums import NoticeKind
from redhouse.ground.process.queries.pressing import pressing_cases
from redhouse.kit.today import now
from redhouse.work.gridwork.definitions import CODE
from redhouse.work.gridwork.models import Assignment


@source
def cases(on: date) -> Iterable[Due]:
    """Whoever was given the case to handle is told, else who owes the step; once before its end, once when late."""
    rows = pressing_cases(CODE, on, now())
    handlers = dict(
        Assignment.objects.filter(step__in=[row.step.pk for row in rows]).values_list("step_id", "handler_id")
    )
    for row in rows:
        handler = handlers.get(row.step.pk)
        said = _("已逾期：%(title)s") if row.is_late else _("快到期：%(title)s")
        yield Due(
            person_ids=(handler,) if handler is not None else row.person_ids,
            kind=NoticeKind.OVERDUE if row.is_late else NoticeKind.REMINDER,
            title=said % {"title": row.title},
            link=reverse("gridwork:case", args=[row.report.pk]),
            dedup=f"gridwork.step.{row.step.pk}",
            due_on=row.due_on,
            division_code=row.report.division_code,
        )
