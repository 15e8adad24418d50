"""The same dividend without a page: its whole life once through the API and once through `redhouse matter`, by the
people who owe each step; then checked and counted again with no house at all."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from click.testing import CliRunner
from django.test import Client

from redhouse.cli import redhouse
from redhouse.demo.matters.pictures import board
from redhouse.ground.access.reach import everything
from redhouse.ground.clients.enums import EntryKind
from redhouse.ground.clients.models import Entry
from redhouse.ground.ledger.jobs import sequence_all
from redhouse.ground.process.models import Ballot, Box
from redhouse.kit.ballots import new_token, paper_number
from redhouse.kit.today import stand_at
from redhouse.work.decisions import actions
from redhouse.work.decisions.enums import CheckItem
from redhouse.work.decisions.models import MatterArchive
from tests.cast import person
from tests.stories.doors import Api, Command, Door

BEGIN = date(2026, 10, 12)  # a Monday
PDF = b"%PDF-1.7 "


class Life:
    """The matter of the story, the day, and the door by which it is told."""

    def __init__(self, door: Door) -> None:
        self.door, self.day, self.matter = door, BEGIN, 0
        stand_at(BEGIN)

    def wait(self, days: int) -> None:
        self.day += timedelta(days=days)
        stand_at(self.day)

    def close(self, who: str, outcome: str, refused: str = "", reason: str = "") -> None:
        self.door.do(who, "close", self.matter, outcome=outcome, reason=reason, refused=refused)

    def step(self, who: str) -> int:
        stages = self.door.see(who, "matter", self.matter)["stages"]
        return int(next(stage["step"] for stage in stages if stage["state"] == "now"))

    def receipts(self, who: str, notice: int, channel: str) -> None:
        waiting = self.door.see(who, "notice", notice)["waiting"]
        self.door.do(who, "record-receipts", notice, channel=channel, people=[one["person"] for one in waiting])

    def sheet(self, text: str) -> int:
        come = self.door.do(
            "director", "post-sheet", self.matter, title="公示", text=text, places="村公开栏", from_on=self.day
        )
        self.photograph(come["sheet"], "start")
        return int(come["sheet"])

    def photograph(self, sheet: int, phase: str) -> None:
        photo = ("board.png", board(self.day))
        self.door.do("director", "photograph", self.matter, sheet, photo=photo, seen_on=self.day, phase=phase)

    def convened(self, who: str, title: str, day: date, officers: list[str], **more: str) -> dict[str, int]:
        """From the roll to the notice."""
        do = self.door.do
        roll = do(who, "draw-roll", self.step(who), vote_on=day)["roll"]
        do(who, "close-roll", roll)
        numbers = dict(zip(("chair", "recorder", "scrutineer"), (person(name).pk for name in officers), strict=True))
        fields = {"title": title, "from": "09:00", "agenda": "听取方案\n表决"}
        return do(who, "convene", roll, **fields, **numbers, **more) | {"roll": roll}


def party_meeting(life: Life, who: str) -> None:
    """With a show of hands, counted by two."""
    do, officers = life.door.do, [who, "secretary" if who == "branch" else "branch", "director"]
    meeting = life.convened(who, "会议", life.day, officers)["meeting"]
    there = life.door.see(who, "meeting", meeting)["electors"]
    do(who, "start", meeting)
    do(who, "key-sign-in", meeting, numbers=f"1-{there}")
    do(who, "open-vote", meeting, method="hands")
    for turn, teller in ((1, "recorder"), (2, "scrutineer")):
        do(who, "appoint-teller", meeting, turn=turn, who=teller)
        do(officers[turn], "key-ballots", meeting, **{"for": there, "against": 0, "abstain": 0})
    do(who, "end-vote", meeting)
    assert do(who, "close-vote", meeting)["outcome"] == "agreed"
    do(who, "file-minutes", meeting)
    life.close(who, "agreed")


def gates(life: Life) -> None:
    do = life.door.do
    life.receipts("branch", do("branch", "inform", life.matter)["notice"], "paper")
    life.close("branch", "informed")
    for who in ("branch", "branch", "secretary"):
        party_meeting(life, who)
    for place, door in enumerate(life.door.see("branch", "doors", life.matter)["doors"]):
        opinion = "公积金多提一点" if place == 3 else ""
        do("branch", "explain", life.matter, household=door["household"], stance="agrees", opinion=opinion)
    life.close("branch", "led", refused="还有1条意见没有答复")
    [said] = life.door.see("director", "matter", life.matter)["opinions"]
    do("director", "answer-opinion", life.matter, said["opinion"], answer="已按章程提25%", is_adopted="no")
    life.close("branch", "led")
    life.close("secretary", "returned", refused="要写明理由")
    life.close("secretary", "passed")
    do("supervisor", "check", life.matter, **dict.fromkeys(CheckItem.values, "yes"))
    life.close("supervisor", "checked")


def assembly(life: Life) -> int:
    """Roll, notice with eleven full days, and the day itself."""
    officers = ["director", "branch", "overseer"]
    come = life.convened("director", "成员大会", life.day + timedelta(days=12), officers, online="yes")
    life.receipts("director", come["notice"], "door")
    notice = ("notice.pdf", PDF + b"notice")
    life.door.do("director", "file-paper", life.matter, kind="notice", title="会议通知", file=notice)
    life.close("director", "notified")
    life.close("overseer", "passed", refused="期限未满")
    life.wait(12)
    return come["meeting"]


def vote(life: Life, meeting: int) -> Box:
    """On paper and online into one count: the holder votes online, everybody else on paper; one vote against."""
    do, see = life.door.do, life.door.see
    do("director", "start", meeting)
    mine = see("holder", "meeting", meeting)["number"]
    there = see("director", "meeting", meeting)["electors"]
    numbers = [number for number in range(1, there + 1) if number != mine]
    do("holder", "sign-in", meeting)
    do("branch", "key-sign-in", meeting, numbers=" ".join(map(str, numbers)))
    box = Box.objects.get(pk=do("director", "open-vote", meeting, method="secret", until="23:59")["box"])
    token = new_token()
    first, again = (do("holder", "cast", meeting, token=token, choice="for")["receipt"] for _ in range(2))
    assert first == again, "the same token is the same ballot"
    do("admin", "cast", meeting, token=token, choice="for", refused="没有")
    handed = do("branch", "hand-out", meeting, numbers=" ".join(map(str, [*numbers, mine])))
    assert len(handed["refused"]) == 1, "who voted online gets no paper"
    do("director", "print-ballots", meeting, count=len(numbers))
    for turn, who in ((1, "recorder"), (2, "scrutineer")):
        do("director", "appoint-teller", meeting, turn=turn, who=who)
    key = bytes(box.key)  # it stands on the paper that was printed
    lines = "\n".join(f"{paper_number(key, n)} {2 if n == 1 else 1}" for n in range(1, len(numbers) + 1))
    for teller in ("branch", "overseer"):
        do(teller, "key-ballots", meeting, lines=lines)
    do("director", "end-vote", meeting)
    assert do("director", "close-vote", meeting)["outcome"] == "passed"
    counts = see("holder", "meeting", meeting)["counts"]
    assert (counts["cast"], counts["against"]) == (there, 1)
    assert Ballot.objects.count() == 0
    do("director", "file-minutes", meeting)
    do("director", "file-decision", meeting, number="新三社〔2026〕7号")
    life.close("overseer", "passed")
    return box


def live(door: Door, folder: Path) -> Life:
    life, do = Life(door), door.do
    with everything():
        host = person("director").posts.get().body.parent
    proposed = {
        "title": "第三经济社2026年度股份分红", "host": host.pk, "summary": "可分配收益312,000.01元",
        "amount": "312000.01", "lead_minimum": 80, "delegated_by_charter": "no", "plan": ("plan.pdf", PDF + b"plan"),
    }  # fmt: skip
    do("admin", "propose", "P07", **proposed, refused="书记")
    life.matter = do("director", "propose", "P07", **proposed)["matter"]
    life.close("director", "submitted", refused="还没有冻结份额登记册")
    do("director", "freeze-register", life.matter, as_of=life.day)
    do("director", "share-out", life.matter, total="312000.01")
    life.close("admin", "submitted", refused="没有找到")
    life.close("secretary", "submitted", refused="由")
    life.close("director", "submitted")
    gates(life)
    before = life.sheet("可分配收益312,000.01元。")
    box = vote(life, assembly(life))
    decided = life.sheet("决议：同意。")
    do("holder", "object-to", life.matter, text="我家少算一股")
    life.wait(16)
    life.close("overseer", "settled", refused="还有1件异议没有答复")
    do("overseer", "answer-objection", life.matter, 1, answer="按登记册核对，两股无误", is_upheld="no")
    for sheet in (decided, before):
        life.photograph(sheet, "end")
    life.close("overseer", "settled")
    evidence = ("list.pdf", PDF + b"list")
    do("director", "pay", life.matter, number="1", paid_on=life.day, evidence=evidence, all="1")
    life.close("director", "executed")
    done = life.sheet("已全部发放。")
    life.wait(16)
    life.photograph(done, "end")
    do("director", "archive", life.matter)
    seen = door.see("director", "matter", life.matter)
    assert (seen["ending"], seen["may"]) == ("archived", {})
    check(life, box, folder)
    return life


def check(life: Life, box: Box, folder: Path) -> None:
    """The worker seals; from then on no house is needed."""
    with everything():
        sequence_all()
        actions.seal_bundle(archive=MatterArchive.objects.get(matter=life.matter), on=life.day)
    path = folder / "matter.zip"
    life.door.bundle("director", life.matter, path)
    verified = CliRunner().invoke(redhouse, ["verify", str(path)], catch_exceptions=False)
    assert verified.exit_code == 0, verified.output
    assert f"/decisions/boxes/{box.pk}/" in Client().get(f"/open/matters/{life.matter}/").content.decode()
    stranger = Client().get(f"/decisions/boxes/{box.pk}/file/")
    ballots = folder / "box.json"
    ballots.write_bytes(stranger.content)
    counted = CliRunner().invoke(redhouse, ["recount", str(ballots)], catch_exceptions=False)
    assert counted.exit_code == 0, counted.output
    assert re.search(r"反对\s*1\b", counted.output), counted.output


def told(door: Callable[[Path], Door], kind: EntryKind, folder: Path) -> None:
    live(door(folder), folder)
    entries = set(Entry.objects.values_list("kind", flat=True))
    assert entries == {kind}, "each thing that was done says by which way"


def test_a_dividend_through_the_api(tiny_town: str, tmp_path: Path) -> None:
    told(lambda _folder: Api(), EntryKind.API, tmp_path)


def test_a_dividend_through_the_command(tiny_town: str, tmp_path: Path) -> None:
    told(Command, EntryKind.COMMAND, tmp_path)
