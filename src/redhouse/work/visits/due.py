"""Steps of contact problems that are nearly or already late. Nothing here closes anything."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from redhouse.ground.messages.due import Due, source
from redhouse.ground.messages.enums import NoticeKind
from redhouse.ground.process.queries.pressing import pressing_cases
from redhouse.kit.today import now
from redhouse.work.visits.definitions import CODE


@source
def problems(on: date) -> Iterable[Due]:
    """Who owes the step is told once before its end, and once when it is late."""
    for row in pressing_cases(CODE, on, now()):
        said = _("已逾期：%(title)s") if row.is_late else _("快到期：%(title)s")
        yield Due(
            person_ids=row.person_ids,
            kind=NoticeKind.OVERDUE if row.is_late else NoticeKind.REMINDER,
            title=said % {"title": row.title},
            link=reverse("visits:problem", args=[row.report.pk]),
            dedup=f"visits.step.{row.step.pk}",
            due_on=row.due_on,
            division_code=row.report.division_code,
        )
