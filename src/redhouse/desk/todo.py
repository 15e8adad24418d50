"""What one owes to the post: messages whose arrival is to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from redhouse.ground.messages.queries import awaiting_confirmation
from redhouse.ground.messages.todo import Owed, source
from redhouse.ground.people.models import Person


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
