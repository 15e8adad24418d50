"""Take a running matter to a gate of another version, or back to its draft with other facts: recorded decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet, require
from redhouse.ground.people.models import Person
from redhouse.ground.places.queries import within
from redhouse.ground.process import facts as kinds
from redhouse.ground.process.actions.refusals import guarded
from redhouse.ground.process.actions.runs import missing_facts
from redhouse.ground.process.actions.steps import lock_open, write_closing, write_opening
from redhouse.ground.process.enums import Outcome, StepKind
from redhouse.ground.process.models import ProcedureVersion, Run, RunMove, RunStep
from redhouse.ground.process.queries.runs import open_step, open_steps
from redhouse.ground.process.queries.versions import procedure_of
from redhouse.ground.process.rules import gates_for, may_close, may_move
from redhouse.kit.divisions import prefix


def move_run(
    *,
    run: Run,
    version: ProcedureVersion,
    to_key: str,
    reason: str,
    by: Person,
    on: date,
    facts: Mapping[str, str] | None = None,
) -> RunStep:
    """Re-open a running matter at a gate of another version of its procedure; `facts` add what that version asks.

    Raises PermissionDenied, NotYet with the gates to which it can go, OutOfTurn.
    """
    with guarded():
        step = _open(run)
        if not may_move(by, step.run, on):
            raise PermissionDenied(_("转入另一版程序由镇党委书记或镇领导决定"))
        return _move(step, version, to_key, {**step.run.facts, **(facts or {})}, reason, by, on)


def restate_facts(*, run: Run, facts: Mapping[str, str], reason: str, by: Person, on: date) -> RunStep:
    """State the facts of a matter anew while it is at its draft: by whoever owes the draft.

    Raises PermissionDenied, NotYet, OutOfTurn.
    """
    with guarded():
        step = _open(run)
        if not may_close(by, step, on):
            raise PermissionDenied(_("事项要素由起草的人说明"))
        if step.kind != StepKind.DRAFT:
            raise NotYet([_("事项要素只在起草时改；已在办理中的，先退回起草")])
        return _move(step, step.run.version, step.key, {**step.run.facts, **facts}, reason, by, on)


@dataclass(frozen=True)
class PlannedMove:
    """A running matter on another version: the furthest gate it could be re-opened at, and facts to be stated first."""

    step: RunStep
    gates: tuple[str, ...]
    missing: tuple[str, ...]


def preview_moves(version: ProcedureVersion) -> list[PlannedMove]:
    """The running matters that `version` could take over, each with its gates, the furthest first. Writes nothing."""
    steps = open_steps().filter(run__version__code=version.code).exclude(run__version=version).order_by("run_id")
    if version.division_code:
        steps = steps.filter(within([prefix(version.division_code)], "run__division_code"))
    return [
        PlannedMove(
            step,
            tuple(gates_for(step, version, step.run.facts)),
            tuple(missing_facts(version, step.run.facts)),
        )
        for step in steps
    ]


def move_runs(
    *,
    version: ProcedureVersion,
    gates: Mapping[int, str],
    reason: str,
    by: Person,
    on: date,
    facts: Mapping[int, Mapping[str, str]] | None = None,
) -> int:
    """Move many at once, run key -> gate, as previewed: all or none. `facts` by run key add what the version asks.
    Returns how many."""
    stated = facts or {}
    with guarded():
        for run in Run.objects.filter(pk__in=gates).order_by("pk"):
            key, more = gates[run.pk], stated.get(run.pk)
            move_run(run=run, version=version, to_key=key, reason=reason, by=by, on=on, facts=more)
    return len(gates)


def _open(run: Run) -> RunStep:
    step = open_step(run)
    if step is None:
        raise NotYet([_("事项已于%(day)s办结") % {"day": run.ended_on}])
    return lock_open(step)


def _move(
    step: RunStep, version: ProcedureVersion, to_key: str, facts: dict[str, str], reason: str, by: Person, on: date
) -> RunStep:
    run, reason = step.run, reason.strip()
    if on < version.from_on:
        raise NotYet([_("这一版%(day)s才施行，到时再转入") % {"day": version.from_on}])
    require(missing_facts(version, facts))
    gates = gates_for(step, version, facts)
    if version.code != run.version.code or to_key not in gates:
        names = procedure_of(version).by_key
        raise NotYet([_("只能转到：%(gates)s；不能越过环节") % {"gates": "、".join(names[key].name for key in gates)}])
    if not reason:
        raise NotYet([_("转入另一版程序要写明理由")])
    RunMove.objects.create(
        step=step,
        from_version=run.version,
        to_version=version,
        to_key=to_key,
        facts=facts,
        reason=reason,
        moved_on=on,
        moved_by=by,
    )
    write_closing(step, Outcome.MOVED, by=by, on=on, reason=reason)
    run.version, run.facts = version, facts
    run.save(update_fields=["version", "facts"])
    following = write_opening(run, procedure_of(version).by_key[to_key], number=step.number + 1, on=on)
    ledger.record(
        kinds.RUN_MOVED,
        happened_on=on,
        division_code=run.division_code,
        by=by.pk,
        subject=run.pk,
        object=following.pk,
        label=f"{version.code}.{to_key}",
    )
    return following
