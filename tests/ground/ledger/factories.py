"""Visits, the plainest facts there are."""

from datetime import date

from redhouse.ground.ledger.actions import FactRow, record
from tests.cast import XINTIAN

MAY_DAY = date(2018, 5, 1)
KIND = "visit_recorded"


def visit(household: int = 1, **changes: object) -> int:
    """One visit by person 7; returns its number."""
    fields = {"happened_on": MAY_DAY, "division_code": XINTIAN, "by": 7, "subject": household, "label": "household"}
    return record(KIND, **fields | changes)


def visit_rows(count: int, *, member: int = 7) -> list[FactRow]:
    return [(KIND, XINTIAN, MAY_DAY, member, member, number, None, 1, "household") for number in range(1, count + 1)]
