"""Where a sum can be read in whole: the figure that counts the same rows, at the same day."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from redhouse.ground.ledger.queries import last_fact_id
from redhouse.work.forms.queries import Asked, Filled


@dataclass(frozen=True)
class Sum:
    """One cell of the last line: empty under what is no number."""

    text: str
    link: str = ""


def total_links(filled: Filled) -> list[Sum]:
    """A cell for each column of the table. A sum that a figure counts opens the rows of that figure and month."""
    link = figure_address(filled.asked)
    sums = []
    for column in filled.asked.form.shown:
        key = column.known.key if column.known else ""
        total = filled.totals.get(key)
        sums.append(Sum("") if total is None else Sum(f"{total:,}", link))
    return sums


def figure_address(asked: Asked) -> str:
    """Empty where no figure counts these rows, or the answer sheet is not in this house."""
    if not asked.form.holding.figure:
        return ""
    address = {"code": asked.division.code, "figure_id": asked.form.holding.figure}
    values = {"as_of": asked.last_on.isoformat(), "cut": last_fact_id(), "month": asked.month_on.month}
    try:
        return f"{reverse('answers:rows', kwargs=address)}?{urlencode(values)}"
    except NoReverseMatch:
        return ""
