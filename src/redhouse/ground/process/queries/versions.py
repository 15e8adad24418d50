"""Which version is in force, and what it says."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import groupby

from django.db.models import Prefetch, QuerySet

from redhouse.ground.process.enums import Origin
from redhouse.ground.process.models import ProcedureVersion, RunStep, VersionDraft
from redhouse.ground.process.procedure import Procedure, ProcedureError, Step, read_procedure
from redhouse.ground.process.procedure.flat import flat_steps, flat_ways
from redhouse.ground.process.procedure.proofs import first_refusal
from redhouse.kit.divisions import is_within


def procedure_of(version: ProcedureVersion) -> Procedure:
    return _read(version.text)


@lru_cache(maxsize=256)
def _read(text: str) -> Procedure:
    return read_procedure(text)


def step_rule(step: RunStep) -> Step:
    """What the version of its run says about this step. A closed step may be of a version that the run left."""
    return procedure_of(version_of(step)).by_key[step.key]


# With a run, for whoever asks for the rules of many of its steps: those by which it went over to another version.
MOVES = Prefetch(
    "steps",
    queryset=RunStep.objects.filter(move__isnull=False).select_related("move__from_version").order_by("number"),
    to_attr="moved_steps",
)


def version_of(step: RunStep) -> ProcedureVersion:
    """The version under which the step was opened: the run's own, or the one that a later move left. No query where
    `MOVES` came with the run."""
    if not step.outcome:
        return step.run.version
    moves: list[RunStep] | None = getattr(step.run, "moved_steps", None)
    if moves is None:
        moves = list(
            RunStep.objects.filter(run_id=step.run_id, move__isnull=False)
            .select_related("move__from_version")
            .order_by("number")
        )
    left = next((row for row in moves if row.number >= step.number), None)
    return left.move.from_version if left else step.run.version


def law_in_force(code: str, on: date) -> ProcedureVersion | None:
    """The newest version of the law whose period holds `on`."""
    versions = ProcedureVersion.objects.as_of(on).filter(code=code, origin=Origin.LAW)
    return versions.order_by("-from_on", "-pk").first()


def version_in_force(code: str, division_code: str, on: date) -> ProcedureVersion | None:
    """A town's own version where it stands on the law of that day, else the law's; None where the power has none."""
    return _in_force(ProcedureVersion.objects.as_of(on).filter(code=code).order_by("-from_on", "-pk"), division_code)


def versions_in_force(division_code: str, on: date) -> list[ProcedureVersion]:
    """The same of every power that has one, by code, in one query; without the tables of the guards."""
    rows = ProcedureVersion.objects.as_of(on).order_by("code", "-from_on", "-pk").defer("steps", "ways")
    found = (_in_force(versions, division_code) for _code, versions in groupby(rows, key=lambda row: row.code))
    return [version for version in found if version is not None]


def _in_force(versions: Iterable[ProcedureVersion], division_code: str) -> ProcedureVersion | None:
    """Of versions of one power that stand on the day, the newest first."""
    rows = list(versions)
    law = next((row for row in rows if row.origin == Origin.LAW), None)
    if law is None:
        return None
    own = (row for row in rows if row.based_on_id == law.pk and is_within(division_code, row.division_code))
    return max(own, key=lambda row: row.pk, default=law)


def versions_of(code: str) -> QuerySet[ProcedureVersion]:
    """Every version of a power, those that came last first."""
    rows = ProcedureVersion.objects.filter(code=code).select_related("based_on")
    return rows.order_by("-from_on", "-pk")


def waiting_drafts() -> QuerySet[VersionDraft]:
    """A town's own versions that nobody has decided on."""
    return VersionDraft.objects.filter(decided_on__isnull=True).select_related("base").order_by("pk")


def unfaithful_versions() -> list[ProcedureVersion]:
    """Versions whose tables are not those of their text, or whose text is not proved: written around `adopt_version`.
    The guards read the tables, and the database cannot read the text, so this is asked by `redhouse doctor`."""
    return [version for version in ProcedureVersion.objects.order_by("pk") if not _is_faithful(version)]


def _is_faithful(version: ProcedureVersion) -> bool:
    try:
        procedure = procedure_of(version)
    except ProcedureError:
        return False
    tables = (flat_steps(procedure), flat_ways(procedure))
    stated = (version.code, version.from_on, version.until_on)
    return (
        (version.steps, version.ways) == tables
        and stated == (procedure.code, procedure.from_on, procedure.until_on)
        and first_refusal(procedure) is None
    )
