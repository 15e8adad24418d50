"""What must be remembered of a way to judge what may come next. Small, so that all ways together stay few.

A gate is in the memory by its *pass*, never by having been there: a step that returned the matter has passed nothing.
A material change, an upheld objection and a new draft forget everything but what was carried out.
"""

from typing import NamedTuple

from redhouse.ground.process.enums import Bound, Outcome, StepKind, Unit
from redhouse.ground.process.procedure.shape import Procedure, Step
from redhouse.ground.process.procedure.statute import GATES, Floor


class Posted(NamedTuple):
    """A publicity or notice: the step that posted it, and the steps since then that waited for its clocks."""

    key: str
    waited: frozenset[str] = frozenset()


class Memory(NamedTuple):
    drafted: bool = False
    gates: int = 0  # how many of `GATES` have been passed in order
    publicity: Posted | None = None
    notice: Posted | None = None
    vote: Outcome | None = None  # how the last vote went
    decision: Posted | None = None
    settled: bool = False  # objections to the decision
    approval: Posted | None = None
    executed: bool = False
    result: Posted | None = None
    archived: bool = False
    withdrawn: bool = False


_PLACES = {gate.kind: [(place, each) for place, each in enumerate(GATES) if each.kind == gate.kind] for gate in GATES}


def gate_of(step: Step) -> int | None:
    """The place of the step among the gates; a deliberation counts only in the body whose turn it is."""
    for place, gate in _PLACES.get(step.kind, ()):
        if not gate.body or (step.body == gate.body and gate.owed_by in step.owed_by):
            return place
    return None


def closed(procedure: Procedure, memory: Memory, step: Step, outcome: Outcome) -> Memory:
    """The memory after `step` closed with `outcome`."""
    if outcome in {Outcome.CHANGED, Outcome.UPHELD, Outcome.WITHDRAWN}:
        return _anew(memory)._replace(withdrawn=outcome == Outcome.WITHDRAWN)
    if outcome == Outcome.RETURNED:
        return _returned(memory, step)
    return _onward(_waited(procedure, memory, step), step, outcome)


def _anew(memory: Memory) -> Memory:
    return Memory(executed=memory.executed, result=memory.result, archived=memory.archived)


def _returned(memory: Memory, step: Step) -> Memory:
    place = gate_of(step)
    if place is None:
        return _anew(memory)
    return memory._replace(gates=min(memory.gates, place))


def _onward(memory: Memory, step: Step, outcome: Outcome) -> Memory:
    match step.kind:
        case StepKind.DRAFT:
            return _anew(memory)._replace(drafted=True)
        case StepKind.PRE_PUBLICITY:
            return memory._replace(publicity=Posted(step.key))
        case StepKind.NOTICE:
            return memory._replace(notice=Posted(step.key))
        case StepKind.VOTE:  # a meeting uses up its notice
            return memory._replace(vote=outcome, notice=None, decision=None, settled=False, approval=None)
        case StepKind.DECISION_PUBLICITY:
            return memory._replace(decision=Posted(step.key), settled=False)
        case StepKind.OBJECTION:
            return memory._replace(settled=memory.decision is not None)
        case StepKind.APPROVAL:
            return memory._replace(approval=Posted(step.key))
        case StepKind.EXECUTE:
            return memory._replace(executed=True, result=None, archived=False)
        case StepKind.RESULT_PUBLICITY:
            return memory._replace(result=Posted(step.key))
        case StepKind.ARCHIVE:
            return memory._replace(archived=True)
    if gate_of(step) == memory.gates and memory.drafted:
        return memory._replace(gates=memory.gates + 1)
    return memory


def _waited(procedure: Procedure, memory: Memory, step: Step) -> Memory:
    """Note that this step closed, and so every clock that runs before it has run."""
    if step.key not in procedure.awaited:
        return memory

    def noted(posted: Posted | None) -> Posted | None:
        if posted and any(clock.before == step.key for clock in procedure.by_key[posted.key].clocks):
            return posted._replace(waited=posted.waited | {step.key})
        return posted

    return memory._replace(
        publicity=noted(memory.publicity),
        notice=noted(memory.notice),
        decision=noted(memory.decision),
        approval=noted(memory.approval),
        result=noted(memory.result),
    )


def has_run(procedure: Procedure, posted: Posted | None, step: Step, least: Floor) -> bool:
    """Whether a clock of at least `least` has run before `step` may close: it waits for it, or an earlier step did."""
    if posted is None:
        return False
    return any(
        clock.bound == Bound.AT_LEAST
        and clock.count >= least.count
        and (clock.unit == least.unit or clock.unit == Unit.WORKING_DAY)
        and (clock.before == step.key or clock.before in posted.waited)
        for clock in procedure.by_key[posted.key].clocks
    )
