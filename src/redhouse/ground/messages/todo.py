"""What a person owes, gathered from every room for one page.

A room says it in its own `todo.py`:

    @source
    def steps(person: Person, on: date) -> Iterable[Owed]: …
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language

from redhouse.ground.ledger.queries import newest_fact_id
from redhouse.ground.messages.enums import When
from redhouse.ground.people.models import Person


@dataclass(frozen=True)
class Owed:
    """One thing that one person owes, in words for that person.

    `title` the thing, `sub` its kind or place; `step` what is owed in a word, `how` the same in a sentence; `clause`
    the law it rests on; `link` where it is done, `action` the word on the button. `due_on` is the last day, `due_at`
    the hour where there is one, `from_on` the day since when it is owed. `is_right`: nobody owes it, one may do it.
    """

    title: str
    step: str
    link: str
    action: str
    sub: str = ""
    how: str = ""
    clause: str = ""
    due_on: date | None = None
    due_at: datetime | None = None
    from_on: date | None = None
    is_right: bool = False

    @property
    def last_day(self) -> date | None:
        return timezone.localdate(self.due_at) if self.due_at else self.due_on

    def when(self, now: datetime) -> When:
        """Overdue after the hour or the day, this week until Sunday."""
        last, today = self.last_day, timezone.localdate(now)
        if last is None:
            return When.LATER
        if last < today or (self.due_at is not None and self.due_at < now):
            return When.OVERDUE
        if last == today:
            return When.TODAY
        return When.THIS_WEEK if last <= end_of_week(today) else When.LATER


KEPT = 60  # seconds

Source = Callable[[Person, date], Iterable[Owed]]
_SOURCES: list[Source] = []


def source(find: Source) -> Source:
    """Declare where to ask what a person owes: in very few queries."""
    _SOURCES.append(find)
    return find


def owed_by(person: Person | None, on: date) -> list[Owed]:
    """Everything this person owes, the earliest first, what has no day last. A process keeps it until anything at all
    has been recorded, and for a minute at the longest: names that stand in it can be edited without a fact."""
    if person is None:
        return []
    kept: dict[date, list[Owed]] = person.__dict__.setdefault("_owed_on", {})
    if on not in kept:
        key = f"owed:{person.pk}:{on}:{newest_fact_id()}:{get_language()}"
        found: list[Owed] | None = cache.get(key)
        if found is None:
            found = [owed for find in _SOURCES for owed in find(person, on)]
            found.sort(key=lambda owed: (owed.last_day or date.max, owed.due_at is None, str(owed.due_at)))
            cache.set(key, found, KEPT)
        kept[on] = found
    return kept[on]


def end_of_week(day: date) -> date:
    """Sunday."""
    return day + timedelta(days=6 - day.weekday())
