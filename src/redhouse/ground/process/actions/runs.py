"""Open, suspend and resume a run. `by` is the person who does it, `on` an Asia/Shanghai day."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from redhouse.ground.bodies.models import Body
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import NotYet, require
from redhouse.ground.people.models import Person
from redhouse.ground.process import facts as kinds
from redhouse.ground.process.actions.refusals import guarded
from redhouse.ground.process.actions.steps import write_opening
from redhouse.ground.process.enums import FACT_VALUES, MatterFact
from redhouse.ground.process.models import ProcedureVersion, Run
from redhouse.ground.process.procedure.flat import START
from redhouse.ground.process.queries.runs import open_step
from redhouse.ground.process.queries.versions import procedure_of, version_in_force
from redhouse.ground.process.rules import may_open, may_suspend


def open_run(*, code: str, host: Body, facts: Mapping[str, str], by: Person, on: date) -> Run:
    """Begin a matter of `host` under the version in force on `on`. Raises PermissionDenied, and NotYet where there is
    no version or a fact that its ways part by is not stated."""
    version = version_in_force(code, host.division_code, on)
    if version is None:
        raise NotYet([_("%(code)s 在%(day)s没有有效的程序，请先采用一版") % {"code": code, "day": on}])
    stated = {str(fact): str(value) for fact, value in facts.items()}
    require(missing_facts(version, stated))
    run = Run(version=version, host=host, division_code=host.division_code, facts=stated, opened_on=on, opened_by=by)
    if not may_open(by, run, on):
        roles = "、".join(str(role.label) for role in procedure_of(version).first.owed_by)
        raise PermissionDenied(_("这类事项由%(roles)s提出") % {"roles": roles})
    with guarded():
        run.save()
        [key] = [key for given, key in version.ways[START][START] if given.items() <= stated.items()]
        write_opening(run, procedure_of(version).by_key[key], number=1, on=on)
        _record(kinds.RUN_OPENED, run, by, on, key, object=host.pk)
    return run


def missing_facts(version: ProcedureVersion, facts: Mapping[str, str]) -> list[str]:
    """The facts that the ways of this version part by and that are not stated, or have no such value."""
    missing = []
    for fact in procedure_of(version).facts:
        if fact not in facts:
            missing.append(_("请说明：%(fact)s") % {"fact": MatterFact(fact).label})
        elif facts[fact] not in FACT_VALUES[fact]:
            missing.append(
                _("“%(fact)s”没有“%(value)s”这个值，可用的是 %(values)s")
                % {"fact": MatterFact(fact).label, "value": facts[fact], "values": "、".join(FACT_VALUES[fact])}
            )
    return missing


def suspend_run(*, run: Run, reason: str, by: Person, on: date) -> Run:
    """Stop a run where it stands; no step closes until it is resumed. Raises PermissionDenied, NotYet."""
    with guarded():
        run = _locked(run, by, on)
        if run.suspended_on is not None:
            raise NotYet([_("事项自%(day)s起已经中止") % {"day": run.suspended_on}])
        if not reason.strip():
            raise NotYet([_("中止要写明原因")])
        run.suspended_on, run.suspended_by, run.suspend_reason = on, by, reason.strip()
        run.save(update_fields=["suspended_on", "suspended_by", "suspend_reason"])
        _record(kinds.RUN_SUSPENDED, run, by, on)
    return run


def resume_run(*, run: Run, by: Person, on: date) -> Run:
    """Let a suspended run go on at the step where it stood. Raises PermissionDenied, NotYet."""
    with guarded():
        run = _locked(run, by, on)
        if run.suspended_on is None:
            raise NotYet([_("事项没有中止，不用恢复")])
        run.suspended_on, run.suspended_by, run.suspend_reason = None, None, ""
        run.save(update_fields=["suspended_on", "suspended_by", "suspend_reason"])
        _record(kinds.RUN_RESUMED, run, by, on)
    return run


def _locked(run: Run, by: Person, on: date) -> Run:
    locked = Run.objects.select_for_update(of=("self",)).select_related("version", "host").get(pk=run.pk)
    if not may_suspend(by, locked, on):
        raise PermissionDenied(_("中止和恢复由村（社区）党组织书记、监督委员会或镇办理"))
    if locked.ending:
        raise NotYet([_("事项已于%(day)s办结") % {"day": locked.ended_on}])
    return locked


def _record(kind: str, run: Run, by: Person, on: date, key: str = "", object: int | None = None) -> None:
    step = open_step(run)
    assert step is not None
    ledger.record(
        kind,
        happened_on=on,
        division_code=run.division_code,
        by=by.pk,
        subject=run.pk,
        object=step.pk if object is None else object,
        label=f"{run.version.code}.{key or step.key}",
    )
