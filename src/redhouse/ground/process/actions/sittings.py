"""A meeting that was held on paper, entered in one go: roll, notice, sign-in sheet, show of hands counted by two."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from redhouse.ground.people.models import Person
from redhouse.ground.process.actions.boxes import end_voting, open_box
from redhouse.ground.process.actions.counting import appoint_teller, close_box, count_hands
from redhouse.ground.process.actions.meetings import convene_meeting, sign_in_numbers, start_meeting
from redhouse.ground.process.actions.rolls import close_roll, draw_roll
from redhouse.ground.process.enums import Method
from redhouse.ground.process.models import Meeting, Roll, RunStep, Tally
from redhouse.ground.process.queries.rolls import RollRow, suggested
from redhouse.ground.process.queries.versions import procedure_of

Hands = tuple[int, int, int]  # for, against, abstain


@transaction.atomic
def convene_roll(
    *,
    step: RunStep,
    step_key: str,
    title: str,
    from_at: datetime,
    chair: Person,
    recorder: Person,
    scrutineer: Person,
    by: Person,
    on: date,
    rows: Sequence[RollRow] | None = None,
    hours: int = 2,
    agenda: Sequence[str] = (),
) -> Meeting:
    """Draw the roll (by default from the registers), close it, and send the notice. `step` is where the run waits,
    `step_key` the vote. Raises what its parts raise, among them NotYet with the line of a roll that is refused."""
    rule = procedure_of(step.run.version).by_key[step_key]
    day = from_at.date()
    known = suggested(step.run, rule, day) if rows is None else rows
    roll, _refused = draw_roll(step=step, step_key=step_key, rows=known, vote_on=day, by=by, on=on)
    roll = close_roll(roll=roll, by=by, on=on)
    return convene_meeting(
        roll=roll,
        title=title,
        from_at=from_at,
        until_at=from_at + timedelta(hours=hours),
        space=None,
        chair=chair,
        recorder=recorder,
        scrutineer=scrutineer,
        agenda=agenda,
        link="/decisions/meetings/{id}/",
        by=by,
        on=on,
    )


@transaction.atomic
def hold_on_paper(
    *, meeting: Meeting, present: Sequence[int], first: Hands, second: Hands, by: Person, at: datetime
) -> Tally | None:
    """Enter what happened at a meeting with a show of hands: who signed the sheet (numbers of the roll), and what the
    recorder and the scrutineer counted, each for themselves. Raises NotYet where the two differ."""
    start_meeting(meeting=meeting, by=by, at=at)
    sign_in_numbers(meeting=meeting, numbers=present, by=by, at=at)
    box = open_box(meeting=meeting, method=Method.HANDS, closes_at=at + timedelta(minutes=10), by=by, at=at)
    for turn, person, hands in ((1, meeting.recorder, first), (2, meeting.scrutineer, second)):
        appoint_teller(box=box, turn=turn, person=person, by=by, at=at)
        yes, no, abstain = hands
        count_hands(box=box, for_count=yes, against_count=no, abstain_count=abstain, by=person)
    box = end_voting(box=box, by=by, at=at)
    return close_box(box=box, by=by, at=at)


def everybody(roll: Roll) -> list[int]:
    """All numbers of a roll, for a meeting at which nobody is missing."""
    return list(range(1, roll.electors.count() + 1))
