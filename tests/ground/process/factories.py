"""A dividend of the cast's first society in the article's year: everybody who owes a step, and a run at its draft."""

from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from redhouse.ground.access.actions import open_account
from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.bodies.models import Body
from redhouse.ground.occasions.models import Occasion
from redhouse.ground.papers.models import Paper
from redhouse.ground.people.enums import PostKind
from redhouse.ground.people.models import Person, Post
from redhouse.ground.process.actions import adopt_version, close_step, file_paper, open_run
from redhouse.ground.process.enums import Outcome, StepKind
from redhouse.ground.process.models import Meeting, ProcedureVersion, Roll, Run, RunStep, Tally
from redhouse.ground.process.queries import open_step, step_rule
from redhouse.ground.process.queries.meetings import latest_roll
from redhouse.ground.process.rules import may_close
from redhouse.ground.process.rules.votes import BY_TALLY, vote_after
from redhouse.work.decisions.definitions import FOLDER
from tests.cast import BEGIN, SOCIETY, TOWN, XINTIAN, person

D1 = date(2018, 12, 3)  # a Monday
NOON = datetime(2018, 12, 3, 4, tzinfo=UTC)
FACTS = {"delegated_by_charter": "no"}

TEXT = (FOLDER / "p07-2018-11-15.toml").read_text(encoding="utf-8")
SEATED = {  # role -> account
    "rec_director": "director", "rec_supervisor": "watch", "branch_secretary": "branch",
    "village_secretary": "secretary", "supervisor": "supervisor", "village_director": "village_director",
    "station_leader": "station", "town_leader": "leader", "town_org_office": "org",
    "grid_worker": "grid", "grid_dispatcher": "dispatcher", "town_handler": "handler",
}  # fmt: skip


def seat(username: str, name: str, body: Body, kind: str, where: str = SOCIETY) -> Person:
    someone = Person.objects.create(name=name, division_code=where, is_demo=True)
    open_account(username=username, person=someone, demo_note=f"演示：{username}")
    Post.objects.create(person=someone, body=body, kind=kind, from_on=BEGIN)
    return someone


def society() -> Body:
    """The first society with its council and branch, everybody seated; made on first use."""
    known = Body.objects.filter(kind=BodyKind.ECON_SOCIETY, division_code=SOCIETY).first()
    if known is not None:
        return known
    host = Body.objects.create(kind=BodyKind.ECON_SOCIETY, name="新田第一经济社", division_code=SOCIETY, from_on=BEGIN)
    council = Body.objects.create(
        kind=BodyKind.REC_COUNCIL, name="第一经济社理事会", division_code=SOCIETY, parent=host, from_on=BEGIN
    )
    watch = Body.objects.create(
        kind=BodyKind.REC_SUPERVISORS, name="第一经济社监事会", division_code=SOCIETY, parent=host, from_on=BEGIN
    )
    committee = Body.objects.create(
        kind=BodyKind.VILLAGE_COMMITTEE, name="新田村民委员会", division_code=XINTIAN, from_on=BEGIN
    )
    team = Body.objects.create(kind=BodyKind.STATION_TEAM, name="新田驻点团队", division_code=XINTIAN, from_on=BEGIN)
    seat("director", "理有方", council, PostKind.CHAIR)
    seat("watch", "监事长", watch, PostKind.CHAIR)
    seat("branch", "支书记", Body.objects.get(name="新田第一党支部"), PostKind.SECRETARY)
    seat("village_director", "主任民", committee, PostKind.CHAIR, XINTIAN)
    seat("station", "驻点长", team, PostKind.STATION_LEADER, XINTIAN)
    seat("leader", "镇书记", Body.objects.get(name="西樵镇党委"), PostKind.SECRETARY, TOWN)
    office = Body.objects.create(kind=BodyKind.TOWN_OFFICE, name="综合治理办", division_code=TOWN, from_on=BEGIN)
    seat("dispatcher", "调有方", office, PostKind.GRID_DISPATCHER, TOWN)
    seat("handler", "办实事", office, PostKind.OFFICE_WORKER, TOWN)
    return host


def adopted(text: str = TEXT) -> ProcedureVersion:
    return adopt_version(text=text, origin="law", author=None, approver=None, reason="法定版本", on=date(2018, 11, 15))


def opened(on: date = D1, **facts: str) -> Run:
    adopted()
    host = society()
    return open_run(code="P07", host=host, facts=FACTS | facts, by=person("director"), on=on)


def closer(step: RunStep, on: date = D1) -> Person:
    """The first of those who owe the step and may close it."""
    owing = (person(SEATED[role]) for role in step.run.version.steps[step.key]["owed_by"])
    return next(someone for someone in owing if may_close(someone, step, on))


def file_evidence(step: RunStep, on: date = D1) -> None:
    """Whatever papers the step asks for."""
    for kind in step_rule(step).evidence:
        paper = Paper.objects.create(kind=kind, title=step.key, division_code=SOCIETY, created_by=person("org"))
        file_paper(step=step, paper=paper, by=person("org"), on=on)


def tallied(step: RunStep, outcome: str) -> None:
    """What a step of a vote needs before it closes: for a notice a closed roll and a meeting, for a vote also the tally
    that says this outcome. Rows only; how people come to them is tested where they vote."""
    step.run = Run.objects.select_related("version", "host").get(pk=step.run_id)  # its facts may have been moved
    vote = vote_after(step) if step.kind == StepKind.NOTICE else step_rule(step)
    if vote is None or not vote.rule or outcome not in (*BY_TALLY, Outcome.NOTIFIED):
        return
    roll = latest_roll(step.run, vote.key)
    if roll is None or hasattr(roll, "tally"):
        roll = Roll.objects.create(
            run=step.run, step_key=vote.key, round=roll.round + 1 if roll else 1, rule_id=vote.rule, vote_on=D1,
            division_code=SOCIETY, drawn_on=D1, drawn_by=person("org"), closed_on=D1, closed_by=person("org"),
            digest="0" * 64,
        )  # fmt: skip
    meeting = roll.meetings.first()
    if meeting is None:
        occasion = Occasion.objects.create(
            kind="assembly", title="会议", host=step.run.host, division_code=SOCIETY, from_at=NOON,
            until_at=NOON + timedelta(hours=1),
        )  # fmt: skip
        meeting = Meeting.objects.create(
            roll=roll, occasion=occasion, chair=person("director"), recorder=person("branch"),
            scrutineer=person("watch"), convened_on=D1, convened_by=person("director"),
        )  # fmt: skip
    if step.kind != StepKind.NOTICE and not hasattr(step, "tally"):
        quorum = outcome != Outcome.INQUORATE
        Tally.objects.create(
            step=step, roll=roll, meeting=meeting, division_code=SOCIETY, rule_id=vote.rule, rule_from_on=D1,
            vote_on=roll.vote_on, counts={}, quorum_met=quorum, passed=outcome in (Outcome.PASSED, Outcome.AGREED),
            outcome=outcome, reasons=[], recorded_on=D1, recorded_by=person("director"),
        )  # fmt: skip


def close(run: Run, outcome: str = "", on: date = D1, *, by: str = "", reason: str = "") -> RunStep | None:
    """Close the open step, by default as the matter goes forward."""
    step = open_step(run)
    assert step is not None
    outcome = outcome or next(iter(step_rule(step).next))
    with transaction.atomic():  # a refused closing leaves no tally behind
        tallied(step, outcome)
        return close_step(step=step, outcome=outcome, by=person(by) if by else closer(step, on), on=on, reason=reason)


def walk_to(run: Run, key: str, on: date = D1) -> RunStep:
    """Close step after step on one day until `key` is open; no clock may lie between."""
    while (step := open_step(run)) is not None and step.key != key:
        file_evidence(step, on)
        close(run, on=on)
    assert step is not None
    return step
