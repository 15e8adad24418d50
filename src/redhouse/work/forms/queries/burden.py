"""Which forms ask most: what each costs in minutes a month, by the assumption that the house states."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count

from redhouse.ground.access.holdings import Span
from redhouse.ground.places.models import Division
from redhouse.ground.places.queries import villages, within
from redhouse.kit.divisions import prefix
from redhouse.kit.today import today
from redhouse.work.forms.definitions import Meter, Per, ReportForm, meter
from redhouse.work.forms.definitions.shape import month_before, next_month
from redhouse.work.forms.models import CellEntry
from redhouse.work.forms.queries.ledgers import forms_in_force

MONTHS = 6


def weigh(form: ReportForm, division_code: str, month_on: date) -> Meter:
    """The meter of a form in a place, by the rows of that month."""
    return _weigh(form, division_code, month_on, _villages_in(division_code) if form.asks else 0)


def _villages_in(division_code: str) -> int:
    return villages(today()).filter(within([prefix(division_code)], "code")).count()


def _weigh(form: ReportForm, division_code: str, month_on: date, count: int) -> Meter:
    """`count` villages fill it; rows are counted only where each is asked about."""
    rows = 0
    if form.asks_per(Per.ROW):
        rows = form.holding.find(Span(division_code, month_on, next_month(month_on))).order_by().count()
    return meter(form, villages=count, rows=rows, seconds=settings.REDHOUSE_ASKED_SECONDS)


def weigh_new(form: ReportForm, division_code: str, on: date) -> Meter:
    """What a new form would cost, by the last month that is over."""
    return weigh(form, division_code, month_before(on.replace(day=1)))


@dataclass(frozen=True)
class Weighed:
    """One form over the last months, the latest first: minutes that it costs, and cells that were really written."""

    form: ReportForm
    meter: Meter
    minutes: list[int | None]
    written: list[int]


@dataclass(frozen=True)
class Overview:
    months: list[date]
    forms: list[Weighed]

    @property
    def minutes(self) -> list[int]:
        """All forms together, month by month."""
        return [sum(row.minutes[place] or 0 for row in self.forms) for place in range(len(self.months))]


def overview(division: Division, month_on: date, count: int = MONTHS) -> Overview:
    """The forms of a place, those that ask most first."""
    months = [month_on]
    while len(months) < count:
        months.append(month_before(months[-1]))
    entries = CellEntry.objects.filter(division_code__startswith=prefix(division.code), month_on__in=months)
    written = {
        (code, month): number
        for code, month, number in entries.order_by().values_list("form_code", "month_on").annotate(n=Count("pk"))
    }
    in_force = {month: {form.code for form in forms_in_force(month)} for month in months}
    rows, filled_by = [], _villages_in(division.code)
    for form in forms_in_force(month_on):
        if not form.is_due(division.code, month_on):
            continue
        meters = {
            month: _weigh(form, division.code, month, filled_by) if form.code in in_force[month] else None
            for month in months
        }
        now = meters[month_on]
        assert now is not None
        minutes = [found.minutes if found else None for found in meters.values()]
        rows.append(Weighed(form, now, minutes, [written.get((form.code, month), 0) for month in months]))
    return Overview(months, sorted(rows, key=lambda row: (-row.meter.exact_minutes, row.form.code)))
