"""What this room holds already, for report forms: figures by village, as they stood on the last day of the month."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy

from redhouse.ground.access.enums import HeldKind, Verb
from redhouse.ground.access.holdings import Holding, Known, Row, Span, hold
from redhouse.ground.ledger.queries import last_fact_id
from redhouse.ground.places.models import Division
from redhouse.ground.places.queries import villages
from redhouse.kit.divisions import town_of
from redhouse.kit.today import today
from redhouse.work.answers.definitions import Answer, load_figures
from redhouse.work.answers.queries.runs import answers
from redhouse.work.answers.queries.villages import all_by_village

COUNTED = ("F02", "F03", "F05")  # what reports ask for most; each is counted once for all villages, then remembered


def _last_day(span: Span) -> date:
    return min(span.until_on - timedelta(days=1), today())


def _villages(span: Span) -> QuerySet[Division]:
    on = _last_day(span)
    return villages(on).filter(span.inside("code")).annotate(counted_on=Value(on, DateField()))


def _town_answers(code: str, on: date) -> list[Answer]:
    figures = [load_figures()[figure_id] for figure_id in COUNTED]
    return answers(figures, code, on, last_fact_id())


def _value(answer: Answer) -> int | str | None:
    return answer.exact if answer.figure.is_ratio else answer.numerator


def _rows(found: Sequence[Any]) -> list[Row]:
    if not found:
        return []
    on, town = found[0].counted_on, town_of(found[0].code)
    cells: dict[str, dict[str, Any]] = {row.code: {"place": row.name} for row in found}
    for each in all_by_village(_town_answers(town, on)):
        for village in each:
            if village.answer.division_code in cells:
                cells[village.answer.division_code][village.answer.figure.id.lower()] = _value(village.answer)
    address = {code: f"{reverse('answers:division', args=[code])}?as_of={on}" for code in cells}
    return [Row(str(row.pk), row.code, cells[row.code], address[row.code]) for row in found]


def _total(span: Span) -> dict[str, int]:
    found = _town_answers(span.division_code, _last_day(span))
    return {each.figure.id.lower(): each.numerator or 0 for each in found if not each.figure.is_ratio}


FIGURES = hold(
    Holding(
        key="village_figures",
        title=gettext_lazy("各村数字"),
        holder=gettext_lazy("年度答卷"),
        verb=Verb.SEE_ANSWERS,
        fields=(
            Known("place", gettext_lazy("村（社区）"), also=(gettext_lazy("所属村居"), gettext_lazy("所在村"))),
            Known("f02", gettext_lazy("在册党员总数"), HeldKind.NUMBER),
            Known("f03", gettext_lazy("本年联系群众人次"), HeldKind.NUMBER, also=(gettext_lazy("本年走访人次"),)),
            Known("f05", gettext_lazy("户联系覆盖率"), also=(gettext_lazy("联系覆盖率"),)),
        ),
        find=_villages,
        read=_rows,
        total=_total,
    )
)
