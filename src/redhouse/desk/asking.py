"""The day that a page is asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from redhouse.kit.today import today
from redhouse.work.answers.queries import BadDay, default_as_of, parse_day


@dataclass(frozen=True)
class AskedDay:
    """`day` is what the page shows; `trouble` is a sentence where another day was meant and could not be read."""

    day: date
    trouble: str = ""
    is_chosen: bool = False

    @property
    def query(self) -> str:
        """What links have to carry so that the day stays chosen."""
        return f"?as_of={self.day.isoformat()}" if self.is_chosen else ""


def asked_day(request: HttpRequest) -> AskedDay:
    """`?as_of=2018-12-14`; without it the day of the demo, or today."""
    on = today()
    text = request.GET.get("as_of", "").strip()
    if not text:
        return AskedDay(default_as_of(on))
    try:
        return AskedDay(parse_day(text, on), is_chosen=True)
    except BadDay as error:
        return AskedDay(default_as_of(on), trouble=error.message)
