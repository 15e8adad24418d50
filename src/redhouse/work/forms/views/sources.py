"""Where a row and a sum can be read in whole, for whom those pages open: what would stay shut is not linked."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.holdings import Row
from redhouse.ground.access.rules import may
from redhouse.ground.ledger.queries import last_fact_id
from redhouse.ground.people.models import Person
from redhouse.kit.today import today
from redhouse.work.forms.queries import Asked, Filled


@dataclass(frozen=True)
class Sum:
    """One cell of the last line: empty under what is no number."""

    text: str
    link: str = ""


def row_link(person: Person, asked: Asked, row: Row) -> str:
    verb = asked.form.holding.link_verb
    return row.link if verb is None or may(person, verb, row.division_code, today()) else ""


def total_links(person: Person, filled: Filled) -> list[Sum]:
    """A cell for each column of the table. A sum that a figure counts opens the rows of that figure and month."""
    opens = may(person, Verb.SEE_ANSWERS, filled.asked.division.code, today())
    link = figure_address(filled.asked) if opens else ""
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
