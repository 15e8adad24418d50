"""How a period of a row is closed."""

from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Household, Membership, Post, SocietyMember

Row = TypeVar("Row", Household, Membership, Post, SocietyMember)


def end_period(row: Row, on: date) -> Row:
    """Lock, check and close the period of a row."""
    locked: Row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if locked.until_on is not None:
        raise NotYet([_("已于%(on)s终止，不能再终止一次") % {"on": locked.until_on}])
    if on <= locked.from_on:
        raise NotYet([_("终止日期应晚于起始日期%(on)s，请核对日期") % {"on": locked.from_on}])
    locked.until_on = on
    locked.save(update_fields=["until_on"])
    return locked
