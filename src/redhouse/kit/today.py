"""Which day it is. A demo house can stand at another day; every other house stands at the day in Shanghai.

Only pages, commands and jobs ask; actions and rules are given the day.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_shift = timedelta(0)


def stand_at(day: date | None) -> None:
    """Let this process stand at `day` from now on, clocks going on as they do; None: at the real day."""
    global _shift
    _shift = timedelta(0) if day is None else day - datetime.now(SHANGHAI).date()


def now() -> datetime:
    """This moment, aware, shifted by whole days where the demo stands at another day."""
    return datetime.now(UTC) + _shift


def today() -> date:
    """The day in Shanghai that the house stands at."""
    return now().astimezone(SHANGHAI).date()
