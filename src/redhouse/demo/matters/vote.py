"""Notice and vote: the assembly is called together and votes, by a show of hands or in secret."""

from collections.abc import Sequence
from datetime import date, timedelta

from redhouse.demo.matters.papers import document
from redhouse.demo.matters.walk import Walk
from redhouse.ground.messages.actions import confirm_receipts, record_broadcast
from redhouse.ground.messages.enums import Channel as By
from redhouse.ground.papers.enums import PaperKind
from redhouse.ground.people.models import Person
from redhouse.ground.process.actions.boxes import end_voting, hand_out_papers, open_box, print_ballots
from redhouse.ground.process.actions.counting import appoint_teller, close_box, key_ballots
from redhouse.ground.process.actions.documents import file_decision, file_minutes
from redhouse.ground.process.actions.meetings import convene_meeting, sign_in_numbers, start_meeting
from redhouse.ground.process.actions.rolls import close_roll, draw_roll
from redhouse.ground.process.actions.sittings import hold_on_paper
from redhouse.ground.process.enums import Choice, Method, Outcome, Role
from redhouse.ground.process.models import Meeting, Tally
from redhouse.ground.process.procedure import Step
from redhouse.ground.process.queries.meetings import latest_roll, meeting_of
from redhouse.ground.process.queries.rolls import RollRow, suggested
from redhouse.ground.process.rules.votes import vote_after
from redhouse.kit.ballots import paper_number
from redhouse.kit.voting import VoteBody

NOTICE = 12  # days from the notice to the assembly: eleven full days between them, the law asks ten
SECRET = "P07"
UNREACHED = 50  # one in so many does not confirm and reads it on the board
REPRESENTATIVES = {
    VoteBody.REC_REP_ASSEMBLY: 27,
    VoteBody.VILLAGER_REP_ASSEMBLY: 45,
    VoteBody.RESIDENT_REP_ASSEMBLY: 45,
}


def notify(w: Walk) -> None:
    """Draw and close the roll, call everybody, put the notice up, and write down who confirmed."""
    by, vote = w.closer(w.step), vote_after(w.step)
    assert vote is not None
    meeting = convene(w, vote, w.later(NOTICE), by)
    title = f"{meeting.occasion.title}通知"
    w.file(
        PaperKind.NOTICE, title, document(title, f"审议并表决《{w.row.title}》。", str(w.matter.run.host), w.day), by
    )
    assert meeting.notice is not None
    people = [elector.person for elector in meeting.roll.electors.select_related("person").order_by("number")]
    reached = people[: len(people) - len(people) // UNREACHED]
    confirm_receipts(notice=meeting.notice, people=reached, by=by, on=w.day, channel=By.DOOR)
    record_broadcast(notice=meeting.notice, channel=By.BOARD, note="公开栏张贴", by=by, on=w.day)
    w.close(Outcome.NOTIFIED, by=by)


def convene(w: Walk, vote: Step, day: date, by: Person) -> Meeting:
    known = suggested(w.matter.run, vote, day)
    rows = chosen(known, REPRESENTATIVES.get(VoteBody(vote.body or ""), len(known)))
    roll, _refused = draw_roll(step=w.step, step_key=vote.key, rows=rows, vote_on=day, by=by, on=w.day)
    roll = close_roll(roll=roll, by=by, on=w.day)
    begins = w.at(9, day=day)
    watch = (w.holding(Role.REC_SUPERVISOR) or w.holding(Role.SUPERVISOR))[0]
    return convene_meeting(
        roll=roll, title=f"{w.matter.run.host}{VoteBody(vote.body or '').label}", from_at=begins,
        until_at=begins + timedelta(hours=12 if w.row.ballots else 2), space=None, chair=by,
        recorder=w.holding(Role.BRANCH_SECRETARY)[0], scrutineer=watch, is_online=w.row.ballots,
        agenda=["签到，核对法定人数", "听取方案说明", "成员提问", "表决", "宣布结果，签名"],
        link="/decisions/meetings/{id}/", by=by, on=w.day,
    )  # fmt: skip


def chosen(rows: list[RollRow], count: int) -> list[RollRow]:
    """So many of them, evenly: representatives of their neighbours."""
    return [rows[place * len(rows) // count] for place in range(min(count, len(rows)))]


def hold(w: Walk) -> None:
    """A show of hands, counted by two; over a dividend, where neighbours look on, by secret ballot on paper. The
    outcome is what the numbers say."""
    step = w.step
    roll = latest_roll(w.matter.run, step.key)
    meeting = meeting_of(roll) if roll else None
    assert roll is not None
    assert meeting is not None
    by, count = meeting.chair, roll.electors.count()
    present = -(-count * w.row.present // 100)
    yes = present * w.row.favour // 100
    hands = (yes, present - yes, 0)
    there = range(1, present + 1)
    if w.matter.run.version.code == SECRET:
        tally = _secretly(w, meeting, there, yes)
    else:
        tally = hold_on_paper(meeting=meeting, present=there, first=hands, second=hands, by=by, at=w.at(10))
    assert tally is not None
    file_minutes(meeting=meeting, matter=w.row.title, by=by, on=w.day)
    if tally.passed:
        number = f"{w.matter.run.host}决〔{w.day.year}〕{w.matter.pk}号"
        file_decision(meeting=meeting, matter=w.row.title, number=number, by=by, on=w.day)
    w.close(tally.outcome)


def _secretly(w: Walk, meeting: Meeting, there: Sequence[int], yes: int) -> Tally | None:
    """Everybody who is there puts a paper in; the first `yes` of them say so. Both tellers read all of them alike."""
    by, at = meeting.chair, w.at(10)
    start_meeting(meeting=meeting, by=by, at=at)
    sign_in_numbers(meeting=meeting, numbers=there, by=by, at=at)
    box = open_box(meeting=meeting, method=Method.SECRET, closes_at=w.at(11), by=by, at=at)
    electors = list(meeting.roll.electors.filter(number__in=there).order_by("number"))
    hand_out_papers(box=box, electors=electors, by=by, at=at)
    first, last = print_ballots(box=box, count=len(there), by=by, at=at)
    key = bytes(box.key)
    rows = [
        (paper_number(key, number), Choice.FOR if number < first + yes else Choice.AGAINST)
        for number in range(first, last + 1)
    ]
    for turn, teller in enumerate((meeting.recorder, meeting.scrutineer), start=1):
        appoint_teller(box=box, turn=turn, person=teller, by=by, at=at)
        key_ballots(box=box, rows=rows, by=teller)
    return close_box(box=end_voting(box=box, by=by, at=w.at(11)), by=by, at=w.at(11))
