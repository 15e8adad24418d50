"""Out of the house: queued in the transaction of the notice, sent by a job, once."""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models.functions import Now
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import everything
from redhouse.ground.messages.enums import FOR_ALL, GROUPS, PERSONAL, Channel, DeliveryState, Failure, is_on_at_first
from redhouse.ground.messages.models import Delivery, Notice
from redhouse.ground.messages.outside import NotSent, is_set_up, send
from redhouse.ground.messages.queries import preferences_of
from redhouse.ground.people.models import Person

DELIVER = "messages.deliver"
OUTSIDE = "outside"  # a queue of its own: a gateway that hangs must not hold up the public log
MAX_ATTEMPTS = 8  # with longer and longer waits between them, the last about two hours
_LOCK = 0x5264_0000_0000  # advisory locks of deliveries, by their number

log = logging.getLogger(__name__)


class TryAgain(Exception):
    """It did not leave this time; the queue comes back to it."""


def queue_deliveries(notice: Notice, people: Iterable[Person]) -> int:
    """One delivery for each way that is set up, wanted, and has an address; in the transaction that is open."""
    groups = [c for c in GROUPS if notice.kind in FOR_ALL and is_set_up(c, notice.division_code)]
    ways = [(None, channel) for channel in groups] + list(_personal(notice, list(people)))
    if not ways:
        return 0
    with everything():
        rows = Delivery.objects.bulk_create(
            Delivery(notice=notice, person_id=person_id, channel=channel, division_code=notice.division_code)
            for person_id, channel in ways
        )
    jobs: list[dict[str, JSONValue]] = [{"delivery_id": row.pk} for row in rows]
    app.configure_task(DELIVER, queue=OUTSIDE).batch_defer(*jobs)
    return len(rows)


def _personal(notice: Notice, people: list[Person]) -> Iterator[tuple[int, Channel]]:
    channels = [channel for channel in PERSONAL if is_set_up(channel, notice.division_code)]
    if not channels:
        return
    ids = [person.pk for person in people]
    chosen = preferences_of(ids)
    accounts = Account.objects.filter(person_id__in=ids, is_active=True).exclude(email="")
    reachable = {
        Channel.SMS: {person.pk for person in people if person.phone_index},
        Channel.EMAIL: set(accounts.values_list("person_id", flat=True)),
    }
    for channel in channels:
        for pk in ids:
            wanted = chosen.get((pk, notice.kind, channel), is_on_at_first(notice.kind, channel))
            if wanted and pk in reachable[channel]:
                yield pk, channel


def deliver(delivery_id: int) -> None:
    """Send one delivery. Run twice, it sends once: at one instant the second finds the lock taken, later the row done.

    A worker that died in the middle leaves the row as `sending`. A text message is then sent again under the same key,
    which the gateway takes once; for the other ways nobody could tell, so they are not sent again and the row says so.
    Raises TryAgain.
    """
    with everything(), _alone(delivery_id) as alone:
        row = _claimed(delivery_id) if alone else None
        if row is None:
            return
        try:
            send(
                Channel(row.channel),
                division_code=row.division_code,
                to=_address(row),
                title=row.notice.title,
                link=row.notice.link,
                key=_key(row),
            )
        except NotSent as fault:
            _not_sent(row, fault)
        except Exception:
            _finish(row, DeliveryState.FAILED, reason=Failure.NOT_TAKEN)
            raise
        else:
            _finish(row, DeliveryState.SENT)


@transaction.atomic
def _claimed(delivery_id: int) -> Delivery | None:
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("notice", "person")
    row = rows.filter(pk=delivery_id, state__in=(DeliveryState.QUEUED, DeliveryState.SENDING)).first()
    if row is None:
        return None
    if row.state == DeliveryState.SENDING and row.channel != Channel.SMS:
        _finish(row, DeliveryState.FAILED, reason=Failure.INTERRUPTED)
        return None
    row.state, row.attempts = DeliveryState.SENDING, row.attempts + 1
    row.save(update_fields=["state", "attempts"])
    return row


def _address(row: Delivery) -> str:
    """The number or address of the person: the number is opened here, in the job, and nowhere before."""
    if row.person is None:
        return ""
    if row.channel == Channel.SMS:
        to = str(row.person.phone)
    else:
        to = Account.objects.filter(person=row.person).values_list("email", flat=True).first() or ""
    if not to:
        raise NotSent(Failure.NO_ADDRESS, is_final=True)
    return to


def _key(row: Delivery) -> str:
    """The same for every attempt; another in another house, also after a restore."""
    return hashlib.sha256(f"{row.pk}|{row.notice.sent_at.isoformat()}|{row.channel}".encode()).hexdigest()[:32]


def _not_sent(row: Delivery, fault: NotSent) -> None:
    log.warning("delivery %s by %s, attempt %s: %s", row.pk, row.channel, row.attempts, fault.reason)
    if fault.is_final or row.attempts >= MAX_ATTEMPTS:
        _finish(row, DeliveryState.FAILED, reason=fault.reason, answer=fault.answer)
        return
    Delivery.objects.filter(pk=row.pk).update(state=DeliveryState.QUEUED, reason=fault.reason, answer=fault.answer)
    raise TryAgain(str(fault.reason))


def _finish(row: Delivery, state: DeliveryState, *, reason: str = "", answer: int | None = None) -> None:
    Delivery.objects.filter(pk=row.pk).update(state=state, reason=reason, answer=answer, finished_at=Now())


@contextmanager
def _alone(delivery_id: int) -> Iterator[bool]:
    """Whether no other worker is at this delivery; the lock falls with the connection, so a dead worker holds none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK + delivery_id])
        taken = bool(cursor.fetchone()[0])
    try:
        yield taken
    finally:
        if taken:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK + delivery_id])
