"""What one owes to the post and to those who ask about their own data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redhouse.ground.access.enums import RequestKind
from redhouse.ground.access.queries import requests_owed
from redhouse.ground.access.rules import may_answer_request
from redhouse.ground.messages.queries import awaiting_confirmation
from redhouse.ground.messages.todo import Owed, source
from redhouse.ground.people.models import Person

CLAUSE = {
    RequestKind.COPY: gettext_lazy("《个人信息保护法》第45条"),
    RequestKind.CORRECTION: gettext_lazy("《个人信息保护法》第46条"),
}


@source
def receipts(person: Person, on: date) -> Iterable[Owed]:
    """One query."""
    inbox = reverse("desk:messages:inbox")
    for receipt in awaiting_confirmation(person, on):
        notice = receipt.notice
        yield Owed(
            title=notice.title,
            sub=str(notice.get_kind_display()),
            step=_("回执"),
            how=_("看过以后点“确认收到”"),
            link=f"{inbox}#m{receipt.pk}",
            action=_("去确认"),
            due_on=notice.due_on,
            from_on=timezone.localdate(notice.sent_at),
        )


@source
def data_requests(person: Person, on: date) -> Iterable[Owed]:
    """A copy or a correction that somebody asks for [PIPL a.45, 46, 50]. One query, none for who answers none."""
    for row in requests_owed(person, on):
        if may_answer_request(person, row, on=on):
            yield Owed(
                title=str(row.get_kind_display()),
                sub=row.person.masked_name,
                step=_("答复资料申请"),
                how=_("同意，或者写明为什么不同意"),
                clause=str(CLAUSE[RequestKind(row.kind)]),
                link=reverse("desk:requests:one", args=[row.pk]),
                action=_("去答复"),
                due_on=row.due_on,
                from_on=timezone.localdate(row.asked_at),
            )
