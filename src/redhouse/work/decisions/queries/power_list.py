"""The list of powers as its pages show it: which version binds, what was before, what waits for approval."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from redhouse.ground.access.enums import Verb
from redhouse.ground.access.rules import may
from redhouse.ground.people.models import Person
from redhouse.ground.process.models import ProcedureVersion, Run, VersionDraft
from redhouse.ground.process.procedure import Procedure
from redhouse.ground.process.procedure.differences import Difference, differences
from redhouse.ground.process.queries.versions import (
    procedure_of,
    version_in_force,
    versions_in_force,
    versions_of,
    waiting_drafts,
)
from redhouse.ground.process.rules.rights import may_approve_draft, may_draft_version
from redhouse.kit.divisions import town_of
from redhouse.kit.today import today
from redhouse.work.decisions.definitions import POWERS
from redhouse.work.decisions.queries.stages import names_of


@dataclass(frozen=True)
class Power:
    """One of the ten, or a procedure of another room: the version that binds what is opened today, and how much runs
    under any version."""

    version: ProcedureVersion
    procedure: Procedure
    running: int

    @property
    def is_power(self) -> bool:
        return self.version.code in POWERS

    @property
    def steps(self) -> int:
        return sum(step.is_human for step in self.procedure.steps)


def powers(person: Person, on: date) -> list[Power]:
    """The ten first."""
    running = Counter(Run.objects.filter(ending="").values_list("version__code", flat=True))
    versions = versions_in_force(person.division_code, on)
    found = [Power(version, procedure_of(version), running[version.code]) for version in versions]
    return sorted(found, key=lambda power: not power.is_power)


@dataclass(frozen=True)
class Told:
    """A version with who wrote it, what it changes against the one it stands on, and matters that run under it."""

    version: ProcedureVersion
    procedure: Procedure
    author: str
    approver: str
    before: ProcedureVersion | None
    changes: list[Difference]
    running: int


def told(version: ProcedureVersion) -> Told:
    """What it stands on: for a town's version the one of the law, for the law's the one before."""
    before = version.based_on or versions_of(version.code).filter(from_on__lt=version.from_on, origin="law").first()
    procedure = procedure_of(version)
    names = names_of([key for key in (version.author_id, version.approver_id) if key])
    return Told(
        version=version,
        procedure=procedure,
        author=names.get(version.author_id or 0, ""),
        approver=names.get(version.approver_id or 0, ""),
        before=before,
        changes=differences(procedure_of(before), procedure) if before else [],
        running=version.runs.filter(ending="").count(),
    )


def power_for(person: Person, code: str) -> ProcedureVersion | None:
    """The version of a power that binds today where this person stands."""
    return version_in_force(code.upper(), town_of(person.division_code), today())


def version_shown(person: Person, version_id: int) -> ProcedureVersion | None:
    """Versions are no secret of anybody: what binds a village, everybody in it may read."""
    return ProcedureVersion.objects.filter(pk=version_id).select_related("based_on").first()


def drafts_for(person: Person, on: date) -> list[VersionDraft]:
    """Drafts of this person's town that wait for a decision."""
    return [draft for draft in waiting_drafts() if _reads(person, draft, on)]


def drafts_to_approve(person: Person, on: date) -> list[VersionDraft]:
    """Those that this person may approve; nothing is asked for who approves no list."""
    if not may(person, Verb.APPROVE_POWER_LIST, town_of(person.division_code), on):
        return []
    return [draft for draft in waiting_drafts() if may_approve_draft(person, draft, on)]


def draft_for(person: Person, draft_id: int) -> VersionDraft | None:
    draft = VersionDraft.objects.filter(pk=draft_id).select_related("base").first()
    return draft if draft is not None and _reads(person, draft, today()) else None


def _reads(person: Person, draft: VersionDraft, on: date) -> bool:
    """Drafts are for the office that drafts in that town and the leaders who approve."""
    if draft.author_id == person.pk or may_approve_draft(person, draft, on):
        return True
    return may_draft_version(person, draft.base, on) and town_of(person.division_code) == draft.division_code
