"""Two sheets side by side: one division on two days, or two divisions."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from redhouse.ground.places.enums import VILLAGE_KINDS
from redhouse.ground.places.models import Division
from redhouse.kit.divisions import prefix, town_of
from redhouse.kit.errors import HouseError
from redhouse.kit.numbers import NO_BASE, percent, thousands
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.answers import queries
from redhouse.work.answers.queries import Answer, Asked
from redhouse.work.answers.rules import may_see_answers
from redhouse.work.answers.views.asking import Question, cannot_answer, question
from redhouse.work.answers.views.links import cuts, figure_url


@dataclass(frozen=True)
class Pair:
    """A figure on both sides, with the addresses of their evidence and the difference in words."""

    left: Answer
    right: Answer
    left_url: str
    right_url: str
    difference: str


@needs(may_see_answers, queries.sheet_for)
@require_safe
def compare(request: PersonRequest, asked: Asked) -> HttpResponse:
    """The sheet of the address beside that of another day (`other`) or division (`with`), at one cut of the ledger."""
    code, person = str(asked.code), request.person
    beside = request.GET.get("with", "") or code
    try:
        left = question(request, code)
        other = request.GET.get("other", "")
        day = queries.parse_day(other, today()) if other else _day_before(left, beside)
        if queries.sheet_for(person, beside) is None:
            raise queries.NoSuchAnswer(_("没有可以对照的区划 %(code)s：请从列表里选。") % {"code": beside})
        right = Question(queries.division_at(beside, day), day, left.last_fact_id)
    except HouseError as error:
        return cannot_answer(request, error, code)
    answers = (queries.answer_sheet(one.code, one.as_of, one.last_fact_id) for one in (left, right))
    pairs = [Pair(a, b, figure_url(a), figure_url(b), in_words(a, b)) for a, b in zip(*answers, strict=True)]
    choices = [one for one in _choices(left) if queries.sheet_for(person, one.code)]
    context: dict[str, object] = {"left": left, "right": right, "pairs": pairs, "choices": choices}
    context["cuts"] = cuts(left.as_of, left.last_fact_id)
    return render(request, "answers/compare.html", context)


def in_words(left: Answer, right: Answer) -> str:
    """How the right one differs from the left: more or fewer of its unit, or percentage points."""
    if left.value is None or right.value is None:
        return NO_BASE
    gap = Fraction(right.value) - Fraction(left.value)
    if not gap:
        return _("相同")
    if left.figure.is_ratio:
        points = percent(abs(gap.numerator), gap.denominator, 2).rstrip("%")
        return (_("高%(n)s个百分点") if gap > 0 else _("低%(n)s个百分点")) % {"n": points}
    said = {"n": thousands(abs(gap.numerator)), "unit": left.figure.unit}
    return (_("多%(n)s%(unit)s") if gap > 0 else _("少%(n)s%(unit)s")) % said


def _day_before(left: Question, beside: str) -> date:
    """The end of the month before; the same day where another division is asked for."""
    return left.as_of.replace(day=1) - timedelta(days=1) if beside == left.code else left.as_of


def _choices(left: Question) -> list[Division]:
    """The town, and its villages on that day."""
    town = town_of(left.code)
    standing = Division.objects.as_of(left.as_of)
    villages = standing.filter(code__startswith=prefix(town), kind__in=VILLAGE_KINDS).order_by("code")
    return [*standing.filter(code=town), *villages]
