"""Send an answer sheet for approval, approve and freeze it, or return it. Each is a fact."""

from base64 import urlsafe_b64encode
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.models import TreeHead
from redhouse.ground.people.models import Person
from redhouse.kit.errors import DATA, HouseError
from redhouse.work.answers import facts
from redhouse.work.answers.actions.extracts import ask_for_extract
from redhouse.work.answers.enums import SheetState
from redhouse.work.answers.models import FrozenSheet, Sheet
from redhouse.work.answers.queries import Answer, answer_sheet, count_sheet, division_at
from redhouse.work.answers.queries.frozen import content_of
from redhouse.work.answers.rules import approves_for


class CannotDecide(HouseError):
    """The sheet is not in a state for this, or this person may not."""

    exit_code = DATA


@transaction.atomic
def submit(*, division_code: str, as_of: date, last_fact_id: int, by: Person, on: date) -> Sheet:
    """Send the sheet of a division at its cuts for approval. `last_fact_id` must be the last fact of a signed head.
    Raises CannotDecide while another one for the same day waits."""
    if not TreeHead.objects.filter(last_fact_id=last_fact_id).exists():
        raise CannotDecide(_("账本第%(cut)s条上没有签名的日志头：请刷新答卷后再送批。") % {"cut": last_fact_id})
    before = Sheet.objects.filter(division_code=division_code, as_of=as_of)
    sheet = Sheet(
        division_code=division_code,
        as_of=as_of,
        last_fact_id=last_fact_id,
        number=before.count() + 1,
        submitted_by=by,
        submitted_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            sheet.save()
    except IntegrityError:  # two at once, or one that waits
        raise CannotDecide(_("这一天的答卷已经送批，正等待批准：请等结果，或请批准人退回。")) from None
    _record(facts.SHEET_SUBMITTED, sheet, by, on)
    return sheet


@transaction.atomic
def approve(*, sheet: Sheet, by: Person, on: date) -> FrozenSheet:
    """Count every figure at the sheet's cuts and freeze it, and have its data stored. Raises CannotDecide."""
    sheet = _waiting(sheet, by, on)
    sheet.state, sheet.decided_by, sheet.decided_at = SheetState.APPROVED, by, timezone.now()
    sheet.full_clean()
    sheet.save()
    content = content_of(
        _counted(sheet),
        sheet,
        division_at(sheet.division_code, sheet.as_of).name,
    )
    frozen = FrozenSheet.objects.create(sheet=sheet, content=content, digest=FrozenSheet.digest_of(content))
    label = urlsafe_b64encode(bytes.fromhex(frozen.digest)).rstrip(b"=").decode()
    _record(facts.SHEET_APPROVED, sheet, by, on, label)
    ask_for_extract(sheet)
    return frozen


@transaction.atomic
def send_back(*, sheet: Sheet, reason: str, by: Person, on: date) -> Sheet:
    """Return it to its author with a reason. Raises CannotDecide, and ValidationError without a reason."""
    sheet = _waiting(sheet, by, on)
    sheet.state, sheet.decided_by, sheet.decided_at = SheetState.RETURNED, by, timezone.now()
    sheet.reason = reason.strip()
    sheet.full_clean()
    sheet.save()
    _record(facts.SHEET_RETURNED, sheet, by, on)
    return sheet


def _counted(sheet: Sheet) -> list[Answer]:
    """The figures from the rows as they stand in this moment; what was shown may come from the memo. Facts are held by
    the cut, but a household or a body may have been edited since the sheet was sent."""
    given = (sheet.division_code, sheet.as_of, sheet.last_fact_id)
    counted = count_sheet(*given)
    changed = [now.figure.id for now, shown in zip(counted, answer_sheet(*given), strict=True) if now != shown]
    if changed:
        raise CannotDecide(
            _("送批之后所读的登记改过，%(ids)s与送批时不同：请退回，由送批人另送一稿。") % {"ids": "、".join(changed)}
        )
    return counted


def _waiting(sheet: Sheet, by: Person, on: date) -> Sheet:
    """The sheet, locked, if it still waits and this person may decide."""
    locked = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if locked.state != SheetState.SUBMITTED:
        raise CannotDecide(_("这份答卷%(state)s，不能再批：请刷新页面。") % {"state": locked.get_state_display()})
    if locked.submitted_by_id == by.pk:
        raise CannotDecide(_("送批的人不能批准自己的答卷：请另一位领导批准。"))
    if not approves_for(by, locked.division_code, on=on):
        raise CannotDecide(_("批准答卷的是党委书记或镇领导：请由他们办理。"))
    return locked


def _record(kind: str, sheet: Sheet, by: Person, on: date, label: str = "") -> None:
    ledger.record(kind, happened_on=on, division_code=sheet.division_code, by=by.pk, subject=sheet.pk, label=label)
