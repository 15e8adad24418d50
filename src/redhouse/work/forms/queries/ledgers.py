"""Which forms are filled where and when, and the door to one of them."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from redhouse.ground.access.holdings import Span, all_holdings
from redhouse.ground.access.queries import reach_of
from redhouse.ground.access.rules import may
from redhouse.ground.people.models import Person
from redhouse.ground.places.enums import VILLAGE_KINDS, DivisionKind
from redhouse.ground.places.models import Division
from redhouse.ground.places.queries import within
from redhouse.kit.errors import DATA, HouseError
from redhouse.kit.today import today
from redhouse.work.forms.definitions import ReportForm, shipped_on
from redhouse.work.forms.definitions.shape import next_month
from redhouse.work.forms.queries.drafts import approved_forms

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Asked:
    """A form of one place and month. The place is a town or a village, as it stands today."""

    form: ReportForm
    division: Division
    month_on: date

    @property
    def month(self) -> str:
        return f"{self.month_on:%Y-%m}"

    @property
    def label(self) -> str:
        """How facts name it."""
        return f"{self.form.code}.{self.month}"

    @property
    def last_on(self) -> date:
        """The last day of the month, or today while it lasts."""
        return min(date.fromordinal(next_month(self.month_on).toordinal() - 1), today())

    @property
    def span(self) -> Span:
        return Span(self.division.code, self.month_on, next_month(self.month_on))


def month_of(text: str) -> date | None:
    """2026-10 as its first day; None for no month and for one that has not begun."""
    found = _MONTH.fullmatch(text)
    day = date(int(found[1]), int(found[2]), 1) if found else None
    return day if day and day <= today() else None


def forms_in_force(month_on: date) -> list[ReportForm]:
    """Those that come along and those that towns approved, as they are filled for that month."""
    forms: list[ReportForm] = [*shipped_on(next_month(month_on)), *approved_forms()]
    return [form for form in forms if form.month_on in (None, month_on) and form.from_on < next_month(month_on)]


def places_for(person: Person | None, on: date) -> list[Division]:
    """Town and villages where this person may read some rows; one query."""
    reach = {part for verb in {holding.verb for holding in all_holdings()} for part in reach_of(person, verb, on)}
    kinds = [DivisionKind.TOWN, *VILLAGE_KINDS]
    return list(Division.objects.as_of(on).filter(within(reach, "code"), kind__in=kinds).order_by("code"))


def ledgers_for(person: Person | None, division: Division, month_on: date) -> list[Asked]:
    """The forms of one place and month that this person may read."""
    return [
        Asked(form, division, month_on)
        for form in forms_in_force(month_on)
        if form.is_due(division.code, month_on) and may(person, form.holding.verb, division.code, today())
    ]


def ledger_for(person: Person | None, form_code: str, code: str, month: str) -> Asked | None:
    """One form of one place and month, within this person's reach."""
    month_on = month_of(month)
    division = next((place for place in places_for(person, today()) if place.code == code), None)
    if division is None or month_on is None:
        return None
    found = ledgers_for(person, division, month_on)
    return next((asked for asked in found if asked.form.code == form_code), None)


def asked_at(form_code: str, code: str, month: str) -> Asked:
    """The same for the house itself, on its own machine. Raises HouseError naming the mend."""
    month_on = month_of(month)
    if month_on is None:
        raise HouseError(_("月份“%(text)s”不对：请写成 2026-10 这样的年-月，不晚于本月。") % {"text": month}, DATA)
    kinds = [DivisionKind.TOWN, *VILLAGE_KINDS]
    division = Division.objects.as_of(today()).filter(code=code, kind__in=kinds).first()
    if division is None:
        raise HouseError(_("没有代码为 %(code)s 的镇或村（社区）：请核对代码。") % {"code": code}, DATA)
    known = forms_in_force(month_on)
    form = next((each for each in known if each.code == form_code and each.is_due(code, month_on)), None)
    if form is None:
        values = {"code": form_code, "known": "、".join(each.code for each in known)}
        raise HouseError(_("这个月没有编号为 %(code)s 的报表；可用：%(known)s。") % values, DATA)
    return Asked(form, division, month_on)
