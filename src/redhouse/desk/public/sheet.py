"""The answer sheet that strangers read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from redhouse.desk.public.moment import Moment
from redhouse.work.answers.queries import Answer, Brief, answer_sheet, five_figures


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
    """The sheet to show of a division. Sheets cannot be approved yet, so it is counted at the moment's own cut."""
    counted = answer_sheet(division_code, moment.as_of, moment.cut)
    return Sheet(division_code, moment.as_of, moment.cut, counted)


def five(division_code: str, moment: Moment) -> list[Brief]:
    """The five figures of a town or village at the moment."""
    return five_figures(division_code, moment.as_of, moment.cut)
