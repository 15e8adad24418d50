"""Doors at which one is expected."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from redhouse.ground.messages.todo import Owed, source
from redhouse.ground.people.models import Person
from redhouse.work.visits.queries.owing import follow_ups, overdue
from redhouse.work.visits.queries.problems import owed_problems


@source
def promised(person: Person, on: date) -> Iterable[Owed]:
    """Come again, as promised at the door."""
    for visit, home in follow_ups(person, on):
        yield Owed(
            title=home.dwelling.door,
            sub=home.head.masked_name if home.head else "",
            step=_("约定的回访"),
            how=visit.needs,
            link=reverse("visits:household", args=[home.pk]),
            action=_("去回访"),
            due_on=visit.follow_up_on,
            from_on=visit.visited_on,
        )


@source
def problems(person: Person, on: date) -> Iterable[Owed]:
    """Steps of contact problems that this person may close."""
    for row in owed_problems(person, on):
        assert row.step is not None
        yield Owed(
            title=row.report.words[:30],
            sub=row.report.spot,
            step=row.state,
            how=_("打开问题，办结这一步"),
            link=reverse("visits:problem", args=[row.report.pk]),
            action=_("去办"),
            due_on=row.step.due_on,
            from_on=row.step.opened_on,
        )


@source
def households(person: Person, on: date) -> Iterable[Owed]:
    """One line for all households that should have been seen again by now, never one for each."""
    late = overdue(person, on)
    if late:
        yield Owed(
            title=ngettext("%(n)s户该走访了", "%(n)s户该走访了", len(late)) % {"n": len(late)},
            step=_("户联系走访"),
            how=_("打开名单，最久没去的排在最前"),
            link=reverse("visits:mine") + "?show=late",
            action=_("看名单"),
            due_on=late[0],
        )
