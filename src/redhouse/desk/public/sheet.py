"""The answer sheet that strangers read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from redhouse.desk.public.moment import Moment
from redhouse.work.answers.queries import Answer, Brief, answer_sheet, five_figures
from redhouse.work.answers.queries import frozen as approved


@dataclass(frozen=True)
class Sheet:
    """Figures of one division at their two cuts. `approved_on` is None for a sheet that nobody has approved yet: it
    is shown under the words 未经批准的现算数."""

    division_code: str
    as_of: date
    last_fact_id: int
    answers: list[Answer]
    approved_on: date | None = None


def published_sheet(division_code: str, moment: Moment) -> Sheet:
    """The newest approved sheet of a division, as it was frozen; while there is none, counted at the moment's cut."""
    frozen = approved.published_sheet(division_code)
    if frozen is None:
        counted = answer_sheet(division_code, moment.as_of, moment.cut)
        return Sheet(division_code, moment.as_of, moment.cut, counted)
    sheet = frozen.sheet
    assert sheet.decided_at is not None  # a constraint holds it
    decided_on = timezone.localdate(sheet.decided_at)
    return Sheet(division_code, sheet.as_of, sheet.last_fact_id, approved.frozen_answers(frozen), decided_on)


def five(division_code: str, moment: Moment) -> list[Brief]:
    """The five figures of a town or village at the moment."""
    return five_figures(division_code, moment.as_of, moment.cut)
