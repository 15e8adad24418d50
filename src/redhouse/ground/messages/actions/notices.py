"""Send notices, and log what was announced."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.messages import facts
from redhouse.ground.messages.actions.deliveries import queue_deliveries
from redhouse.ground.messages.enums import Channel, NoticeKind
from redhouse.ground.messages.models import Announcement, Notice, Receipt
from redhouse.ground.messages.rules import may_serve
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Person


@transaction.atomic
def send_notice(
    *,
    kind: NoticeKind,
    title: str,
    text: str,
    link: str,
    people: Iterable[Person],
    division_code: str,
    by: Person | None,
    on: date,
    dedup: str = "",
    due_on: date | None = None,
) -> Notice:
    """Tell people something; `link` is a path in the house, `by` None where the house itself speaks.

    `dedup` names the occasion (`"decisions.meeting.17"`): the same again changes nothing and gives the notice that
    was sent. `due_on` is the last day for the receipt, where one is asked. Title and text name nobody. Raises
    ValidationError with the sentence of the broken constraint.
    """
    if dedup and (before := Notice.objects.filter(dedup=dedup).first()):
        return before
    notice = Notice(
        kind=kind,
        title=title,
        text=text,
        link=link,
        division_code=division_code,
        sent_by=by,
        dedup=dedup,
        due_on=due_on,
    )
    notice.full_clean(exclude=["sent_by"], validate_constraints=False)
    notice.validate_constraints(exclude={"dedup"})
    try:
        with transaction.atomic():
            notice.save()
    except IntegrityError:  # somebody else sent it while we looked
        return Notice.objects.get(dedup=dedup)
    to = {person.pk: person for person in people}
    with everything():  # a notice goes to whom it concerns, also beyond the sender's reach
        Receipt.objects.bulk_create(
            [Receipt(notice=notice, person=person, division_code=division_code) for person in to.values()]
        )
    queue_deliveries(notice, to.values())
    ledger.record(
        facts.NOTICE_ISSUED,
        happened_on=on,
        division_code=division_code,
        by=by.pk if by else None,
        subject=notice.pk,
        quantity=len(to),
        label=kind,
    )
    return notice


@transaction.atomic
def record_broadcast(
    *, notice: Notice, channel: Channel, note: str, by: Person, on: date, paper: Paper | None = None
) -> Announcement:
    """Log that a notice was read out or put up; `note` says when, where, how often, `paper` holds the photograph."""
    if not may_serve(by, notice, on=on):
        raise PermissionDenied(_("只有发通知的人，或本村（社区）、镇的经办人可以登记公开告知"))
    row = Announcement(notice=notice, channel=channel, note=note, paper=paper, announced_on=on, recorded_by=by)
    row.full_clean(exclude=["recorded_by"])
    row.save()
    ledger.record(
        facts.NOTICE_ANNOUNCED,
        happened_on=on,
        division_code=notice.division_code,
        by=by.pk,
        subject=notice.pk,
        object=paper.pk if paper else None,
        label=channel,
    )
    return row
