"""Background work of messages: deliveries and reminders. Both are safe to repeat and to run from several processes."""

import logging
from datetime import date

from django.db import InterfaceError, OperationalError, connections
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from redhouse.ground.access.reach import everything
from redhouse.ground.messages.actions import TryAgain, deliver, send_notice
from redhouse.ground.messages.actions.deliveries import DELIVER, OUTSIDE
from redhouse.ground.messages.due import Due, Source, sources
from redhouse.ground.messages.models import Notice
from redhouse.ground.people.models import Person

DATABASE_AWAY = (OperationalError, InterfaceError)  # the worker's loop knows what to do
AGAIN = RetryStrategy(max_attempts=20, exponential_wait=3, retry_exceptions={TryAgain, *DATABASE_AWAY})

log = logging.getLogger(__name__)


@app.task(name=DELIVER, queue=OUTSIDE, retry=AGAIN)
def deliver_outside(delivery_id: int) -> None:
    try:
        deliver(delivery_id)
    finally:
        connections.close_all()  # a job runs in a thread of its own


def remind_once(on: date) -> int:
    """Tell whatever the rooms say is due and was not told yet; returns how many notices went out.

    A room that breaks is logged and left out, so that the others' deadlines are still told.
    """
    with everything():
        due = {one.key: one for find in sources() for one in _asked(find, on)}
        for key in Notice.objects.filter(dedup__in=due).values_list("dedup", flat=True):
            del due[key]
        people = Person.objects.in_bulk({pk for one in due.values() for pk in one.person_ids})
        return sum(_told(one, people, on) for one in due.values())


def _asked(find: Source, on: date) -> list[Due]:
    try:
        return list(find(on))
    except DATABASE_AWAY:
        raise
    except Exception:
        log.exception("what is due could not be read: %s", find.__module__)
        return []


def _told(one: Due, people: dict[int, Person], on: date) -> bool:
    to = [people[pk] for pk in one.person_ids if pk in people]
    if not to:
        return False
    try:
        send_notice(
            kind=one.kind,
            title=one.title,
            text=one.text,
            link=one.link,
            people=to,
            division_code=one.division_code,
            by=None,
            on=on,
            dedup=one.key,
        )
    except DATABASE_AWAY:
        raise
    except Exception:
        log.exception("a reminder could not be sent: %s", one.key)
        return False
    return True
