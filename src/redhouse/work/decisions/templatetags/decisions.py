"""How money and clocks of a matter are printed."""

import datetime as dt
from fractions import Fraction

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from redhouse.kit import numbers

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """312000000 fen -> 3,120,000.00."""
    if fen is None:
        return ""
    return numbers.yuan(fen)


@register.filter
def exact_yuan(fen: Fraction) -> str:
    """What need not be whole fen, cut off after four decimals."""
    return numbers.exact_yuan(fen)


@register.filter
def wholes(units: int, scale: int) -> str:
    """Units of 1/scale as people read them: 3 of scale 1 -> 3; 8650 of scale 100 -> 86.50."""
    return numbers.wholes(units, scale)


@register.filter
def left(due_on: dt.date | None, today: dt.date) -> str:
    """What is left of a time limit, first; then the day. Overdue says by how much: nothing happens by itself."""
    if due_on is None:
        return ""
    days = (due_on - today).days
    if days < 0:
        return ngettext("逾期%(n)s日", "逾期%(n)s日", -days) % {"n": -days}
    if days == 0:
        return _("今天到期")
    return ngettext("还剩%(n)s日", "还剩%(n)s日", days) % {"n": days}


@register.filter
def time_left(minutes: int) -> str:
    """904 -> 还剩15小时4分; under an hour only minutes."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return _("还剩%(minutes)s分") % {"minutes": rest}
    return _("还剩%(hours)s小时%(minutes)s分") % {"hours": hours, "minutes": rest}


@register.filter
def urgency(due_on: dt.date | None, today: dt.date) -> str:
    """The class of a clock chip."""
    if due_on is None:
        return ""
    days = (due_on - today).days
    return "clock-bad" if days < 0 else "clock-warn" if days <= 1 else "clock-ok"
