"""The five figures that tell a division's state at a glance: on the sheet's head and on the home page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from redhouse.ground.ledger import queries as ledger
from redhouse.kit.divisions import Level, level
from redhouse.kit.numbers import NO_BASE
from redhouse.work.answers.definitions import Answer, load_figures, short
from redhouse.work.answers.queries.runs import answers

OF_A_TOWN = ("F03", "F04", "F05", "F07", "F12")
OF_A_VILLAGE = ("F02", "F03", "F04", "F05", "F07")


@dataclass(frozen=True)
class Brief:
    """A figure in one glance: `display` and `unit` side by side, a note below."""

    figure_id: str
    name: str
    display: str
    unit: str
    note: str


def five_figures(division_code: str, as_of: date, last_fact_id: int | None = None) -> list[Brief]:
    """Five figures of a town (or above), or of a village (or below), with a note each."""
    figures = [load_figures()[one] for one in _wanted(division_code)]
    cut = ledger.last_fact_id() if last_fact_id is None else last_fact_id
    return [brief(answer) for answer in answers(figures, division_code, as_of, cut)]


def five_of(sheet: Mapping[str, Answer]) -> list[Brief]:
    """The same out of a whole sheet, which has counted them already."""
    division_code = next(iter(sheet.values())).division_code
    return [brief(sheet[one]) for one in _wanted(division_code)]


def _wanted(division_code: str) -> tuple[str, ...]:
    return OF_A_TOWN if level(division_code) <= Level.TOWN else OF_A_VILLAGE


def brief(answer: Answer) -> Brief:
    figure = answer.figure
    display, unit, note = BRIEFS.get(figure.id, _plain)(answer)
    return Brief(figure.id, figure.name, display, unit, note)


def _plain(answer: Answer) -> tuple[str, str, str]:
    return answer.exact, answer.figure.unit, ""


def _members(answer: Answer) -> tuple[str, str, str]:
    return answer.exact, answer.figure.unit, _("党籍关系在册")


def _visits(answer: Answer) -> tuple[str, str, str]:
    day = {"month": answer.as_of.month, "day": answer.as_of.day}
    note = _("1月1日至%(month)s月%(day)s日") % day
    shown = short(answer.numerator) if answer.numerator is not None else NO_BASE
    if shown.endswith("万"):
        return shown[:-1], _("万人次"), note
    return shown, answer.figure.unit, note


def _visit_rate(answer: Answer) -> tuple[str, str, str]:
    return answer.display, "", _("逐次计数，可超过100%")


def _coverage(answer: Answer) -> tuple[str, str, str]:
    if not answer.denominator or answer.numerator is None:
        return answer.display, "", _("还没有登记住户")
    left = answer.denominator - answer.numerator
    return answer.display, "", _("还有%(n)s户没有党员联系") % {"n": f"{left:,}"} if left else _("户户有党员联系")


def _centres(answer: Answer) -> tuple[str, str, str]:
    if level(answer.division_code) > Level.TOWN:
        names = answer.figure.part_names
        state = next((names[part] for part in names if answer.parts.get(part)), NO_BASE)
        return state, "", _("村（社区）一级")
    unit = _("／%(all)s，占%(share)s") % {"all": answer.denominator, "share": answer.display}
    note = _("在建%(building)s，原文未述%(other)s") % {key: answer.part(key) for key in ("building", "other")}
    return answer.part("in_use"), unit, note


def _small_biz(answer: Answer) -> tuple[str, str, str]:
    committees = answer.parts.get("committee") or 0
    branches = (answer.numerator or 0) - committees
    note = _("党委%(committees)s，支部%(branches)s") % {"committees": committees, "branches": branches}
    return answer.exact, answer.figure.unit, note


BRIEFS = {
    "F02": _members, "F03": _visits, "F04": _visit_rate, "F05": _coverage, "F07": _centres, "F12": _small_biz,
}  # fmt: skip
