"""Figures as links in prose: `{{ fig.F07.in_use }}` prints a part, `{{ fig.F03.exact }}` the number in full,
`{{ fig.F04.display }}` as the article prints it. Each link opens its evidence; where there is no value, a dash."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from redhouse.kit.numbers import NO_BASE
from redhouse.work.answers.definitions import short
from redhouse.work.answers.queries import Answer


def cuts(as_of: date, last_fact_id: int) -> str:
    """The two cuts as they stand in an address, so that a link keeps its meaning for ever."""
    return urlencode({"as_of": as_of.isoformat(), "cut": last_fact_id})


def figure_url(answer: Answer, name: str = "answers:figure") -> str:
    address = reverse(name, kwargs={"code": answer.division_code, "figure_id": answer.figure.id})
    return f"{address}?{cuts(answer.as_of, answer.last_fact_id)}"


class Links:
    """The figures of one sheet by id. `opened` is the id of the figure whose drawer stands open."""

    def __init__(self, answers: Iterable[Answer], opened: str = "") -> None:
        self.answers = {answer.figure.id: answer for answer in answers}
        self.opened = opened
        self.notes = 0

    def __getitem__(self, figure_id: str) -> "FigureLinks":
        return FigureLinks(self, self.answers[figure_id])

    def link(self, answer: Answer, text: str) -> SafeString:
        """On paper the link becomes a note number, counted as the sheet is read."""
        if text == NO_BASE:
            return SafeString(NO_BASE)
        self.notes += 1
        return format_html(
            '<a class="fig" href="{0}" hx-get="{0}" hx-target="#drawer" aria-expanded="{1}" data-n="{2}">{3}</a>',
            figure_url(answer),
            "true" if answer.figure.id == self.opened else "false",
            self.notes,
            text,
        )


class FigureLinks:
    """One figure's number, as asked for by key: `exact`, `display`, or the key of a part; `…_wan` shortens a part."""

    def __init__(self, links: Links, answer: Answer) -> None:
        self.links, self.answer = links, answer

    def __getitem__(self, key: str) -> SafeString:
        return self.links.link(self.answer, self._text(key))

    def _text(self, key: str) -> str:
        answer = self.answer
        if key in ("exact", "display"):
            return str(getattr(answer, key))
        if key.endswith("_wan"):
            value = answer.parts.get(key.removesuffix("_wan"))
            return NO_BASE if value is None else short(value)
        return answer.part(key)
