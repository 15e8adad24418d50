"""A town's own version, drafted by one and approved by another. What is weaker than law does not become a draft."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet, in_words, require
from redhouse.ground.people.models import Person
from redhouse.ground.process import facts
from redhouse.ground.process.actions.versions import adopt_version
from redhouse.ground.process.enums import Origin
from redhouse.ground.process.models import ProcedureVersion, VersionDraft
from redhouse.ground.process.procedure import ProcedureError, read_procedure
from redhouse.ground.process.procedure.edits import weaker_than
from redhouse.ground.process.procedure.proofs import first_refusal
from redhouse.ground.process.queries.versions import law_in_force, procedure_of
from redhouse.ground.process.rules.rights import may_approve_draft, may_draft_version
from redhouse.kit.divisions import town_of


@transaction.atomic
def draft_version(*, base: ProcedureVersion, text: str, reason: str, by: Person, on: date) -> VersionDraft:
    """Put a text before the town's leaders. Raises ProcedureError with a witness where it is no procedure or not safe,
    NotYet with each thing in which it is weaker than law, PermissionDenied."""
    if not may_draft_version(by, base, on):
        raise PermissionDenied(_("镇增订的版本由镇组织办拟订"))
    procedure = read_procedure(text)
    law = law_in_force(procedure.code, procedure.from_on)
    if law is None or procedure.code != base.code:
        raise NotYet([_("%(code)s 在%(day)s没有法定版本可依") % {"code": procedure.code, "day": procedure.from_on}])
    if procedure.from_on < on:
        raise NotYet([_("增订的版本不能溯及既往：请把施行日期定在%(day)s或以后") % {"day": on}])
    require(weaker_than(procedure_of(law), procedure))
    refusal = first_refusal(procedure)
    if refusal is not None:
        raise ProcedureError(refusal.told(procedure))
    if ProcedureVersion.objects.filter(digest=procedure.digest).exists():
        raise NotYet([_("与已采用的版本一字不差，没有增订什么")])
    draft = VersionDraft(
        code=base.code,
        division_code=town_of(by.division_code),
        base=base,
        text=text,
        reason=reason.strip(),
        drafted_on=on,
        author=by,
    )
    with in_words(draft):
        draft.save()
    _record(facts.VERSION_DRAFTED, draft, by, on)
    return draft


@transaction.atomic
def approve_draft(*, draft: VersionDraft, by: Person, on: date) -> ProcedureVersion:
    """Adopt it: proved once more, held against the law of the day. Raises what `adopt_version` raises."""
    row = _waiting(draft, by, on)
    version = adopt_version(text=row.text, origin=Origin.TOWN, author=row.author, approver=by, reason=row.reason, on=on)
    row.decided_on, row.decided_by, row.version = on, by, version
    with in_words(row):
        row.save(update_fields=["decided_on", "decided_by", "version"])
    return version


@transaction.atomic
def refuse_draft(*, draft: VersionDraft, reason: str, by: Person, on: date) -> VersionDraft:
    row = _waiting(draft, by, on)
    if not reason.strip():
        raise NotYet([_("不批准要写明理由")])
    row.decided_on, row.decided_by, row.refusal = on, by, reason.strip()
    with in_words(row):
        row.save(update_fields=["decided_on", "decided_by", "refusal"])
    _record(facts.VERSION_REFUSED, row, by, on)
    return row


def _waiting(draft: VersionDraft, by: Person, on: date) -> VersionDraft:
    row: VersionDraft = (
        VersionDraft.objects.select_for_update(of=("self",)).select_related("author", "base").get(pk=draft.pk)
    )
    if not may_approve_draft(by, row, on):
        raise PermissionDenied(_("镇增订的版本由镇党委书记或镇领导批准，拟稿人除外"))
    if row.decided_on is not None:
        raise NotYet([_("这一稿已于%(day)s决定") % {"day": row.decided_on}])
    return row


def _record(kind: str, draft: VersionDraft, by: Person, on: date) -> None:
    ledger.record(
        kind, happened_on=on, division_code=draft.division_code, by=by.pk, subject=draft.base_id, label=draft.code
    )
