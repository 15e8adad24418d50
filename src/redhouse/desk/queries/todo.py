"""My to-do, as the page shows it: grouped by what is late, today, this week and later, each with what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from redhouse.ground.messages.enums import When
from redhouse.ground.messages.todo import Owed, end_of_week, owed_by
from redhouse.ground.people.models import Person

TENTHS = 10
SOON = 2  # tenths left, or days: from here on the clock is said in the colour of warning


@dataclass(frozen=True)
class Row:
    """One thing that I owe, with its clock: what is left in words, and how many tenths of the time."""

    owed: Owed
    when: When
    left: str
    tenths: int

    @property
    def tone(self) -> str:
        """The class of the clock."""
        if self.when == When.OVERDUE:
            return "clock-bad"
        return "clock-warn" if self.tenths <= SOON else ""


@dataclass(frozen=True)
class Group:
    when: When
    rows: list[Row]
    until: date | None  # the last day that the group covers, where the page says it


@dataclass(frozen=True)
class ToDo:
    groups: list[Group]
    title: list[str]  # in parts that are not broken

    @property
    def is_empty(self) -> bool:
        return not self.groups


def todo_of(person: Person | None, now: datetime) -> ToDo:
    """Everything this person owes at `now`."""
    today = timezone.localdate(now)
    rows = [_row(owed, now) for owed in owed_by(person, today)]
    groups = [
        Group(when, found, end_of_week(today) if when == When.THIS_WEEK else None)
        for when in When
        if (found := [row for row in rows if row.when == when])
    ]
    return ToDo(groups, _title({group.when: len(group.rows) for group in groups}))


def _title(count: dict[When, int]) -> list[str]:
    late, due = count.get(When.OVERDUE, 0), count.get(When.TODAY, 0)
    rest = sum(count.values()) - late - due
    parts = []
    if due:
        parts.append(ngettext("今天有%(n)s件要办", "今天有%(n)s件要办", due) % {"n": due})
    if late:
        parts.append(ngettext("%(n)s件已经逾期", "%(n)s件已经逾期", late) % {"n": late})
    if not parts and rest:
        parts = [_("今天没有到期的"), ngettext("%(n)s件还有时间", "%(n)s件还有时间", rest) % {"n": rest}]
    return parts or [_("今天没有欠着的事")]


def _row(owed: Owed, now: datetime) -> Row:
    when = owed.when(now)
    last, today = owed.last_day, timezone.localdate(now)
    if last is None:
        return Row(owed, when, "", TENTHS)
    days = (last - today).days
    if when == When.OVERDUE:
        return Row(owed, when, _late(-days), 0)
    tenths = _tenths(owed, now, last)
    if owed.due_at is not None and days == 0:
        return Row(owed, when, _hours(owed.due_at - now), tenths)
    if days == 0:
        return Row(owed, when, _("今天到期"), min(tenths, SOON))
    left = ngettext("还剩%(n)s天", "还剩%(n)s天", days) % {"n": days}
    return Row(owed, when, left, min(tenths, SOON) if days <= SOON else max(tenths, 1))


def _late(days: int) -> str:
    if days:
        return ngettext("逾期%(n)s天", "逾期%(n)s天", days) % {"n": days}
    return _("已过时")


def _hours(left: timedelta) -> str:
    hours, minutes = divmod(int(left.total_seconds()) // 60, 60)
    if not hours:
        return _("还剩%(minutes)s分") % {"minutes": minutes}
    return _("还剩%(hours)s小时%(minutes)s分") % {"hours": hours, "minutes": minutes}


def _tenths(owed: Owed, now: datetime, last: date) -> int:
    """What is left of the time between `from_on`, or a week before the end, and the end; 0 to 10."""
    end = owed.due_at or _midnight(last + timedelta(days=1))
    begin = _midnight(owed.from_on or last - timedelta(days=7))
    whole = (end - begin).total_seconds()
    return max(0, min(TENTHS, round(TENTHS * (end - now).total_seconds() / whole))) if whole > 0 else 0


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
