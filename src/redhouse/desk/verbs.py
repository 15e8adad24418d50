"""What is done with notices; and how anything is done once by another way than a page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from redhouse.desk.message_forms import AnnounceForm, ReceiptsForm
from redhouse.desk.queries.messages import notice_for
from redhouse.ground.clients.actions import Written, claim
from redhouse.ground.clients.enums import EntryKind
from redhouse.ground.messages import actions
from redhouse.ground.messages.enums import Channel
from redhouse.ground.messages.models import Notice, Receipt
from redhouse.ground.messages.queries import receipt_for, receipts
from redhouse.ground.papers.actions import add_paper
from redhouse.ground.papers.enums import MediaType, PaperKind
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Person
from redhouse.kit.today import now, today
from redhouse.web.verbs import Doing, Done, Verb, verb
from redhouse.work.decisions.verbs import VERBS

NOTICE = "notices/{notice_id}"


def served(person: Person, notice_id: int) -> Notice | None:
    return notice_for(person, notice_id, today())


@verb(gettext_lazy("确认收到"), "receipts/{receipt_id}/confirm", receipt_for)
def confirm_receipt(receipt: Receipt, do: Doing) -> str:
    """The person says that it arrived."""
    actions.confirm_receipt(notice=receipt.notice, person=do.by, by=do.by, on=do.on, channel=Channel.IN_APP)
    return _("已确认收到“%(title)s”") % {"title": receipt.notice.title}


def _waiting(notice: Notice, person: Person) -> dict[str, Any]:
    return {"people": [receipt.person for receipt in receipts(notice).waiting]}


@verb(gettext_lazy("代记回执"), f"{NOTICE}/receipts", served, ReceiptsForm, given=_waiting)
def record_receipts(notice: Notice, do: Doing) -> str:
    """For people whom somebody reached on paper, by telephone or at the door."""
    people, channel = do.said["people"], do.said["channel"]
    for person in people:
        actions.confirm_receipt(notice=notice, person=person, by=do.by, on=do.on, channel=channel)
    return ngettext("代记了%(n)s份回执", "代记了%(n)s份回执", len(people)) % {"n": len(people)}


@verb(gettext_lazy("登记公开告知"), f"{NOTICE}/announce", served, AnnounceForm)
def announce(notice: Notice, do: Doing) -> str:
    """Log that it was read out or put up, with a photograph where there is one."""
    said = do.said
    with transaction.atomic():
        actions.record_broadcast(
            notice=notice,
            channel=said["channel"],
            note=said["note"],
            paper=_kept(said["photo"], notice, do.by),
            by=do.by,
            on=said["announced_on"],
        )
    return _("已登记公开告知")


def _kept(photo: UploadedFile[bytes] | None, notice: Notice, by: Person) -> Paper | None:
    """The photograph as a paper of the house."""
    if photo is None:
        return None
    return add_paper(
        kind=PaperKind.EVIDENCE,
        title=_("公开告知：%(title)s") % {"title": notice.title},
        content=photo.open().read(),
        media_type=MediaType(str(photo.content_type)),
        file_name=photo.name or "photo",
        division_code=notice.division_code,
        by=by,
        on=today(),
    )


ALL: dict[str, Verb] = VERBS | {found.name: found for found in (confirm_receipt, record_receipts, announce)}


def do_once(verb: Verb, found: Any, *, key: UUID, kind: EntryKind, by: Person, data: Any, **more: Any) -> Done | None:
    """Do it under a key, which is written down with the way it came; None where the same key did something before.

    What was refused leaves nothing and may be sent again. Raises what `Verb.do` raises, NotYet for somebody else's key.
    """
    if verb.is_secret:
        return verb.do(found, by=by, data=data, **more)
    with transaction.atomic():
        if not claim(entries=[Written(key, kind, now())], ahead=timedelta(0), by=by):
            return None
        return verb.do(found, by=by, data=data, **more)
