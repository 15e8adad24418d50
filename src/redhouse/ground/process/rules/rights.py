"""Who may act on a run: holders of the step's roles, never who keeps the house, never twice where two must look."""

from datetime import date

from django.utils.translation import gettext as _

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.rules import may
from redhouse.ground.people.models import Person
from redhouse.ground.process.enums import Outcome, Role
from redhouse.ground.process.models import ProcedureVersion, Run, RunStep, VersionDraft
from redhouse.ground.process.queries.holders import acting_posts, roles_of
from redhouse.ground.process.queries.owing import keys_closed_by
from redhouse.ground.process.queries.versions import procedure_of
from redhouse.kit.divisions import town_of

RECORDERS = {
    Role.REC_DIRECTOR,
    Role.REC_SUPERVISOR,
    Role.VILLAGE_DIRECTOR,
    Role.SUPERVISOR,
    Role.TOWN_ORG_OFFICE,
}


def may_close(person: Person, step: RunStep, on: date) -> bool:
    """Whether `person` fills one of the step's roles on `on` and closed none of the steps it must be apart from."""
    rule = step.run.version.steps[step.key]
    if roles_of(person, step.run, on).isdisjoint(rule["owed_by"]):
        return False
    apart = rule["apart_from"]
    return not apart or keys_closed_by(person, [step.run_id])[step.run_id].isdisjoint(apart)


def may_withdraw(person: Person, step: RunStep, on: date) -> bool:
    """Who owes the draft takes the matter back, at whatever step a way leads out."""
    return Outcome.WITHDRAWN in step.run.version.ways[step.key] and may_open(person, step.run, on)


def may_open(person: Person, run: Run, on: date) -> bool:
    """Whether `person` fills a role of the first step: for a run to be opened, or to take back to its draft."""
    return not roles_of(person, run, on).isdisjoint(procedure_of(run.version).first.owed_by)


def may_move(person: Person, run: Run, on: date) -> bool:
    """Taking a running matter to another version is decided by who approves the list."""
    return bool(acting_posts(person, on)) and may(person, Verb.APPROVE_POWER_LIST, town_of(run.division_code), on)


def may_draft_version(person: Person, base: ProcedureVersion, on: date) -> bool:
    """The town's organisation office drafts the town's own versions, whichever power it is."""
    return bool(acting_posts(person, on)) and may(person, Verb.KEEP_POWER_LIST, town_of(person.division_code), on)


def may_approve_draft(person: Person, draft: VersionDraft, on: date) -> bool:
    """The town's leaders approve, and never what they drafted."""
    if draft.author_id == person.pk or not acting_posts(person, on):
        return False
    return may(person, Verb.APPROVE_POWER_LIST, draft.division_code, on)


def may_move_to(person: Person, version: ProcedureVersion, on: date) -> bool:
    """Who approves the list decides which running matters go over to a version; asked again for each of them."""
    place = version.division_code or town_of(person.division_code)
    return bool(acting_posts(person, on)) and may(person, Verb.APPROVE_POWER_LIST, place, on)


def missing_for_adoption(author: Person | None, approver: Person | None, on: date) -> list[str]:
    """A town's own version is drafted by its organisation office and approved by its leaders, who are other people."""
    missing = []
    if author is None or not may(author, Verb.KEEP_POWER_LIST, town_of(author.division_code), on):
        missing.append(_("镇增订的版本由镇组织办拟订"))
    elif approver is None or not may(approver, Verb.APPROVE_POWER_LIST, town_of(author.division_code), on):
        missing.append(_("镇增订的版本由镇党委书记或镇领导批准"))
    elif author.pk == approver.pk:
        missing.append(_("拟稿人不能批准自己的版本：请另一位领导批准"))
    return missing


def may_record_demand(person: Person, run: Run, on: date) -> bool:
    """Who has the electors' roll, and the town, record a demand to convene."""
    return not roles_of(person, run, on).isdisjoint(RECORDERS)


def may_suspend(person: Person, run: Run, on: date) -> bool:
    """The party organisation of the village, the supervision committee and the town may stop the clock of a matter; of
    a case also who dispatches it."""
    stoppers = {Role.VILLAGE_SECRETARY, Role.SUPERVISOR, Role.TOWN_ORG_OFFICE, Role.TOWN_LEADER}
    if procedure_of(run.version).is_case:
        stoppers.add(Role.GRID_DISPATCHER)
    return not roles_of(person, run, on).isdisjoint(stoppers)
