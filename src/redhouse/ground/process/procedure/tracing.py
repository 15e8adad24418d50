"""Check O1-O6 on one finished trace, by looking back from each closing. Written apart from the proofs on purpose: it
has days and people instead of memories, and shares with them only what the law says."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from redhouse.ground.process.enums import ASIDE, Ending, Outcome, StepKind
from redhouse.ground.process.procedure.shape import Procedure
from redhouse.ground.process.procedure.statute import APART, GATES, Gate, approval_needed, floor, met, subjects
from redhouse.ground.process.procedure.walking import Closing, Trace
from redhouse.kit import voting
from redhouse.kit.voting import Subject, VoteBody

ANEW = frozenset((Outcome.SUBMITTED, Outcome.CHANGED, Outcome.UPHELD, Outcome.WITHDRAWN))
Past = Sequence[Closing]


def _law_day(procedure: Procedure, on: date) -> date:
    """The day whose law is asked. A matter that outlives its version is moved to the next by its own decision; here
    it is held to the last day of the version it has."""
    return min(on, procedure.until_on - timedelta(days=1)) if procedure.until_on else on


def broken(procedure: Procedure, trace: Trace) -> Iterator[str]:
    """The obligations that the trace breaks, by name: "O4"."""
    closings = trace.closings
    for place, closing in enumerate(closings):
        past = _since_it_began_anew(closings[:place])
        kind = closing.step.kind
        if kind in {StepKind.PRE_PUBLICITY, StepKind.NOTICE, StepKind.VOTE} and not _all_gates(past):
            yield "O1"
        if closing.outcome in ASIDE and not closing.step.disclosed:
            yield "O2"
        if kind == StepKind.VOTE:
            yield from _vote(procedure, closing, past)
        if kind == StepKind.OBJECTION and closing.outcome == Outcome.SETTLED:
            least = floor(StepKind.DECISION_PUBLICITY, None, _law_day(procedure, closing.on)).count
            if not _open_for(past, closing, StepKind.DECISION_PUBLICITY, least):
                yield "O4"
        if kind == StepKind.EXECUTE:
            yield from _execution(procedure, closing, past)
            after = [each.step.kind for each in closings[place + 1 :]]
            if after != [StepKind.RESULT_PUBLICITY, StepKind.ARCHIVE]:
                yield "O5"
        if kind == StepKind.ARCHIVE:
            least = floor(StepKind.RESULT_PUBLICITY, None, _law_day(procedure, closing.on)).count
            if not _open_for(closings[:place], closing, StepKind.RESULT_PUBLICITY, least):
                yield "O4"
    yield from _end(trace)
    yield from _people(closings)


def _since_it_began_anew(past: Past) -> Past:
    """Everything since the last draft came in; nothing when a change or an upheld objection came after it."""
    for place in range(len(past) - 1, -1, -1):
        if past[place].outcome in ANEW:
            return past[place:] if past[place].step.kind == StepKind.DRAFT else ()
    return ()


def _all_gates(past: Past) -> bool:
    """Each gate's last word is a pass, and the passes stand in order."""
    if not past or past[0].outcome != Outcome.SUBMITTED:
        return False
    places = []
    for gate in GATES:
        own = [place for place, closing in enumerate(past) if _is(closing, gate)]
        if not own or past[own[-1]].outcome in ASIDE:
            return False
        places.append(own[-1])
    return places == sorted(places)


def _is(closing: Closing, gate: Gate) -> bool:
    step = closing.step
    return step.kind == gate.kind and (not gate.body or (step.body == gate.body and gate.owed_by in step.owed_by))


def _last(past: Past, kind: StepKind) -> Closing | None:
    return next((closing for closing in reversed(past) if closing.step.kind == kind), None)


def _open_for(past: Past, closing: Closing, kind: StepKind, least: int) -> bool:
    """Whether the last step of that kind was closed at least so many days ago."""
    posted = _last(past, kind)
    return posted is not None and posted.outcome == Outcome.POSTED and (closing.on - posted.on).days >= least


def _vote(procedure: Procedure, closing: Closing, past: Past) -> Iterator[str]:
    """O3, O4: body and rule on the day itself; notice and publicity in days, the notice since the last meeting."""
    step, body, on = closing.step, VoteBody(closing.step.body), _law_day(procedure, closing.on)
    rule = voting.rule_at(step.rule, on, body)
    if step.stricter and voting.weaknesses(step.stricter, rule):
        yield "O3"
    for subject in subjects(procedure.code, closing.facts):
        found = voting.competent(subject, body, on)
        allowed = found.allowed and all(met(condition, body, closing.facts) for condition in found.conditions)
        if not allowed or any(voting.weaknesses(rule, base) for base in found.votes()):
            yield "O3"
    meetings = [place for place, each in enumerate(past) if each.step.kind == StepKind.VOTE]
    notice = _last(past[meetings[-1] + 1 :] if meetings else past, StepKind.NOTICE)
    is_law = rule.notice_days is not None and rule.clauses["notice"].is_law
    days = rule.notice_days if is_law and rule.notice_days else 1
    if notice is None or notice.outcome in ASIDE or (closing.on - notice.on).days < days:
        yield "O4"
    days = floor(StepKind.PRE_PUBLICITY, Subject(step.subject), on).count
    if not _open_for(past, closing, StepKind.PRE_PUBLICITY, max(days, rule.roll.days_before if rule.roll else 0)):
        yield "O4"


def _execution(procedure: Procedure, closing: Closing, past: Past) -> Iterator[str]:
    """O2: the last vote passed, and who must approve has. O4: since then public, and objections settled."""
    vote = _last(past, StepKind.VOTE)
    if vote is None or vote.outcome != Outcome.PASSED:
        yield "O2"
    since = list(past)[list(past).index(vote) :] if vote else past
    kinds = [each.step.kind for each in since]
    if (
        StepKind.DECISION_PUBLICITY not in kinds
        or StepKind.OBJECTION not in kinds
        or kinds.index(StepKind.OBJECTION) < kinds.index(StepKind.DECISION_PUBLICITY)
    ):
        yield "O4"
    on = _law_day(procedure, closing.on)
    for subject in subjects(procedure.code, closing.facts):
        if approval_needed(subject, on):
            approval = _last(since, StepKind.APPROVAL)
            if approval is None or approval.outcome != Outcome.PASSED:
                yield "O2"
            elif (closing.on - approval.on).days < floor(StepKind.APPROVAL, subject, on).count - 1:
                yield "O4"


def _end(trace: Trace) -> Iterator[str]:
    """O5: it came to an end, and the end is true."""
    kinds = {closing.step.kind for closing in trace.closings}
    last = trace.closings[-1].outcome if trace.closings else None
    if trace.end is None:
        yield "O5"
    elif trace.end.ending == Ending.ARCHIVED:
        if not {StepKind.EXECUTE, StepKind.RESULT_PUBLICITY, StepKind.ARCHIVE} <= kinds:
            yield "O5"
    else:
        true = Outcome.FAILED if trace.end.ending == Ending.REJECTED_BY_VOTE else Outcome.WITHDRAWN
        if StepKind.EXECUTE in kinds or last != true:
            yield "O5"


def _people(closings: Past) -> Iterator[str]:
    """O6: nobody closed two steps that must be apart."""
    by = {kind: {each.by for each in closings if each.step.kind == kind} for pair in APART for kind in pair}
    for first, second in APART:
        if by[first] & by[second]:
            yield "O6"
