"""What a notice and a vote need before their step closes, in sentences. Declared, so nothing closes around them."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from redhouse.ground.messages.rules import missing_receipts
from redhouse.ground.process.enums import BACKWARD, Outcome, StepKind
from redhouse.ground.process.models import Meeting, Roll, RunStep
from redhouse.ground.process.procedure import Step
from redhouse.ground.process.queries.elections import is_election, posts_left
from redhouse.ground.process.queries.meetings import attendance, latest_sitting
from redhouse.ground.process.queries.runs import tally_of
from redhouse.ground.process.queries.versions import procedure_of
from redhouse.ground.process.rules.meetings import missing_for_count, missing_proxy_checks, missing_quorum
from redhouse.ground.process.rules.missing import Missing, missing_before

BY_TALLY = (Outcome.PASSED, Outcome.FAILED, Outcome.INQUORATE, Outcome.AGREED, Outcome.RETURNED)


@missing_before(StepKind.NOTICE)
def missing_notice(step: RunStep, outcome: str, on: date) -> Iterable[Missing]:
    """A closed roll, a meeting that stands, and a receipt of everybody; who does not confirm is reached by what was put
    up or read out, so that nobody can hold up an assembly by silence."""
    if outcome in BACKWARD:
        return
    vote = vote_after(step)
    if vote is None:
        return
    roll, meeting = latest_sitting(step.run, vote.key)
    yield from _no_meeting(step, vote, roll, meeting)
    if meeting is not None and meeting.notice is not None and not meeting.notice.announcements.exists():
        mend = str(_("请收回执，或张贴、广播后登记"))
        yield from (Missing(str(sentence), _owing(step), mend) for sentence in missing_receipts(meeting.notice))


@missing_before(StepKind.VOTE, StepKind.PARTY_DELIBERATE)
def missing_vote(step: RunStep, outcome: str, on: date) -> Iterable[Missing]:
    """The tally, and on the way to it whatever the meeting still lacks."""
    rule = procedure_of(step.run.version).by_key[step.key]
    if outcome not in BY_TALLY or (step.kind == StepKind.PARTY_DELIBERATE and not rule.rule):
        return
    tally = tally_of(step)
    if tally is not None:
        if tally.outcome != outcome:
            words = {"said": Outcome(tally.outcome).label, "wanted": Outcome(outcome).label}
            yield Missing(_("计票结果是“%(said)s”，不能以“%(wanted)s”办结") % words)
        return
    roll, meeting = latest_sitting(step.run, step.key)
    yield from _no_meeting(step, rule, roll, meeting)
    if meeting is not None:
        yield from missing_at(meeting)


def missing_at(meeting: Meeting) -> Iterable[Missing]:
    """What a meeting lacks on its way to a tally, whichever comes first."""
    chair = str(_("主持人"))
    if meeting.ending:
        left = posts_left(meeting.roll.run, meeting.roll.step_key) if is_election(meeting.roll) else 0
        said = _("还有%(n)s个名额没有选满，要另行选举，或由主持人宣布空缺") % {"n": left} if left else ""
        yield Missing(said or _("上次会议没有形成结果，要再次召集会议"), chair)
        return
    for sentence in missing_proxy_checks(meeting.roll):
        yield Missing(sentence, str(_("监票人")))
    box = getattr(meeting, "box", None)
    if meeting.started_at is None:
        yield Missing(_("会议还没有召开"), chair)
    elif box is None:
        for sentence in missing_quorum(meeting, attendance(meeting)) or [_("投票还没有开始")]:
            yield Missing(sentence, chair)
    else:
        for sentence in missing_for_count(box) or [_("票箱还没有封存、计票")]:
            yield Missing(sentence, str(_("主持人、监票人")))


def _no_meeting(step: RunStep, vote: Step, roll: Roll | None, meeting: Meeting | None) -> Iterable[Missing]:
    owed = _owing(step)
    if roll is None:
        yield Missing(_("“%(step)s”的名册还没有造") % {"step": vote.name}, owed, str(_("造名册")))
    elif roll.closed_on is None:
        yield Missing(_("名册还没有定册"), owed, str(_("答复异议后定册")))
    elif meeting is None:
        yield Missing(_("还没有召集会议、发出通知"), owed, str(_("召集会议")))


def vote_after(step: RunStep) -> Step | None:
    """The vote that a notice is for: the next step, by the facts of the matter."""
    procedure = procedure_of(step.run.version)
    rule = procedure.by_key[step.key]
    if Outcome.NOTIFIED not in rule.next:
        return None
    following = procedure.after(step.key, Outcome.NOTIFIED, step.run.facts)
    return following if following.kind == StepKind.VOTE else None


def _owing(step: RunStep) -> str:
    return "、".join(str(role.label) for role in procedure_of(step.run.version).by_key[step.key].owed_by)
