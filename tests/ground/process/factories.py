"""A dividend of the cast's first society, by a small procedure: everybody who owes a step, and a run at its draft."""

from datetime import date

from redhouse.ground.access.actions import open_account
from redhouse.ground.bodies.enums import BodyKind
from redhouse.ground.bodies.models import Body
from redhouse.ground.people.enums import PostKind
from redhouse.ground.people.models import Person, Post
from redhouse.ground.process.actions import adopt_version, close_step, open_run
from redhouse.ground.process.models import ProcedureVersion, Run, RunStep
from redhouse.ground.process.queries import open_step
from tests.cast import BEGIN, SOCIETY, XINTIAN, person

D1 = date(2018, 12, 3)  # a Monday
FACTS = {"delegated_by_charter": "no"}

SMALL = """
[procedure]
code = "P07"
name = "股份分红"
from_on = 2018-11-15
until_on = 2025-05-01

[[step]]
key = "draft"
kind = "draft"
owed_by = ["rec_director"]
next = { submitted = "inform", withdrawn = "withdrawn" }

[[step]]
key = "inform"
kind = "party_inform"
owed_by = ["branch_secretary"]
clocks = [{ count = 2, unit = "working_day", bound = "at_most", clause = { text = "镇意见", mark = "I" } }]
next = { informed = "deliberate", changed = "draft", withdrawn = "withdrawn" }

[[step]]
key = "deliberate"
kind = "party_deliberate"
owed_by = ["branch_secretary", "village_secretary"]
next = { agreed = "lead", returned = "draft", changed = "draft", withdrawn = "withdrawn" }

[[step]]
key = "lead"
kind = "party_lead"
owed_by = ["branch_secretary"]
next = { led = "review", changed = "draft", withdrawn = "withdrawn" }

[[step]]
key = "review"
kind = "leader_review"
owed_by = ["village_secretary"]
apart_from = ["draft"]
next = { passed = "check", returned = "draft", changed = "draft", withdrawn = "withdrawn" }

[[step]]
key = "check"
kind = "supervision_check"
owed_by = ["supervisor"]
apart_from = ["draft", "review"]
next = { checked = "notice", changed = "draft", withdrawn = "withdrawn" }

[[step]]
key = "notice"
kind = "notice"
owed_by = ["rec_director"]
clocks = [{ count = 10, unit = "day", bound = "at_least", before = "vote", clause = CHARTER },
          { count = 10, unit = "day", bound = "at_least", before = "vote_reps", clause = CHARTER }]
next = { notified = "which", changed = "draft", withdrawn = "withdrawn" }

[[step]]
key = "which"
kind = "branch"
fact = "delegated_by_charter"
next = { yes = "vote_reps", no = "vote" }

[[step]]
key = "vote"
kind = "vote"
owed_by = ["rec_director"]
body = "rec_members_assembly"
rule = "V18"
next = { passed = "publish", failed = "rejected", inquorate = "notice", changed = "draft", withdrawn = "withdrawn" }

[[step]]
key = "vote_reps"
kind = "vote"
owed_by = ["rec_director"]
body = "rec_rep_assembly"
rule = "V18"
next = { passed = "publish", failed = "rejected", inquorate = "notice", changed = "draft", withdrawn = "withdrawn" }

[[step]]
key = "publish"
kind = "decision_publicity"
owed_by = ["rec_director"]
evidence = ["evidence"]
clocks = [{ count = 15, unit = "day", bound = "at_least", before = "objection", clause = OWN }]
next = { posted = "objection" }

[[step]]
key = "objection"
kind = "objection"
owed_by = ["supervisor"]
next = { settled = "execute", upheld = "draft" }

[[step]]
key = "execute"
kind = "execute"
owed_by = ["rec_director"]
next = { executed = "result" }

[[step]]
key = "result"
kind = "result_publicity"
owed_by = ["rec_director"]
clocks = [{ count = 15, unit = "day", bound = "at_least", before = "archive", clause = OWN }]
next = { posted = "archive" }

[[step]]
key = "archive"
kind = "archive"
owed_by = ["village_director", "village_secretary"]
next = { archived = "archived" }

[[step]]
key = "archived"
kind = "end"
ending = "archived"

[[step]]
key = "rejected"
kind = "end"
ending = "rejected_by_vote"

[[step]]
key = "withdrawn"
kind = "end"
ending = "withdrawn"

[demand]
numerator = 1
denominator = 10
days = 10
unit = "day"
escalates_to = "town_org_office"
clause = { text = "农村集体经济组织法 第二十六条", mark = "S" }
""".replace("OWN", '{ text = "本系统", mark = "I" }').replace("CHARTER", '{ text = "章程", mark = "I" }')
OWED = {  # step -> account of the cast that closes it
    "draft": "director", "inform": "branch", "deliberate": "branch", "lead": "branch", "review": "secretary",
    "check": "supervisor", "notice": "director", "vote": "director", "vote_reps": "director", "publish": "director",
    "objection": "supervisor", "execute": "director", "result": "director", "archive": "secretary",
}  # fmt: skip
FORWARD = {
    "draft": "submitted", "inform": "informed", "deliberate": "agreed", "lead": "led", "review": "passed",
    "check": "checked", "notice": "notified", "vote": "passed", "vote_reps": "passed", "publish": "posted",
    "objection": "settled", "execute": "executed", "result": "posted", "archive": "archived",
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
    seat("leader", "镇书记", Body.objects.get(name="西樵镇党委"), PostKind.SECRETARY, "440605122000")
    return host


def adopted(text: str = SMALL) -> ProcedureVersion:
    return adopt_version(text=text, origin="law", author=None, approver=None, reason="法定版本", on=date(2018, 11, 15))


def opened(on: date = D1, **facts: str) -> Run:
    adopted()
    host = society()
    return open_run(code="P07", host=host, facts=FACTS | facts, by=person("director"), on=on)


def close(run: Run, outcome: str, on: date, *, by: str = "", reason: str = "") -> RunStep | None:
    step = open_step(run)
    assert step is not None
    return close_step(step=step, outcome=outcome, by=person(by or OWED[step.key]), on=on, reason=reason)


def walk_to(run: Run, key: str, on: date = D1) -> RunStep:
    """Close step after step on one day until `key` is open; no clock may lie between."""
    while (step := open_step(run)) is not None and step.key != key:
        close(run, FORWARD[step.key], on)
    assert step is not None
    return step
