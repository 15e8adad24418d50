"""A dividend of the third society of Xintian, from the proposal to the sealed archive, by the people who owe each step:
through the pages, and where a page only repeats a meeting that was already walked through, through its action."""

import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from redhouse.cli import redhouse
from redhouse.demo.matters.pictures import board
from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.jobs import sequence_all
from redhouse.ground.ledger.models import Fact
from redhouse.ground.messages.actions import confirm_receipts
from redhouse.ground.papers import storage
from redhouse.ground.papers.queries import latest_version
from redhouse.ground.people.care import in_care_of
from redhouse.ground.people.models import Household
from redhouse.ground.process.actions.documents import file_minutes
from redhouse.ground.process.actions.sittings import convene_roll, everybody, hold_on_paper
from redhouse.ground.process.models import Ballot, Box, Elector, Meeting, Roll, RunStep, Tally
from redhouse.ground.process.queries import open_step
from redhouse.kit.ballots import paper_number
from redhouse.kit.dossier import check_bundle
from redhouse.kit.today import SHANGHAI, stand_at
from redhouse.work.decisions import actions
from redhouse.work.decisions.enums import CheckItem
from redhouse.work.decisions.models import Matter, MatterArchive, Publicity
from redhouse.work.decisions.queries.gates import members_to_inform
from tests.cast import person
from tests.desk.pages import clean

Go = Callable[..., str]
BEGIN = date(2026, 10, 12)  # a Monday
SOCIETY = "新田村第三经济社"


@pytest.fixture
def go(tiny_town: str) -> Go:
    """`go(who, path)` reads a page, `go(who, path, field=…)` posts to it and follows; the text must be clean."""
    clients: dict[str, Client] = {}

    def walk(who: str, path: str, status: int = 200, /, **fields: object) -> str:
        client = clients.setdefault(who, Client())
        if who and "_auth_user_id" not in client.session:
            client.force_login(Account.objects.get(username=who))
        answer = client.post(path, fields, follow=True) if fields else client.get(path, follow=True)
        expected = {status, 409} if path.endswith("/close/") else {status}  # a refusal comes with what was typed
        assert answer.status_code in expected, (path, answer.status_code, answer.content.decode()[:2000])
        return (
            clean(answer)
            if answer.status_code in (200, 409) and "html" in answer["Content-Type"]
            else answer.content.decode("latin1")
        )

    return walk


class Life:
    """Where the matter stands, and the way to its pages. `day` is the day of the house."""

    def __init__(self, go: Go) -> None:
        self.go, self.day = go, BEGIN
        stand_at(BEGIN)

    def wait(self, days: int) -> None:
        self.day += timedelta(days=days)
        stand_at(self.day)

    @property
    def matter(self) -> Matter:
        with everything():
            return Matter.objects.select_related("run__version", "run__host").get()

    @property
    def step(self) -> RunStep:
        with everything():
            step = open_step(self.matter.run)
        assert step is not None
        return step

    @property
    def at(self) -> str:
        return f"/decisions/{self.matter.pk}/"

    def close(self, who: str, outcome: str, reason: str = "") -> str:
        return self.go(who, f"{self.at}close/", outcome=outcome, reason=reason)

    def file(self, who: str, kind: str, title: str) -> None:
        paper = SimpleUploadedFile(f"{kind}.pdf", b"%PDF-1.7 " + title.encode())
        self.go(who, f"{self.at}papers/file/", kind=kind, title=title, file=paper)

    def sheet(self, who: str, text: str) -> Publicity:
        """Word a sheet, hang it, photograph the board."""
        self.go(
            who, f"{self.at}disclosure/new/", title="公示", text=text, places="村公开栏", from_on=self.day.isoformat()
        )
        row = Publicity.objects.order_by("-pk")[0]
        self.photograph(who, row, "start")
        return row

    def photograph(self, who: str, row: Publicity, phase: str) -> None:
        photo = SimpleUploadedFile("board.png", board(self.day))
        path = f"{self.at}disclosure/{row.pk}/photo/"
        self.go(who, path, photo=photo, seen_on=self.day.isoformat(), phase=phase)


def meet(life: Life, who: str) -> None:
    """A Party meeting on paper."""
    with everything():
        step, chair = life.step, person(who)
        begins = datetime.combine(life.day, time(9), SHANGHAI)
        helpers = [someone for someone in members_to_inform(life.matter) if someone.pk != chair.pk][:2]
        meeting = convene_roll(
            step=step, step_key=step.key, title="会议", from_at=begins, chair=chair, recorder=helpers[0],
            scrutineer=helpers[1], by=chair, on=life.day, agenda=["听取方案", "表决"],
        )  # fmt: skip
        hands = (meeting.roll.electors.count(), 0, 0)
        there = everybody(meeting.roll)
        hold_on_paper(meeting=meeting, present=there, first=hands, second=hands, by=chair, at=begins)
        file_minutes(meeting=meeting, matter=life.matter.title, by=chair, on=life.day)
    life.close(who, "agreed")


def money(life: Life) -> None:
    """Who holds how many shares, and what falls to each."""
    with everything():
        by = person("director")
        actions.freeze_register(matter=life.matter, as_of=life.day, by=by, on=life.day)
        actions.propose_distribution(matter=life.matter, total_fen=31_200_001, by=by, on=life.day)


def through_the_gates(life: Life, *, review: str = "passed") -> None:
    go = life.go
    assert "还没有把事项通知应知的党员" in go("branch", life.at)
    go("branch", f"{life.at}inform/", x=1)
    with everything():
        notice = life.step.informing.notice
        people = members_to_inform(life.matter)
        confirm_receipts(notice=notice, people=people, by=person("branch"), on=life.day, channel="paper")
    life.close("branch", "informed")
    for who in ("branch", "branch", "secretary"):
        meet(life, who)
    with everything():
        homes = list(Household.objects.filter(division_code=life.matter.division_code).order_by("pk"))
        cared = set(Household.objects.filter(in_care_of(person("member"), life.day)).values_list("pk", flat=True))
    assert "您欠<b>上门说明</b>" in go("member", "/"), "the homes in one's own care"
    for place, home in enumerate(sorted(homes, key=lambda home: home.pk not in cared)):
        opinion = "公积金多提一点" if place == 0 and review == "passed" else ""
        said_by = "member" if home.pk in cared else "branch"
        if said_by == "branch":
            assert "不在您的范围里" in go("member", f"{life.at}explain/", household=home.pk, stance="agrees")
        go(said_by, f"{life.at}explain/", household=home.pk, stance="agrees", opinion=opinion)
    assert cared
    assert "您欠<b>上门说明</b>" not in go("member", "/")
    if review == "passed":
        assert "您欠<b>答复意见</b>：" in go("director", "/")
        assert "您欠<b>答复意见</b>：" not in go("supervisor", "/")
        assert "还有1条意见没有答复" in life.close("branch", "led")
        with everything():
            said = life.matter.opinions.get()
        go("director", f"{life.at}opinions/{said.pk}/answer/", answer="已按章程提25%", is_adopted="no")
        assert "您欠<b>答复意见</b>：" not in go("director", "/")
    life.close("branch", "led")
    if review == "returned":
        assert "要写明理由" in life.close("secretary", "returned")
        life.close("secretary", "returned", "收支表与方案金额不一致")
        return
    life.close("secretary", "passed")
    marks = dict.fromkeys(CheckItem.values, "yes")
    go("supervisor", f"{life.at}check/", **marks)
    life.close("supervisor", "checked")


def assembly(life: Life) -> Meeting:
    """Roll, notice with eleven full days, and the day itself."""
    go, day = life.go, life.day + timedelta(days=12)
    go("director", f"/decisions/steps/{life.step.pk}/roll/", vote_on=day.isoformat())
    roll = Roll.objects.get(step_key="vote_members")
    go("director", f"/decisions/rolls/{roll.pk}/close/", x=1)
    officers = {"chair": person("director").pk, "recorder": person("branch").pk, "scrutineer": person("overseer").pk}
    go(
        "director", f"/decisions/rolls/{roll.pk}/convene/", title="成员大会", hours=3, online="yes",
        agenda="签到\n表决", **{"from": "19:30"}, **officers,
    )  # fmt: skip
    with everything():
        meeting = Meeting.objects.select_related("roll__run__version", "roll__run__host").get(roll=roll)
        everyone = [elector.person for elector in roll.electors.select_related("person")]
        director = person("director")
        confirm_receipts(notice=meeting.notice, people=everyone, by=director, on=life.day, channel="door")
    link = f'href="/decisions/meetings/{meeting.pk}/">去会议'
    assert link in go("holder", life.at), "who votes finds the way from the matter"
    assert link in go("director", life.at)
    life.file("director", "notice", "会议通知")
    life.close("director", "notified")
    assert "期限未满" in life.close("overseer", "passed")
    life.wait(12)
    return meeting


def vote(life: Life, meeting: Meeting) -> None:
    """On paper and online into one count: the holder votes online, everybody else on paper; one vote against."""
    go, at = life.go, f"/decisions/meetings/{meeting.pk}/"
    go("director", f"{at}start/", x=1)
    with everything():
        mine = Elector.objects.get(roll=meeting.roll, person=person("holder")).number
        numbers = [n for n in meeting.roll.electors.values_list("number", flat=True) if n != mine]
    go("holder", f"{at}sign-in/", x=1)
    go("branch", f"{at}desk/sign-in/", numbers=" ".join(map(str, numbers)))
    go("director", f"{at}open-vote/", method="secret", until="23:59")
    token = re.search(r'name="token" value="([^"]+)"', go("holder", f"{at}ballot/"))
    assert token
    go("holder", f"{at}ballot/", token=token[1], choice="for")
    refused = go("branch", f"{at}desk/hand-out/", numbers=" ".join(map(str, [*numbers, mine])))
    assert "一人一票" in refused or "没有在现场签到" in refused
    go("director", f"{at}paper-ballots/", count=len(numbers))
    go("director", f"{at}tellers/", turn=1, who="recorder")
    go("director", f"{at}tellers/", turn=2, who="scrutineer")
    key = bytes(Box.objects.get(meeting=meeting).key)
    lines = "\n".join(f"{paper_number(key, n)} {2 if n == 1 else 1}" for n in range(1, len(numbers) + 1))
    for teller in ("branch", "overseer"):
        go(teller, f"{at}keying/", lines=lines)
    go("director", f"{at}end-vote/", x=1)
    assert "票箱已封存并公布" in go("director", f"{at}close-vote/", x=1)
    tally = Tally.objects.get(meeting=meeting)
    assert tally.counts["cast"] == len(numbers) + 1
    assert (tally.counts["against"], tally.passed) == (1, True)
    assert Ballot.objects.count() == 0
    assert "去会议" not in go("holder", life.at), "it is over"
    assert "纪要已生成" in go("director", f"{at}minutes/", x=1)
    assert "决议已生成" in go("director", f"{at}decision/", number="新三社〔2026〕7号")
    life.close("overseer", "passed")


def words_of(title: str) -> str:
    """The text of a Word file that was filed with the matter."""
    from redhouse.ground.papers.models import Paper

    paper = Paper.objects.filter(title__contains=title).order_by("-pk")[0]
    version = latest_version(paper)
    assert version is not None
    with storage.open_file(version.sha256) as file, zipfile.ZipFile(BytesIO(file.read())) as word:
        return re.sub(r"<[^>]+>", "", word.read("word/document.xml").decode())


def test_a_dividend_from_the_proposal_to_the_sealed_archive(go: Go, tmp_path) -> None:  # type: ignore[no-untyped-def]
    life = Life(go)
    with everything():
        host = person("director").posts.get().body.parent
    plan = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan")
    go(
        "director", "/decisions/new/P07/", title="第三经济社2026年度股份分红", host=host.pk,
        summary="可分配收益312,000.01元", amount="312000.01", lead_minimum=80, delegated_by_charter="no", plan=plan,
    )  # fmt: skip
    assert "还没有冻结份额登记册" in life.close("director", "submitted")
    money(life)
    assert "先知" in life.close("director", "submitted")
    assert life.step.key == "inform"
    through_the_gates(life, review="returned")
    assert life.step.key == "draft"
    public = go("", f"/open/matters/{life.matter.pk}/")
    assert "收支表与方案金额不一致" in public, "a return and its reason are public"
    life.wait(2)
    assert "还没有归入方案" in life.close("director", "submitted"), "what comes again brings its plan again"
    life.file("director", "plan", "第三经济社2026年度股份分红方案（改）")
    life.close("director", "submitted")
    through_the_gates(life)
    before = life.sheet("director", "可分配收益312,000.01元。")
    vote(life, assembly(life))
    with everything():
        assert "赞成" in words_of("成员大会纪要")
        assert "第三经济社2026年度股份分红" in words_of("的决议")
    decided = life.sheet("director", "决议：同意。")
    assert "异议已收到" in go("holder", f"{life.at}object/", text="我家少算一股")
    life.wait(16)
    assert "还有1件异议没有答复" in life.close("overseer", "settled")
    go("overseer", f"{life.at}objections/1/answer/", answer="按登记册核对，两股无误", is_upheld="no")
    life.photograph("director", decided, "end")
    life.photograph("director", before, "end")
    life.close("overseer", "settled")
    with everything():
        paid = actions.matters.Upload(b"%PDF-1.7 list", "application/pdf", "list.pdf")
        actions.record_payment(
            matter=life.matter, number="1", paid_on=life.day, evidence=paid, by=person("director"), on=life.day
        )
    life.close("director", "executed")
    done = life.sheet("director", "已全部发放。")
    life.wait(16)
    life.photograph("director", done, "end")
    assert "档案已封存" in go("director", f"{life.at}archive/", x=1)
    assert life.matter.run.ending == "archived"
    with everything():
        sequence_all()
        bundle = actions.seal_bundle(archive=MatterArchive.objects.get(), on=life.day)
        version = latest_version(bundle)
        assert version is not None
    path = tmp_path / "matter.zip"
    path.write_bytes(storage.path_of(version.sha256).read_bytes())
    assert check_bundle(path).finding is None
    answer = CliRunner().invoke(redhouse, ["verify", str(path)], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    kinds = set(Fact.objects.values_list("kind", flat=True))
    assert {"run_opened", "elector_marked", "box_published", "objection_answered", "matter_archived"} <= kinds
