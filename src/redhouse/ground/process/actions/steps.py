"""Close a step: the one way by which a run goes on. `by` is the person who does it, `on` an Asia/Shanghai day."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger import actions as ledger
from redhouse.ground.ledger.rules import require
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Person
from redhouse.ground.process import facts
from redhouse.ground.process.actions.refusals import OutOfTurn, guarded
from redhouse.ground.process.enums import HOURS, REASONED, Outcome, StepKind
from redhouse.ground.process.models import Run, RunStep, StepPaper
from redhouse.ground.process.procedure import Step
from redhouse.ground.process.queries.days import beginning, due_on, limits, runs_out_at
from redhouse.ground.process.queries.reports import type_limit
from redhouse.ground.process.queries.versions import procedure_of
from redhouse.ground.process.rules import Missing, may_close, may_withdraw, missing_before_closing


def close_step(*, step: RunStep, outcome: str, by: Person, on: date, reason: str = "") -> RunStep | None:
    """Close the open step and open the one that the way leads to; None where the run ends.

    Raises PermissionDenied, NotYet with what is missing, and OutOfTurn where somebody was quicker.
    """
    outcome, reason = Outcome(outcome), reason.strip()
    with guarded():
        step = lock_open(step)
        allowed = may_withdraw if outcome == Outcome.WITHDRAWN else may_close
        if not allowed(by, step, on):
            raise PermissionDenied(_("这一步由%(roles)s办理，且不能是办过另一步的人") % {"roles": _owing(step)})
        missing = missing_before_closing(step, outcome, on)
        if outcome in REASONED and not reason:
            missing.append(Missing(_("“%(outcome)s”要写明理由") % {"outcome": outcome.label}))
        require(missing)
        write_closing(step, outcome, by=by, on=on, reason=reason)
        run = step.run
        following = procedure_of(run.version).after(step.key, outcome, run.facts)
        if following.kind == StepKind.END:
            assert following.ending is not None
            run.ending, run.ended_on = following.ending, on
            run.save(update_fields=["ending", "ended_on"])
            if procedure_of(run.version).is_case:
                _record_end(run, by=by, on=on)
            return None
        return write_opening(run, following, number=step.number + 1, on=on)


def file_paper(*, step: RunStep, paper: Paper, by: Person | None, on: date) -> StepPaper:
    """File a paper as evidence of a step. Raises ValidationError where it is filed there already."""
    filed = StepPaper(step=step, paper=paper, filed_on=on, filed_by=by)
    filed.full_clean()
    filed.save()
    return filed


def lock_open(step: RunStep) -> RunStep:
    """The step as it is now, its run locked to the end of the transaction. Raises OutOfTurn where it was closed."""
    run = Run.objects.select_for_update(of=("self",)).select_related("version", "host").get(pk=step.run_id)
    now = RunStep.objects.get(pk=step.pk)
    now.run = run
    if now.outcome:
        with everything():  # who acted in office is nobody's secret
            who = Person.objects.get(pk=now.closed_by_id or 0)
        raise OutOfTurn(
            _("“%(step)s”已于%(day)s由%(who)s办结（%(outcome)s）：请刷新页面看下一步")
            % {
                "step": procedure_of(run.version).by_key[now.key].name,
                "day": now.closed_on,
                "who": who,
                "outcome": now.get_outcome_display(),
            },
            "run_step_closed_once",
        )
    return now


def write_closing(step: RunStep, outcome: str, *, by: Person, on: date, reason: str) -> None:
    step.outcome, step.closed_by, step.closed_on, step.reason = outcome, by, on, reason
    step.save(update_fields=["outcome", "closed_by", "closed_on", "reason"])
    run = step.run
    ledger.record(
        facts.STEP_CLOSED,
        happened_on=on,
        division_code=run.division_code,
        by=by.pk,
        subject=run.pk,
        object=step.pk,
        quantity=(on - step.opened_on).days,
        label=f"{run.version.code}.{step.key}.{outcome}",
    )


def _record_end(run: Run, *, by: Person, on: date) -> None:
    late = run.steps.filter(due_on__lt=F("closed_on")).exists()
    ledger.record(
        facts.CASE_ENDED,
        happened_on=on,
        division_code=run.division_code,
        by=by.pk,
        subject=run.pk,
        quantity=(on - run.opened_on).days,
        label=f"{run.version.code}.{run.ending}.{'late' if late else 'in_time'}",
    )


def write_opening(run: Run, rule: Step, *, number: int, on: date) -> RunStep:
    """Open a step: it is owed within its own clocks, and handling a case within the limit of its type too."""
    clocks = [*limits(rule), *(type_limit(run) if rule.kind == StepKind.HANDLE else ())]
    moments = [runs_out_at(clock, beginning(on)) for clock in clocks if clock.unit in HOURS]
    return RunStep.objects.create(
        run=run,
        number=number,
        key=rule.key,
        kind=rule.kind,
        opened_on=on,
        due_on=due_on(clocks, on),
        due_at=min(moments, default=None),
    )


def _owing(step: RunStep) -> str:
    return "、".join(str(role.label) for role in procedure_of(step.run.version).by_key[step.key].owed_by)
