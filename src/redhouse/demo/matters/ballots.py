"""The vote of the day itself, on paper and online into one box that is still open: numbers as they are drawn."""

from collections.abc import Iterator

from redhouse.demo.matters.walk import Walk
from redhouse.ground.people.models import Person
from redhouse.ground.process.actions.boxes import cast_ballot, hand_out_papers, open_box, print_ballots
from redhouse.ground.process.actions.counting import appoint_teller, key_ballots
from redhouse.ground.process.actions.meetings import check_proxy, sign_in, sign_in_numbers, start_meeting
from redhouse.ground.process.actions.rolls import record_proxy
from redhouse.ground.process.enums import Choice, Method, Way
from redhouse.ground.process.models import Box, Elector, Meeting
from redhouse.ground.process.queries.meetings import latest_roll, meeting_of
from redhouse.kit.ballots import new_token, paper_number
from redhouse.work.decisions.queries.gates import members_to_inform

ONSITE, PROXIES, ONLINE = 268, 43, 176
PAPER = {Choice.FOR: 252, Choice.AGAINST: 22, Choice.ABSTAIN: 12}  # 286 of 311 papers are in
CAST_ONLINE = {Choice.FOR: 161, Choice.AGAINST: 9, Choice.ABSTAIN: 6}
MISREAD = 117  # the ballot that the two tellers do not read alike


def vote(w: Walk) -> None:
    """Sign-in, proxies, both channels, two keyings with one difference that waits for a third look."""
    roll = latest_roll(w.matter.run, w.step.key)
    meeting = meeting_of(roll) if roll else None
    assert meeting is not None
    onsite, proxies, online = _attending(meeting)
    chair, helpers = meeting.chair, _helpers(w, meeting)
    for principal, holder in proxies:
        proxy = record_proxy(principal=principal, holder=holder, by=meeting.recorder, on=w.day)
        check_proxy(proxy=proxy, by=meeting.scrutineer, at=w.at(8, 30))
    start_meeting(meeting=meeting, by=chair, at=w.at(9))
    sign_in_numbers(meeting=meeting, numbers=[one.number for one in onsite], by=meeting.recorder, at=w.at(8, 50))
    for one in online:
        sign_in(meeting=meeting, elector=one, way=Way.ONLINE, by=one.person, at=w.at(8, 55))
    box = open_box(meeting=meeting, method=Method.SECRET, closes_at=w.at(21), by=chair, at=w.at(9, 30))
    for turn, person in enumerate(helpers, start=1):
        appoint_teller(box=box, turn=turn, person=person, by=chair, at=w.at(9, 30))
    for one, choice in zip(online, _said(CAST_ONLINE), strict=True):
        cast_ballot(box=box, token=new_token(), choice=choice, by=one.person, at=w.at(10))
    _on_paper(w, box, [*onsite, *(principal for principal, _holder in proxies)], helpers)


def _on_paper(w: Walk, box: Box, there: list[Elector], tellers: list[Person]) -> None:
    choices = list(_said(PAPER))
    hand_out_papers(box=box, electors=there[: len(choices)], by=box.meeting.recorder, at=w.at(10))
    first, _last = print_ballots(box=box, count=len(there), by=box.meeting.recorder, at=w.at(10))
    key = bytes(Box.objects.get(pk=box.pk).key)
    rows = [(paper_number(key, first + place), choice) for place, choice in enumerate(choices)]
    misread = [*rows]
    misread[MISREAD - 1] = (rows[MISREAD - 1][0], Choice.ABSTAIN)
    for teller, keyed in zip(tellers, (rows, misread), strict=True):
        key_ballots(box=box, rows=keyed, by=teller)


def _attending(meeting: Meeting) -> tuple[list[Elector], list[tuple[Elector, Elector]], list[Elector]]:
    """Who comes, who has somebody of the household vote, who votes online. Whoever can sign in to the demo is left to
    come by themselves."""
    electors = meeting.roll.electors.select_related("person", "roll__run__version", "roll__run__host")
    free = list(electors.filter(person__account=None).order_by("number"))
    homes: dict[int | None, list[Elector]] = {}
    for one in free:
        homes.setdefault(one.household_id, []).append(one)
    proxies = [(home[1], home[0]) for home in homes.values() if len(home) > 1][:PROXIES]
    principals = {principal.pk for principal, _holder in proxies}
    holders = [holder for _principal, holder in proxies]
    others = [one for one in free if one.pk not in principals and one not in holders]
    onsite = [*holders, *others[: ONSITE - len(holders)]]
    online = others[ONSITE - len(holders) :][:ONLINE]
    return onsite, proxies, online


def _helpers(w: Walk, meeting: Meeting) -> list[Person]:
    """Two members of the branch who serve the meeting in no other way."""
    serving = {meeting.chair_id, meeting.recorder_id, meeting.scrutineer_id}
    free = members_to_inform(w.matter)
    return [person for person in free if person.pk not in serving and not hasattr(person, "account")][:2]


def _said(counts: dict[Choice, int]) -> Iterator[Choice]:
    for choice, count in counts.items():
        yield from [choice] * count
