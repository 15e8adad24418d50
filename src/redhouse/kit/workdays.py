"""Calendar days and working days. A period counts from the next day (Civil Code a.201) and has run out when its last
day is over.

Public holidays and the weekends worked in exchange come from `chinesecalendar` for 2004-2026. Beyond those years only
weekends are known (`holidays_known`); a house lays its own days over them.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

import chinese_calendar

KNOWN_YEARS = range(2004, 2027)  # the State Council's yearly notices that the library holds
NONE: Mapping[date, bool] = MappingProxyType({})
OFFICE_HOURS = ((time(8, 30), time(12)), (time(14), time(17, 30)))  # seven hours a working day; our own choice
_DAY = timedelta(days=1)


def holidays_known(day: date, own: Mapping[date, bool] = NONE) -> bool:
    """Whether the holidays of that day's year are known; else weekends are all that is counted out."""
    return day.year in KNOWN_YEARS or any(other.year == day.year for other in own)


def is_working_day(day: date, own: Mapping[date, bool] = NONE) -> bool:
    """`own` says of single days whether offices work on them, whatever the calendar says."""
    if day in own:
        return own[day]
    if day.year in KNOWN_YEARS:
        return bool(chinese_calendar.is_workday(day))  # type: ignore[no-untyped-call]
    return day.weekday() < 5


def last_day(begin: date, count: int, *, working: bool = False, own: Mapping[date, bool] = NONE) -> date:
    """The last day of a period of `count` days, or working days, that begins the day after `begin`."""
    if count < 0:
        raise ValueError(f"a period of {count} days")
    if not working:
        return begin + count * _DAY
    day = begin
    while count:
        day += _DAY
        count -= is_working_day(day, own)
    return day


def count_days(after: date, through: date, *, working: bool = False, own: Mapping[date, bool] = NONE) -> int:
    """How many days, or working days, lie after `after` up to and with `through`; none when `through` is not later."""
    days = max((through - after).days, 0)
    return sum(is_working_day(after + n * _DAY, own) for n in range(1, days + 1)) if working else days


def after_hours(begin: datetime, hours: int, *, working: bool = False, own: Mapping[date, bool] = NONE) -> datetime:
    """The moment when `hours` have run since `begin`; `working`: only hours on which offices work, in the zone of
    `begin`."""
    if hours < 0:
        raise ValueError(f"a period of {hours} hours")
    if not working:
        return begin + timedelta(hours=hours)
    left, day = timedelta(hours=hours), begin.date()
    while True:
        for opens, closes in OFFICE_HOURS if is_working_day(day, own) else ():
            since = max(begin, datetime.combine(day, opens, begin.tzinfo))
            until = datetime.combine(day, closes, begin.tzinfo)
            if until - since >= left:
                return since + left
            left -= max(until - since, timedelta(0))
        day += _DAY
