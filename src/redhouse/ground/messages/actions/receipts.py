"""Confirm that a notice arrived; open what is one's own; choose channels."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet, require
from redhouse.ground.messages import facts
from redhouse.ground.messages.enums import ASSISTED, Channel, NoticeKind
from redhouse.ground.messages.models import Notice, Preference, Receipt
from redhouse.ground.messages.queries import wanted_by
from redhouse.ground.messages.rules import may_confirm, may_serve, missing_for_confirmation
from redhouse.ground.people.models import Person

NOT_SERVING = gettext_lazy("只有发通知的人，或本村（社区）、镇的经办人可以代记回执")


@transaction.atomic
def confirm_receipt(*, notice: Notice, person: Person, by: Person, on: date, channel: Channel) -> Receipt:
    """Write down that a notice arrived: the person in the house, or somebody for them on paper, by phone or at the door
    (`is_assisted`). Repeating it changes nothing, by whatever channel. Raises NotYet and PermissionDenied."""
    require(missing_for_confirmation(by, person, Channel(channel)))
    if not may_confirm(by, notice, person, Channel(channel), on=on):
        raise PermissionDenied(str(NOT_SERVING))
    with everything():
        receipt = Receipt.objects.select_for_update().filter(notice=notice, person=person).first()
        if receipt is None:
            raise NotYet(
                [_("%(name)s不在“%(title)s”的收件名单上") % {"name": person.masked_name, "title": notice.title}]
            )
        if receipt.confirmed_at is not None:
            return receipt
        receipt.channel, receipt.confirmed_by, receipt.confirmed_on = channel, by, on
        receipt.confirmed_at = timezone.now()
        if by.pk == person.pk:
            receipt.read_at = receipt.read_at or receipt.confirmed_at
        receipt.save(update_fields=["channel", "confirmed_by", "confirmed_on", "confirmed_at", "read_at"])
    ledger.record(
        facts.RECEIPT_CONFIRMED,
        happened_on=on,
        division_code=notice.division_code,
        by=by.pk,
        actor=person.pk,
        subject=notice.pk,
        label=channel,
    )
    return receipt


@transaction.atomic
def confirm_receipts(*, notice: Notice, people: Collection[Person], by: Person, on: date, channel: Channel) -> int:
    """Write down a whole list of people whom the notice reached on paper, by phone or at the door; returns how many
    were new. Raises PermissionDenied, and NotYet for a channel that reaches nobody in particular."""
    for person in people:
        require(missing_for_confirmation(by, person, Channel(channel)))
    if channel not in ASSISTED or not may_serve(by, notice, on=on):
        raise PermissionDenied(str(NOT_SERVING))
    with everything():
        waiting = Receipt.objects.select_for_update().filter(notice=notice, person__in=people, confirmed_at=None)
        new = list(waiting.order_by("pk").values_list("person_id", flat=True))
        waiting.update(channel=channel, confirmed_by=by, confirmed_on=on, confirmed_at=timezone.now())
    ledger.record_many(
        (facts.RECEIPT_CONFIRMED, notice.division_code, on, person, by.pk, notice.pk, None, 1, str(channel))
        for person in new
    )
    return len(new)


def mark_read(*, receipt: Receipt, by: Person) -> None:
    """The person opened it. Opening is no confirmation, and no fact."""
    Receipt.objects.filter(pk=receipt.pk, person=by, read_at__isnull=True).update(read_at=timezone.now())


def mark_all_read(*, by: Person) -> int:
    """Everything in one's inbox; returns how many were new. What asks for a confirmation still does."""
    unread = wanted_by(by).filter(read_at__isnull=True).values("pk")
    return Receipt.objects.filter(pk__in=unread).update(read_at=timezone.now())


@transaction.atomic
def choose_channel(*, kind: NoticeKind, channel: Channel, is_on: bool, by: Person) -> Preference:
    """What one wants to be told by which way. Raises ValidationError where the law wants it told."""
    row = Preference.objects.filter(person=by, kind=kind, channel=channel).first() or Preference(
        person=by, kind=kind, channel=channel, division_code=by.division_code
    )
    row.is_on = is_on
    row.full_clean(exclude=["person"])
    row.save()
    return row
