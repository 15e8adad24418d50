"""Key paper ballots twice, settle differences, close the box, write the tally."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.rules import NotYet, in_words, require
from redhouse.ground.papers.actions import add_paper
from redhouse.ground.papers.enums import MediaType, PaperKind
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.models import Person
from redhouse.ground.process import facts
from redhouse.ground.process.actions.elections import (
    about_election,
    by_number,
    candidate_votes,
    cast_in,
    count_election,
    outcome_of_election,
    results_of,
)
from redhouse.ground.process.actions.meetings import end, served
from redhouse.ground.process.actions.rolls import record
from redhouse.ground.process.enums import LIVE_CHOICES, Channel, Choice, MeetingEnding, Method, Outcome, StepKind
from redhouse.ground.process.models import Box, Candidate, Keying, Mark, Meeting, Tally, Teller, ThirdLook
from redhouse.ground.process.queries.counting import counts_of, hand_counts, keyed, named_ballots, paper_ballots
from redhouse.ground.process.queries.elections import is_election, posts_left, reasons_of, seats_of
from redhouse.ground.process.queries.meetings import attendance
from redhouse.ground.process.queries.rolls import rule_of
from redhouse.ground.process.queries.runs import open_step
from redhouse.ground.process.rules.meetings import may_look, missing_before_count, missing_quorum
from redhouse.kit import box as published
from redhouse.kit.ballots import read_paper_number
from redhouse.kit.record import digest_label
from redhouse.kit.voting import Counts, decide
from redhouse.kit.voting import Outcome as Decision
from redhouse.kit.voting import approvals as ballots

LIVE = tuple(str(choice) for choice in LIVE_CHOICES)  # of an election nobody counts these


@transaction.atomic
def appoint_teller(*, box: Box, turn: int, person: Person, by: Person, at: datetime) -> Teller:
    """Who keys the ballots the first or the second time. Raises ValidationError where it is one person twice."""
    meeting = served(box.meeting, by, at)
    _open(box)
    row = Teller(box=box, turn=turn, person=person)
    with in_words(row):
        row.save()
    record(facts.TELLER_APPOINTED, meeting.roll, by, timezone.localdate(at), actor=person.pk, quantity=turn)
    return row


@transaction.atomic
def key_ballots(*, box: Box, rows: Sequence[tuple[str, str]], by: Person) -> list[str]:
    """Key paper ballots as (what is printed on it, choice). Returns a sentence for each line that was not taken."""
    box = _open(box)
    teller = box.tellers.filter(person=by).first()
    if teller is None:
        raise PermissionDenied(_("只有两位录入人录票，各录各的"))
    known = set(teller.keyings.values_list("number", flat=True))
    refused, new = [], []
    on_paper = _handed(box) if box.method == Method.NAMED else set()
    seats = seats_of(box.meeting.roll)
    for text, choice in rows:
        number = read_number(box, text)
        if number is None or (box.method == Method.NAMED and number not in on_paper):
            refused.append(_("“%(text)s”不是这次发出的票号，请看清票面再录") % {"text": text})
        elif slip := _unreadable(choice, seats):
            refused.append(_("第%(number)s号票：%(slip)s") % {"number": f"{number:04d}", "slip": slip})
        elif number in known:
            refused.append(_("第%(number)s号票您已经录过；录错的由第三人复核") % {"number": f"{number:04d}"})
        else:
            known.add(number)
            new.append(Keying(teller=teller, number=number, choice=choice))
    Keying.objects.bulk_create(new)
    return refused


def _unreadable(choice: str, seats: Sequence[ballots.Seat]) -> str:
    """Why this cannot stand on a ballot of the box; empty where it can."""
    if not seats:
        return "" if choice in Choice.values else str(_("请选赞成、反对、弃权或废票"))
    if choice in (Choice.ABSTAIN, Choice.INVALID):
        return ""
    if not ballots.is_named(choice):
        return str(_("请写候选人的号，或选弃权、废票"))
    slip = ballots.wrong(choice, seats)
    return slip.say(_) if slip else ""


def read_number(box: Box, text: str) -> int | None:
    """What was typed as the number of a ballot of this box: its printed number, or in a named vote one of the roll."""
    if box.method == Method.NAMED:
        return int(text) if text.strip().isascii() and text.strip().isdigit() else None
    number = read_paper_number(bytes(box.key), text)
    return number if number is not None and 1 <= number <= box.printed else None


@transaction.atomic
def count_hands(*, box: Box, for_count: int, against_count: int, abstain_count: int, by: Person) -> Teller:
    """What this teller counted in a show of hands; counted anew, it takes the place of the former count."""
    box = _open(box)
    teller = box.tellers.select_for_update().filter(person=by).first()
    if teller is None or box.method != Method.HANDS:
        raise PermissionDenied(_("举手人数由两位计票人分别清点"))
    teller.for_count, teller.against_count, teller.abstain_count = for_count, against_count, abstain_count
    teller.full_clean(exclude=["box", "person"])
    teller.save()
    return teller


@transaction.atomic
def look_again(*, box: Box, number: int, choice: str, by: Person, at: datetime) -> ThirdLook:
    """Settle a ballot on which the keyings differ; an empty `choice`: there is no such ballot."""
    box, on = _open(box), timezone.localdate(at)
    if not may_look(by, box.meeting, on):
        raise PermissionDenied(_("由主持人或监票人复核，复核人不能是录入人"))
    if number not in {difference.number for difference in keyed(box).differences}:
        raise NotYet([_("第%(number)s号票两次录入一致，不用复核") % {"number": f"{number:04d}"}])
    slip = _unreadable(choice, seats_of(box.meeting.roll)) if choice else ""
    if slip:
        raise NotYet([_("第%(number)s号票：%(slip)s") % {"number": f"{number:04d}", "slip": slip}])
    row = ThirdLook(box=box, number=number, choice=choice, looked_on=on, looked_by=by)
    with in_words(row):
        row.full_clean(exclude=["box", "looked_by"])
        row.save()
    record(facts.BALLOT_REVIEWED, box.meeting.roll, by, on)
    return row


@transaction.atomic
def close_box(*, box: Box, by: Person, at: datetime) -> Tally | None:
    """Seal the box: every ballot is taken out, published in the order of random numbers and counted by the rule, and
    nothing of it stays in the database. Ends the meeting. None where a party meeting was not quorate: it meets again.

    Raises PermissionDenied, and NotYet with what the count still needs.
    """
    box = Box.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=box.pk)
    require(missing_before_count(box, at))
    meeting = served(box.meeting, by, at)
    papers = paper_ballots(box, (lambda _number: str(uuid4())) if box.method == Method.SECRET else str)
    named = named_ballots(box) if box.method == Method.NAMED else []
    box.closed_at, box.closed_by, box.key = at, by, b""
    box.save(update_fields=["closed_at", "closed_by", "key"])
    taken = empty_box(box) if box.method == Method.SECRET else []
    cast = [*papers, *named, *(published.Ballot(str(pk), choice) for pk, choice, _receipt in taken)]
    there = attendance(meeting)
    votes = _hands(box) if box.method == Method.HANDS else published.recount(cast)
    counts = counts_of(there, votes)
    decision = decide(rule_of(meeting.roll), counts)
    results = count_election(meeting.roll, votes)
    outcome = outcome_of_election(meeting.roll, results) if results else outcome_of(meeting, decision)
    if box.method != Method.HANDS:
        receipts = [receipt for _pk, _choice, receipt in taken]
        _publish(box, meeting, plain_counts(counts) | candidate_votes(votes), outcome, cast, receipts, by, at)
    end(meeting, MeetingEnding.HELD if decision.quorum_met else MeetingEnding.INQUORATE, by, at)
    if (outcome == Outcome.INQUORATE and not _is_vote(meeting)) or (results and outcome == Outcome.FAILED):
        return None  # posts are left: another ballot fills them, or `settle_election` says that they stay empty
    return _tally(meeting, counts, decision, outcome, by, at, reasons_of(results, by_number(votes)))


@transaction.atomic
def settle_election(*, meeting: Meeting, by: Person, at: datetime) -> Tally:
    """No further ballot: the posts that are left stay empty. Carried when anybody was elected in any ballot of it."""
    meeting = served(meeting, by, at)
    roll = meeting.roll
    results = results_of(roll)
    if meeting.ending != MeetingEnding.HELD or not results or hasattr(roll, "tally"):
        raise NotYet([_("还没有计票的选举，或已有结果")])
    with everything():
        filled = Candidate.objects.filter(roll__run=roll.run, roll__step_key=roll.step_key, is_elected=True).exists()
        votes = {row.number: row.votes or 0 for row in roll.candidates.all()}
    there = attendance(meeting)
    counts = counts_of(there, {"cast": cast_in(roll)})
    reasons = reasons_of(results, votes)
    empty = posts_left(roll.run, roll.step_key)
    left = {"sentence": f"余{empty}个名额空缺，不再另行选举。", "clause": None, "met": False}
    decision = decide(rule_of(roll), counts)
    outcome = Outcome.PASSED if filled else Outcome.FAILED
    return _tally(meeting, counts, decision, outcome, by, at, [*reasons, left])


@transaction.atomic
def declare_inquorate(*, meeting: Meeting, by: Person, at: datetime) -> Tally:
    """Too few came: the vote is not held, and the tally says so. Raises NotYet where there is a quorum."""
    meeting = served(meeting, by, at)
    if meeting.ending or getattr(meeting, "box", None) is not None:
        raise NotYet([_("会议已经结束，或投票已经开始")])
    there = attendance(meeting)
    if not missing_quorum(meeting, there):
        raise NotYet([_("已达法定人数，不能按未达人数结束")])
    if not _is_vote(meeting):
        raise NotYet([_("党内会议未达人数时延期再开，不作结论")])
    counts = counts_of(there, {"cast": 0})
    end(meeting, MeetingEnding.INQUORATE, by, at)
    return _tally(meeting, counts, decide(rule_of(meeting.roll), counts), Outcome.INQUORATE, by, at)


def empty_box(box: Box) -> list[tuple[object, str, str]]:
    """Take every ballot out of the table, in the order of random numbers; the table is written anew behind it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, choice, receipt FROM process_empty_box(%s) ORDER BY id", [box.pk])
        return list(cursor.fetchall())


def outcome_of(meeting: Meeting, decision: Decision) -> Outcome:
    """How the step of the vote must close: a party meeting agrees or returns, a vote passes or fails."""
    if not decision.quorum_met:
        return Outcome.INQUORATE
    if _is_vote(meeting):
        return Outcome.PASSED if decision.passed else Outcome.FAILED
    return Outcome.AGREED if decision.passed else Outcome.RETURNED


def _is_vote(meeting: Meeting) -> bool:
    return bool(meeting.roll.run.version.steps[meeting.roll.step_key]["kind"] == StepKind.VOTE)


def plain_counts(counts: Counts) -> dict[str, int]:
    return {count.value: value for count, value in counts.given.items()}


def _publish(
    box: Box,
    meeting: Meeting,
    counts: Mapping[str, int],
    outcome: Outcome,
    cast: Iterable[published.Ballot],
    receipts: Iterable[str],
    by: Person,
    at: datetime,
) -> Paper:
    roll, on = meeting.roll, timezone.localdate(at)
    rule = rule_of(roll)
    content = published.Box(
        method=box.method,
        about={
            "box": box.pk,
            "power": roll.run.version.code,
            "step": roll.step_key,
            "body": str(roll.run.host),
            "rule": rule.id,
            "rule_body": rule.body.value,
            "rule_from": rule.from_on.isoformat(),
            "vote_on": roll.vote_on.isoformat(),
            "roll_digest": roll.digest,
            **about_election(roll),
        },
        counts=counts,
        outcome=outcome,
        ballots=tuple(cast),
        receipts=tuple(receipts),
    )
    paper = add_paper(
        kind=PaperKind.BALLOT,
        title=_("%(title)s票箱") % {"title": meeting.occasion.title},
        content=content.text().encode(),
        media_type=MediaType.JSON,
        file_name=f"box-{box.pk}.json",
        division_code=roll.division_code,
        body=roll.run.host,
        by=by,
        on=on,
    )
    box.paper = paper
    box.save(update_fields=["paper"])
    label = digest_label(content.digest())
    record(facts.BOX_PUBLISHED, roll, by, on, quantity=len(content.ballots), label=label)
    return paper


def _tally(
    meeting: Meeting,
    counts: Counts,
    decision: Decision,
    outcome: Outcome,
    by: Person,
    at: datetime,
    reasons: Sequence[Mapping[str, object]] = (),
) -> Tally:
    roll, on = meeting.roll, timezone.localdate(at)
    step = open_step(roll.run)
    if step is None or step.key != roll.step_key:
        raise NotYet([_("事项还没有走到表决这一步，不能计票")])
    row = Tally(
        step=step,
        roll=roll,
        meeting=meeting,
        division_code=roll.division_code,
        rule_id=decision.rule.id,
        rule_from_on=decision.rule.from_on,
        vote_on=roll.vote_on,
        counts={name: n for name, n in plain_counts(counts).items() if not is_election(roll) or name not in LIVE},
        quorum_met=decision.quorum_met,
        passed=outcome in (Outcome.PASSED, Outcome.AGREED),
        outcome=outcome,
        reasons=list(reasons) or [reason.as_json(str) for reason in decision.reasons],
        recorded_on=on,
        recorded_by=by,
    )
    with in_words(row):
        row.save()
    record(facts.TALLY_RECORDED, roll, by, on, quantity=row.counts.get("for", 0), label=f"{row.rule_id}.{outcome}")
    return row


def _hands(box: Box) -> dict[str, int]:
    counted = hand_counts(box)[1]
    return counted | {"cast": sum(counted.values())}


def _handed(box: Box) -> set[int]:
    with everything():
        marks = Mark.objects.filter(box=box, channel=Channel.PAPER)
        return set(marks.values_list("elector__number", flat=True))


def _open(box: Box) -> Box:
    """The box as it is now; it cannot be closed while the transaction stands."""
    row = Box.objects.select_for_update(of=("self",), no_key=True).select_related("meeting").get(pk=box.pk)
    if row.closed_at is not None:
        raise NotYet([_("票箱已经封存，不能再录")])
    return row
