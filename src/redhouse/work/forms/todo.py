"""New forms that wait for one's word."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.queries import reach_of
from redhouse.ground.messages.todo import Owed, source
from redhouse.ground.people.models import Person
from redhouse.work.forms.enums import DraftState
from redhouse.work.forms.models import FormDraft
from redhouse.work.forms.rules import may_decide


@source
def drafts(person: Person, on: date) -> Iterable[Owed]:
    """One query, and none for those who approve no forms."""
    if not reach_of(person, Verb.APPROVE_FORMS, on):
        return
    for draft in FormDraft.objects.filter(state=DraftState.WAITING).order_by("pk"):
        if may_decide(person, draft, on=on):
            yield Owed(
                title=draft.title,
                sub=_("新的报表"),
                step=_("批准"),
                how=_("看它要多少人填、每月几分钟，再批准或退回"),
                link=reverse("forms:draft", args=[draft.pk]),
                action=_("去看"),
                from_on=draft.drafted_on,
            )
