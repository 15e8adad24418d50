"""The arithmetic shown in the drawer: the formula checked in whole numbers, the parts, the villages."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from redhouse.kit.numbers import NO_BASE
from redhouse.work.answers import queries
from redhouse.work.answers.definitions import as_answer
from redhouse.work.answers.queries import Answer

TOP = 5  # villages shown before the rest is summed up


@dataclass(frozen=True)
class Line:
    name: str
    numerator: str
    denominator: str
    shown: str
    css: str = ""


@dataclass(frozen=True)
class Table:
    """Villages: the largest ones, the rest, the town's own, the sum; `every` holds all of them in order of code."""

    largest: list[Line]
    every: list[Line]


def check(answer: Answer) -> str:
    """How the shown number follows from the two whole ones; empty for a count."""
    up, down = answer.numerator, answer.denominator
    if up is None or not down:
        return ""
    how = answer.figure.header["display"]
    if how == "fraction":
        return f"{up:,} {'≥' if up >= down else '＜'} {down:,}"
    if up == down:
        return f"{up:,} ＝ {down:,}"
    if how == "percent_floor":
        shown = up * 100 // down
        return f"{up:,}×100 ≥ {shown}×{down:,}" + _("，即 ") + f"{up * 100:,} ≥ {shown * down:,}"
    shown = (200 * up + down) // (2 * down)
    low, high = (2 * shown - 1) * down, (2 * shown + 1) * down
    rule = f"(2×{shown}−1)×{down:,} ≤ 2×{up:,}×100 ＜ (2×{shown}＋1)×{down:,}"
    return rule + _("，即 ") + f"{low:,} ≤ {200 * up:,} ＜ {high:,}"


def parts_table(answer: Answer) -> list[tuple[str, str]]:
    names = answer.figure.part_names
    return [(names.get(part, part), answer.part(part)) for part in answer.parts]


def village_table(answer: Answer) -> Table | None:
    """None where the figure is not counted by village."""
    villages = queries.by_village(answer)
    if not villages:
        return None
    largest = sorted(villages, key=lambda one: -(one.answer.numerator or 0))
    if len(villages) <= TOP + 1:
        shown, rest = villages, []
    else:
        shown, rest = largest[:TOP], largest[TOP:]
    total = _line(_("合计"), answer, "sum")
    own = _less(answer, [one.answer for one in villages])
    tail = ([_line(_("镇本级"), own, "mute")] if own.numerator or own.denominator else []) + [total]
    return Table(
        largest=[_line(one.name, one.answer) for one in shown]
        + ([_line(_("其余%(n)s个") % {"n": len(rest)}, _sum([one.answer for one in rest]), "mute")] if rest else [])
        + tail,
        every=[_line(one.name, one.answer) for one in villages] + tail,
    )


def _line(name: str, answer: Answer, css: str = "") -> Line:
    def whole(number: int | None) -> str:
        return NO_BASE if number is None else f"{number:,}"

    return Line(name, whole(answer.numerator), whole(answer.denominator), answer.display, css)


def _sum(answers: list[Answer]) -> Answer:
    up = sum(one.numerator or 0 for one in answers)
    down = sum(one.denominator or 0 for one in answers)
    return _made_of(answers[0], up, down)


def _less(answer: Answer, others: list[Answer]) -> Answer:
    """What stands at the town itself and in no village."""
    taken = _sum(others)
    up = (answer.numerator or 0) - (taken.numerator or 0)
    down = (answer.denominator or 0) - (taken.denominator or 0)
    return _made_of(answer, up, down)


def _made_of(like: Answer, up: int, down: int) -> Answer:
    counted = [["", up, down if like.figure.is_ratio else None, 0]]
    return as_answer(like.figure, like.division_code, like.as_of, like.last_fact_id, counted)
