"""Look behind a mask, open accounts, ask for one's own data and answer."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from redhouse.ground.access import facts
from redhouse.ground.access.enums import DataPart, LookField, LookReason, RequestKind, RequestState
from redhouse.ground.access.models import Account, DataRequest
from redhouse.ground.access.rules import DAYS_TO_ANSWER, may_answer_request, may_look_behind_mask, may_take_copy
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet, in_words
from redhouse.ground.people.models import Person


@transaction.atomic
def look_behind_mask(*, person: Person, field: LookField, reason: LookReason, by: Person, on: date) -> str:
    """Give the full value of one masked field, and record who looked, at what and why. Own data leave no fact.

    Raises PermissionDenied, and ValueError for a field or reason that is not on the lists.
    """
    field, reason = LookField(field), LookReason(reason)
    if not may_look_behind_mask(by, person, on=on):
        raise PermissionDenied(_("只有本村（社区）或镇的书记、组织干部说明事由后可以查看"))
    if by.pk != person.pk:
        ledger.record(
            facts.PERSONAL_FIELD_LOOKED_AT,
            happened_on=on,
            division_code=person.division_code,
            by=by.pk,
            subject=person.pk,
            label=f"{field}.{reason}",
        )
    return str(getattr(person, field))


def open_account(*, username: str, person: Person, password: str | None = None, demo_note: str = "") -> Account:
    """An account for a person; without a password it can only be entered where the house offers another way."""
    return Account.objects.create_user(username, password, person=person, is_demo=bool(demo_note), demo_note=demo_note)


@transaction.atomic
def ask_for_copy(*, by: Person, on: date) -> DataRequest:
    """Ask for a copy of what the house holds about oneself. Raises ValidationError while the same request waits."""
    return _ask(DataRequest(kind=RequestKind.COPY), by, on)


@transaction.atomic
def ask_for_correction(*, part: DataPart, wish: str, by: Person, on: date) -> DataRequest:
    """Say what is wrong and how it should read. Raises ValidationError with a sentence."""
    return _ask(DataRequest(kind=RequestKind.CORRECTION, part=part, wish=wish.strip()), by, on)


@transaction.atomic
def grant_request(*, row: DataRequest, reason: str = "", by: Person, on: date) -> DataRequest:
    """A copy may be taken from now on; a correction has been made. Raises PermissionDenied, NotYet."""
    return _answer(row, RequestState.GRANTED, facts.DATA_REQUEST_GRANTED, reason, by, on)


@transaction.atomic
def refuse_request(*, row: DataRequest, reason: str, by: Person, on: date) -> DataRequest:
    """No, and why (a.50). Raises PermissionDenied, NotYet, and ValidationError without a reason."""
    return _answer(row, RequestState.REFUSED, facts.DATA_REQUEST_REFUSED, reason, by, on)


@transaction.atomic
def withdraw_request(*, row: DataRequest, by: Person, on: date) -> DataRequest:
    """Let it be. Raises NotYet once it is answered."""
    row = _waiting(row)
    if row.person_id != by.pk:
        raise PermissionDenied(_("只有本人可以撤回自己的申请"))
    row.state = RequestState.WITHDRAWN
    row.save(update_fields=["state"])
    _record(facts.DATA_REQUEST_WITHDRAWN, row, by, on)
    return row


def take_copy(*, row: DataRequest, by: Person, on: date) -> None:
    """Record that the copy was taken; what is in it never passes through another hand. Raises PermissionDenied."""
    if not may_take_copy(by, row, on=on):
        raise PermissionDenied(_("副本没有准备好，或已过下载期限：请重新申请"))
    _record(facts.DATA_COPY_TAKEN, row, by, on, label="")


def _ask(row: DataRequest, by: Person, on: date) -> DataRequest:
    row.person, row.division_code, row.due_on = by, by.division_code, on + timedelta(days=DAYS_TO_ANSWER)
    row.clean_fields(exclude=["asked_at"])
    with in_words(row):
        row.save()
    _record(facts.DATA_REQUESTED, row, by, on)
    return row


def _answer(row: DataRequest, state: RequestState, kind: str, reason: str, by: Person, on: date) -> DataRequest:
    row = _waiting(row)
    if not may_answer_request(by, row, on=on):
        raise PermissionDenied(_("只有本村（社区）或镇的书记、组织干部可以答复，而且不能答复自己的申请"))
    row.state, row.answered_by, row.answered_at, row.reason = state, by, timezone.now(), reason.strip()
    row.full_clean()
    row.save()
    _record(kind, row, by, on)
    return row


def _waiting(row: DataRequest) -> DataRequest:
    """The row, locked, if nobody answered it yet."""
    locked = DataRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=row.pk)
    if locked.state != RequestState.WAITING:
        raise NotYet([_("这份申请%(state)s，不能再办：请刷新页面") % {"state": locked.get_state_display()}])
    return locked


def _record(kind: str, row: DataRequest, by: Person, on: date, label: str | None = None) -> None:
    ledger.record(
        kind,
        happened_on=on,
        division_code=row.division_code,
        by=by.pk,
        subject=row.person_id,
        label=row.kind if label is None else label,
    )
