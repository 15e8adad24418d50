"""Visits by village and month: what the heat map draws. A statement like a figure's, with rows of its own shape."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache

from redhouse.work.answers.definitions import Figure, parameters, with_prelude
from redhouse.work.answers.definitions.figures import FOLDER, parse
from redhouse.work.answers.queries.runs import bound, keep, reading, recall

CHARTS = FOLDER.parent / "charts"
CELLS = "SELECT village, month, visits FROM answer"


@dataclass(frozen=True)
class Grid:
    """`cells` maps (village code, month 1-12) to person-times; what is absent is none. Months run to the day's."""

    cells: dict[tuple[str, int], int]
    months: int

    def of_month(self, month: int) -> int:
        return sum(visits for (_, its), visits in self.cells.items() if its == month)

    def of_village(self, code: str) -> int:
        return sum(visits for (village, _), visits in self.cells.items() if village == code)


@cache
def chart() -> Figure:
    return parse((CHARTS / "C01_visits_by_month.sql").read_text(encoding="utf-8"))


def visits_by_month(division_code: str, as_of: date, last_fact_id: int) -> Grid:
    """The year's visits up to the day, remembered at the cut."""
    figure, given = chart(), (division_code, as_of, last_fact_id)
    counted = recall([figure.id], [figure], *given).get(figure.id)
    if counted is None:
        with reading() as cursor:
            cursor.execute(bound(with_prelude(figure.count_sql, CELLS)), parameters(*given))
            counted = [list(row) for row in cursor.fetchall()]
        keep([(figure.id, figure, counted)], *given)
    cells: dict[tuple[str, int], int] = defaultdict(int)
    for village, month, visits in counted:
        cells[village, month] += visits
    return Grid(dict(cells), as_of.month)
