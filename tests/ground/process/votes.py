"""A members' assembly of the cast's first society, ready to vote: `scene(…)` brings it as far as a test wants."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from redhouse.ground.access.actions import open_account
from redhouse.ground.messages.actions import record_broadcast
from redhouse.ground.people.models import Household, HouseholdMember, Person
from redhouse.ground.places.models import Dwelling
from redhouse.ground.process.actions import close_step, open_run
from redhouse.ground.process.actions.boxes import hand_out_papers, open_box, print_ballots
from redhouse.ground.process.actions.counting import appoint_teller, key_ballots
from redhouse.ground.process.actions.meetings import convene_meeting, sign_in, start_meeting
from redhouse.ground.process.actions.rolls import close_roll, draw_roll
from redhouse.ground.process.enums import Method, Way
from redhouse.ground.process.models import Box, Elector, Meeting, Roll, Run, RunStep
from redhouse.ground.process.queries import open_step
from redhouse.ground.process.queries.rolls import RollRow
from redhouse.kit.ballots import new_token, paper_number
from redhouse.work.decisions.definitions import FOLDER
from tests.cast import BEGIN, GRID, SOCIETY, person
from tests.ground.process.factories import FACTS, adopted, close, file_evidence, society, walk_to

DAY = date(2026, 11, 18)
SENT = date(2026, 11, 6)
BEGAN = datetime(2026, 11, 18, 11, 30, tzinfo=UTC)  # 19:30 in Shanghai
END = BEGAN + timedelta(hours=2)
TEXT = (FOLDER / "p07-2026-01-01.toml").read_text(encoding="utf-8")
VOTE = "vote_members"


def electors(count: int) -> list[RollRow]:
    """People of the society, two behind each door, with accounts `e1`, `e2`, …"""
    rows = []
    for number in range(1, count + 1):
        someone = Person.objects.create(name=f"成员{number}", division_code=SOCIETY, is_demo=True)
        open_account(username=f"e{number}", person=someone, demo_note=f"演示：成员{number}")
        if number % 2:
            door = Dwelling.objects.create(division_code=SOCIETY, grid_code=GRID, door=f"7巷{number}号", from_on=BEGIN)
            home = Household.objects.create(dwelling=door, division_code=SOCIETY, head=someone, from_on=BEGIN)
        HouseholdMember.objects.create(
            household=home, person=someone, division_code=SOCIETY, relation="0", from_on=BEGIN
        )
        rows.append(RollRow(someone.pk, home.pk))
    return rows


@dataclass
class Scene:
    run: Run
    roll: Roll
    meeting: Meeting
    box: Box
    tokens: dict[int, str]

    def elector(self, number: int) -> Elector:
        return Elector.objects.select_related("person", "roll__run__version", "roll__run__host").get(
            roll=self.roll, number=number
        )

    def token(self, number: int) -> str:
        return self.tokens.setdefault(number, new_token())

    @property
    def step(self) -> RunStep:
        step = open_step(self.run)
        assert step is not None
        return step

    def paper(self, number: int) -> str:
        """What is printed on the paper ballot `number`."""
        return paper_number(bytes(Box.objects.get(pk=self.box.pk).key), number)


def at_notice(text: str = TEXT) -> Run:
    """A dividend whose gates have passed, waiting at its notice."""
    adopted(text)
    run = open_run(code="P07", host=society(), facts=FACTS, by=person("director"), on=SENT)
    file_evidence(walk_to(run, "notice", SENT), SENT)
    return run


def drawn(count: int = 6, text: str = TEXT) -> Roll:
    run = at_notice(text)
    step = open_step(run)
    assert step is not None
    roll, refused = draw_roll(
        step=step, step_key=VOTE, rows=electors(count), vote_on=DAY, by=person("director"), on=SENT
    )
    assert refused == []
    return roll


def convened(count: int = 6, *, is_online: bool = True, text: str = TEXT) -> Meeting:
    roll = close_roll(roll=drawn(count, text), by=person("director"), on=SENT)
    return convene(roll, is_online=is_online)


def convene(roll: Roll, *, is_online: bool = True, **changes: object) -> Meeting:
    fields = {
        "title": "第一经济社成员大会",
        "from_at": BEGAN,
        "until_at": END,
        "space": None,
        "chair": person("director"),
        "recorder": person("branch"),
        "scrutineer": person("watch"),
        "agenda": ["签到", "听取方案", "表决"],
        "link": "/decisions/meetings/{id}/",
        "by": person("director"),
        "on": SENT,
    }
    return convene_meeting(roll=roll, is_online=is_online, **fields | changes)  # type: ignore[arg-type]


def at_vote(count: int = 6, **more: object) -> Meeting:
    """The notice period is over, the meeting has begun."""
    meeting = convened(count, **more)  # type: ignore[arg-type]
    record_broadcast(notice=meeting.notice, channel="board", note="公示栏张贴", by=person("director"), on=SENT)
    close(meeting.roll.run, "notified", SENT)
    return start_meeting(meeting=meeting, by=person("director"), at=BEGAN)


def signed(meeting: Meeting, numbers: Sequence[int], way: str = Way.ONSITE) -> None:
    for elector in Elector.objects.select_related("person").filter(roll=meeting.roll, number__in=numbers):
        by = elector.person if way == Way.ONLINE else person("branch")
        sign_in(meeting=meeting, elector=elector, way=way, by=by, at=BEGAN)


def scene(
    count: int = 6,
    *,
    onsite: Sequence[int] = (),
    online: Sequence[int] = (),
    method: str = Method.SECRET,
    **more: object,
) -> Scene:
    """The vote is open until `END`; the director chairs, watch looks on, branch and secretary key."""
    meeting = at_vote(count, **more)
    signed(meeting, onsite)
    signed(meeting, online, Way.ONLINE)
    box = open_box(meeting=meeting, method=method, closes_at=END, by=person("director"), at=BEGAN)
    for turn, who in ((1, "branch"), (2, "secretary")):
        appoint_teller(box=box, turn=turn, person=person(who), by=person("director"), at=BEGAN)
    return Scene(meeting.roll.run, meeting.roll, meeting, box, {})


def on_paper(here: Scene, choices: dict[int, str]) -> None:
    """Hand paper ballots to these electors and key them twice, alike."""
    given = [here.elector(number) for number in choices]
    assert hand_out_papers(box=here.box, electors=given, by=person("branch"), at=BEGAN) == []
    if here.box.method == Method.SECRET:
        first, _last = print_ballots(box=here.box, count=len(choices), by=person("branch"), at=BEGAN)
        rows = [(here.paper(first + place), choice) for place, choice in enumerate(choices.values())]
    else:
        rows = [(str(number), choice) for number, choice in choices.items()]
    for who in ("branch", "secretary"):
        assert key_ballots(box=here.box, rows=rows, by=person(who)) == []


def close_vote(here: Scene, outcome: str) -> RunStep | None:
    file_evidence(here.step, DAY)
    return close_step(step=here.step, outcome=outcome, by=person("watch"), on=DAY)
