"""Households and residents of every village of a town, remembered at the cut: many rows, counted once."""

from datetime import date
from functools import cache

from redhouse.ground.ledger.queries import last_fact_id
from redhouse.work.answers.definitions import Figure, parameters, with_prelude
from redhouse.work.answers.definitions.figures import parse
from redhouse.work.answers.queries.grid import CHARTS
from redhouse.work.answers.queries.runs import bound, keep, reading, recall

ROWS = "SELECT village, households, residents FROM answer"


@cache
def _chart() -> Figure:
    return parse((CHARTS / "C02_homes_by_village.sql").read_text(encoding="utf-8"))


def homes_by_village(division_code: str, as_of: date) -> dict[str, tuple[int, int]]:
    """Village code -> (households, residents) standing on the day, at the newest signed cut. A change of a household
    is a fact, which moves the cut, so that nothing here grows stale."""
    figure, given = _chart(), (division_code, as_of, last_fact_id())
    counted = recall([figure.id], [figure], *given).get(figure.id)
    if counted is None:
        with reading() as cursor:
            cursor.execute(bound(with_prelude(figure.count_sql, ROWS)), parameters(*given))
            counted = [list(row) for row in cursor.fetchall()]
        keep([(figure.id, figure, counted)], *given)
    return {village: (households, residents) for village, households, residents in counted}
