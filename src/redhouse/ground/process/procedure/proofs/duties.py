"""What must be true of a way when it leads into a step. One function a kind of step; each yields what is wrong."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from redhouse.ground.process.enums import Ending, Outcome, StepKind
from redhouse.ground.process.procedure.proofs.law import Facts, Vote, notice_floor, publicity_floor, wrong_with_vote
from redhouse.ground.process.procedure.proofs.memory import Memory, Posted, gate_of, has_run
from redhouse.ground.process.procedure.proofs.refusal import Obligation
from redhouse.ground.process.procedure.shape import Clause, Procedure, Step
from redhouse.ground.process.procedure.statute import (
    GATES,
    HOUSE,
    OPINION,
    SILENT,
    Floor,
    Gate,
    approval_needed,
    floor,
    subjects,
)
from redhouse.kit.voting import VoteBody

O1, O2, O3, O4, O5 = Obligation.O1, Obligation.O2, Obligation.O3, Obligation.O4, Obligation.O5
Wrong = tuple[Obligation, str, Clause]
AFTER_EXECUTION = (StepKind.RESULT_PUBLICITY, StepKind.ARCHIVE, StepKind.END)


class Arrival(NamedTuple):
    """A way has led to `step`: what it remembers, and what is known of the matter."""

    procedure: Procedure
    step: Step
    memory: Memory
    facts: Facts
    days: tuple[date, ...]


def wrong(at: Arrival) -> Iterator[Wrong]:
    """Everything that is wrong with arriving here."""
    if at.memory.withdrawn and at.step.kind != StepKind.END:
        yield O5, _("撤回以后又走到“%(step)s”") % {"step": at.step.name}, HOUSE
    if at.memory.executed and at.step.kind not in AFTER_EXECUTION:
        yield O5, _("执行以后没有结果公开与归档，又走到“%(step)s”") % {"step": at.step.name}, HOUSE
    place = gate_of(at.step)
    if place is not None:
        yield from _gates_passed(at, place)
    if at.step.kind in DUTIES:
        yield from DUTIES[at.step.kind](at)


def _gates_passed(at: Arrival, count: int) -> Iterator[Wrong]:
    """O1: the draft is in, and the first `count` gates have been passed in order since it last changed."""
    if not at.memory.drafted:
        yield O1, _("没有起草（或者实质修改以后没有重新起草），就到了“%(step)s”") % {"step": at.step.name}, OPINION
    elif at.memory.gates < count:
        values = {"gate": gate_name(GATES[at.memory.gates]), "step": at.step.name}
        yield O1, _("“%(gate)s”没有通过（自上次起草或实质修改以来），就到了“%(step)s”") % values, OPINION


def _publicity(at: Arrival) -> Iterator[Wrong]:
    yield from _gates_passed(at, len(GATES))


def _notice(at: Arrival) -> Iterator[Wrong]:
    yield from _gates_passed(at, len(GATES))
    if at.memory.publicity is None:
        yield O4, _("方案没有公示，就到了“%(step)s”") % {"step": at.step.name}, HOUSE


def _vote(at: Arrival) -> Iterator[Wrong]:
    yield from _gates_passed(at, len(GATES))
    vote = Vote.of(at.step)
    for on in at.days:
        for sentence, clause in wrong_with_vote(at.procedure.code, vote, at.facts, on):
            yield O3, _on(sentence, on, at), clause
        yield from _ran(at, at.memory.publicity, publicity_floor(vote, on), on, StepKind.PRE_PUBLICITY)
        yield from _ran(at, at.memory.notice, notice_floor(vote, on), on, StepKind.NOTICE)


def _decision(at: Arrival) -> Iterator[Wrong]:
    yield from _voted(at)


def _objection(at: Arrival) -> Iterator[Wrong]:
    for on in at.days:
        least = floor(StepKind.DECISION_PUBLICITY, None, on)
        yield from _ran(at, at.memory.decision, least, on, StepKind.DECISION_PUBLICITY)


def _approval(at: Arrival) -> Iterator[Wrong]:
    yield from _voted(at)
    yield from _settled(at)


def _execute(at: Arrival) -> Iterator[Wrong]:
    yield from _voted(at)
    yield from _settled(at)
    for on in at.days:
        for subject in subjects(at.procedure.code, dict(at.facts)):
            clause = approval_needed(subject, on)
            if clause and at.memory.approval is None:
                yield O2, _on(_("依法须报批的事项没有批准，就到了“%(step)s”") % {"step": at.step.name}, on, at), clause
            elif clause and (least := floor(StepKind.APPROVAL, subject, on)) != SILENT:
                yield from _ran(at, at.memory.approval, least, on, StepKind.APPROVAL)


def _result(at: Arrival) -> Iterator[Wrong]:
    if not at.memory.executed:
        yield O5, _("没有执行，就到了“%(step)s”") % {"step": at.step.name}, HOUSE


def _archive(at: Arrival) -> Iterator[Wrong]:
    yield from _result(at)
    for on in at.days:
        least = floor(StepKind.RESULT_PUBLICITY, None, on)
        for __, sentence, clause in _ran(at, at.memory.result, least, on, StepKind.RESULT_PUBLICITY):
            yield (O4 if at.memory.result else O5), sentence, clause


def _end(at: Arrival) -> Iterator[Wrong]:
    """O5: an end is what it says."""
    memory = at.memory
    true = {
        Ending.ARCHIVED: memory.executed and memory.result is not None and memory.archived,
        Ending.REJECTED_BY_VOTE: memory.vote == Outcome.FAILED and not memory.executed,
        Ending.WITHDRAWN: memory.withdrawn and not memory.executed,
    }
    if at.step.ending is None or not true[at.step.ending]:
        yield O5, _("到了“%(step)s”，可是这条路上并非如此") % {"step": at.step.name}, HOUSE


def _voted(at: Arrival) -> Iterator[Wrong]:
    if at.memory.vote != Outcome.PASSED:
        yield (
            O2,
            _("法定机构没有表决通过（自上次起草或实质修改以来），就到了“%(step)s”") % {"step": at.step.name},
            OPINION,
        )


def _settled(at: Arrival) -> Iterator[Wrong]:
    if at.memory.decision is None:
        yield O4, _("决议没有公示，就到了“%(step)s”") % {"step": at.step.name}, HOUSE
    elif not at.memory.settled:
        yield O4, _("异议还没有了结，就到了“%(step)s”") % {"step": at.step.name}, HOUSE


def _ran(at: Arrival, posted: Posted | None, least: Floor, on: date, kind: StepKind) -> Iterator[Wrong]:
    if has_run(at.procedure, posted, at.step, least):
        return
    values = {"kind": kind.label, "count": least.count, "unit": least.unit.label, "step": at.step.name}
    if posted is None:
        yield O4, _on(_("没有“%(kind)s”，就到了“%(step)s”") % values, on, at), least.clause
    else:
        sentence = _("“%(kind)s”不满%(count)s%(unit)s，“%(step)s”就可以办结") % values
        yield O4, _on(sentence, on, at), least.clause


def _on(sentence: str, on: date, at: Arrival) -> str:
    """Name the day where the law changes while the procedure is in force."""
    return sentence if len(at.days) == 1 else _("自%(on)s起，%(sentence)s") % {"on": on, "sentence": sentence}


def gate_name(gate: Gate) -> str:
    if not gate.body:
        return str(gate.kind.label)
    body = _(VoteBody(gate.body).label)
    return _("%(gate)s（%(role)s主持的%(body)s）") % {
        "gate": gate.kind.label,
        "role": gate.owed_by.label if gate.owed_by else "",
        "body": body,
    }


DUTIES: Mapping[StepKind, Callable[[Arrival], Iterator[Wrong]]] = {
    StepKind.PRE_PUBLICITY: _publicity,
    StepKind.NOTICE: _notice,
    StepKind.VOTE: _vote,
    StepKind.DECISION_PUBLICITY: _decision,
    StepKind.OBJECTION: _objection,
    StepKind.APPROVAL: _approval,
    StepKind.EXECUTE: _execute,
    StepKind.RESULT_PUBLICITY: _result,
    StepKind.ARCHIVE: _archive,
    StepKind.END: _end,
}
