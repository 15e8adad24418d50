"""A village election through the pages: seats, candidates, paper ballots keyed twice, a run-off, minutes, recount."""

from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from redhouse.commands.recount import command as recount
from redhouse.ground.access.reach import everything, set_reach
from redhouse.ground.ledger.models import Fact
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.messages.actions import record_broadcast
from redhouse.ground.papers.models import PaperVersion
from redhouse.ground.papers.storage import open_file
from redhouse.ground.process.actions import open_run
from redhouse.ground.process.actions.counting import settle_election
from redhouse.ground.process.actions.rolls import draw_roll, record_proxy
from redhouse.ground.process.models import Box, Candidate, Meeting, Roll, Tally
from redhouse.ground.process.queries import open_step
from redhouse.kit.ballots import paper_number
from redhouse.kit.today import now, stand_at
from redhouse.work.decisions.definitions import FOLDER
from tests.cast import person
from tests.ground.process.factories import adopted, close, file_evidence, society, walk_to
from tests.ground.process.votes import DAY, electors
from tests.work.decisions.test_meeting_pages import Go, _the_engine_by_itself, go  # noqa: F401

VOTE, DRAWN = "vote_village_election", date(2026, 10, 20)
FACTS = {"personnel_matter": "election", "community": "no", "delegated_by_charter": "no", "delegated_by_assembly": "no"}
OFFICERS = (("chair", "director"), ("recorder", "branch"), ("scrutineer", "watch"))


def at_notice() -> Roll:
    adopted((FOLDER / "p01-2026-01-01.toml").read_text(encoding="utf-8"))
    run = open_run(code="P01", host=society(), facts=FACTS, by=person("village_director"), on=DRAWN)
    file_evidence(walk_to(run, "notice", DRAWN), DRAWN)
    step = open_step(run)
    assert step is not None
    roll, refused = draw_roll(
        step=step, step_key=VOTE, rows=electors(8), vote_on=DAY, by=person("village_director"), on=DRAWN
    )
    assert refused == []
    return roll


def held(go: Go, roll: Roll, keeper: str, on: date, ballots: list[str]) -> Meeting:  # noqa: F811
    """Convene, sign everybody in, hand out paper, key it twice, close the box."""
    fields = {name: person(who).pk for name, who in OFFICERS} | {"title": "选举大会", "from": "09:00", "agenda": "选举"}
    assert "已召集" in go(keeper, f"/decisions/rolls/{roll.pk}/convene/", **fields)
    with everything():
        meeting = Meeting.objects.select_related("notice", "roll__run").get(roll=roll)
    if keeper == "village_director":
        record_broadcast(notice=meeting.notice, channel="board", note="公示栏", by=person("village_director"), on=DRAWN)
        close(roll.run, "notified", DRAWN)
    stand_at(on)
    at = f"/decisions/meetings/{meeting.pk}/"
    go("director", f"{at}start/", x=1)
    go("branch", f"{at}desk/sign-in/", numbers="1-8")
    assert "依规则须无记名投票" in go("director", f"{at}open-vote/", method="named", until="23:59")
    go("director", f"{at}open-vote/", method="secret", until="23:59")
    go("branch", f"{at}desk/hand-out/", numbers="1-8")
    assert go("director", f"{at}paper-ballots/", count=8).startswith("%PDF")
    go("director", f"{at}tellers/", turn=1, who="recorder")
    go("director", f"{at}tellers/", turn=2, who=8)
    key = bytes(Box.objects.get(meeting=meeting).key)
    lines = [f"{paper_number(key, n)} {said}" for n, said in enumerate(ballots, start=1)]
    go("branch", f"{at}keying/", lines="\n".join(lines))
    page = go("e8", f"{at}keying/", lines="\n".join([f"{lines[0].split()[0]} 弃权", *lines[1:]]))
    assert "候选人的号" in page
    assert "已录8张" in page
    assert "两次录入不一致" in go("watch", at)
    assert "没有9号候选人" in go("watch", f"{at}third-look/", number=1, named="9")
    go("watch", f"{at}third-look/", number=1, named=ballots[0])
    go("director", f"{at}end-vote/", x=1)
    go("director", f"{at}close-vote/", x=1)
    assert Box.objects.get(meeting=meeting).paper_id, "closed and published"
    return meeting


def test_an_election_with_a_run_off_goes_from_the_list_to_the_minutes(go: Go, tmp_path) -> None:  # noqa: F811
    roll = at_notice()
    stand_at(DRAWN)
    at, keeper = f"/decisions/rolls/{roll.pk}/", "village_director"
    assert "还没有列出职务和候选人" in go(keeper, at)
    go(keeper, f"{at}seats/", name="主任", posts=1)
    go(keeper, f"{at}seats/", name="委员", posts=2)
    assert "应选名额至少是1" in go(keeper, f"{at}seats/", name="副主任", posts=0)
    with everything():
        chair, members = roll.seats.order_by("number")
    go(keeper, f"{at}candidates/", seat=chair.pk, number=1)
    assert "候选人至少2名，现有1名" in go(keeper, f"{at}close/", x=1)
    go(keeper, f"{at}candidates/", seat=chair.pk, number=2)
    assert "此人已是这个职务的候选人" in go(keeper, f"{at}candidates/", seat=chair.pk, number=2)
    for number in (3, 4, 5):
        go(keeper, f"{at}candidates/", seat=members.pk, number=number)
    assert "已定册" in go(keeper, f"{at}close/", x=1)
    assert "不能再列候选人" in go(keeper, f"{at}candidates/", seat=members.pk, number=6)
    set_reach("*")
    one, two = roll.electors.select_related("roll", "person").filter(number__in=(1, 6)).order_by("number")
    with pytest.raises(NotYet, match="候选人不得接受委托"):
        record_proxy(principal=two, holder=one, by=person(keeper), on=DRAWN)
    # 4 : 4 for the chair is no majority; 7, 5 and 2 for two members are two
    ballots = ["1,3,4"] * 4 + ["2,3,4", "2,3,5", "2,3", "2,5"]
    meeting = held(go, roll, keeper, DAY, ballots)
    set_reach("*")
    assert not Tally.objects.filter(roll=roll).exists()
    assert list(roll.candidates.values_list("number", "votes", "is_elected")) == [
        (1, 4, False), (2, 4, False), (3, 7, True), (4, 5, True), (5, 2, False),
    ]  # fmt: skip
    with transaction.atomic():  # the chair may leave it at that; here another ballot is held instead
        with pytest.raises(PermissionDenied):
            settle_election(meeting=meeting, by=person("e8"), at=now())
        settled = settle_election(meeting=meeting, by=person("director"), at=now())
        assert (settled.outcome, settled.counts["cast"]) == ("passed", 8), "two of three posts are filled"
        assert settled.reasons[-1]["sentence"] == "余1个名额空缺，不再另行选举。"
        with pytest.raises(NotYet, match="已有结果"):
            settle_election(meeting=meeting, by=person("director"), at=now())
        transaction.set_rollback(True)
    page = go("director", f"/decisions/meetings/{meeting.pk}/")
    assert "还有1个名额没有选满" in page
    assert page.count("当选</span>") == 2
    box = Box.objects.get(meeting=meeting)
    board = go("", f"/decisions/boxes/{box.pk}/")
    assert "1、3、4号" in board
    assert "成员3" not in board, "names are on paper, not on the public page"
    file = tmp_path / "box.json"
    file.write_text(go("", f"/decisions/boxes/{box.pk}/file/").encode("latin1").decode(), encoding="utf-8")
    said = CliRunner().invoke(recount, [str(file)]).output
    assert "3号      7　当选" in said
    assert "余1名另行选举：1号、2号" in said
    at = f"/decisions/meetings/{meeting.pk}/"
    assert "名册由办理这一步的人造" in go("director", f"{at}another-ballot/", vote_on=(DAY + timedelta(1)).isoformat())
    go("supervisor", f"{at}another-ballot/", vote_on=(DAY + timedelta(1)).isoformat())
    set_reach("*")
    again = Roll.objects.get(is_runoff=True)
    assert list(again.candidates.values_list("seat__name", "number", "person__name")) == [
        ("主任", 1, "成员1"), ("主任", 2, "成员2"),
    ]  # fmt: skip
    assert "已定册" in go("supervisor", f"/decisions/rolls/{again.pk}/close/", x=1)
    second = held(go, again, "supervisor", DAY + timedelta(1), ["1"] * 5 + ["2", "2", "弃权"])
    set_reach("*")
    tally = Tally.objects.get(roll=again)
    assert (tally.outcome, tally.counts["cast"], tally.passed) == ("passed", 8, True)
    assert "for" not in tally.counts
    go("director", f"/decisions/meetings/{second.pk}/minutes/", x=1)
    set_reach("*")
    version = PaperVersion.objects.filter(paper__kind="minutes").latest("pk")
    with open_file(version.sha256) as docx:
        assert docx.read(2) == b"PK"
    assert Fact.objects.filter(kind="candidate_named").count() == 7
    with pytest.raises(DatabaseError, match="得票已经写明"):
        Candidate.objects.filter(roll=again).update(votes=9)
    set_reach("*")
    closed = close(roll.run, "passed", DAY + timedelta(1), by="supervisor")
    assert closed is not None
    assert closed.key == "decision"
