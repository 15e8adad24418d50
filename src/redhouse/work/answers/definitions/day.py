"""Wrong turns that need no database to be seen."""

from datetime import date

from django.utils.translation import gettext as _

from redhouse.kit.errors import DATA, HouseError


class NoSuchAnswer(HouseError):
    """There is nothing to count: no house, no such division, no such day."""

    exit_code = DATA


class BadDay(HouseError):
    """A day that is no day, or lies ahead."""

    exit_code = 2


def parse_day(text: str, today: date) -> date:
    """Read 2018-12-14. Raises BadDay for anything else, and for a day to come."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadDay(_("日期“%(text)s”读不懂：请写成 2018-12-14 这样的年-月-日。") % {"text": text}) from None
    if day > today:
        raise BadDay(
            _("%(day)s 还没有到：答卷只答已经发生的事，请选 %(today)s 或更早的日期。") % {"day": day, "today": today}
        )
    return day
