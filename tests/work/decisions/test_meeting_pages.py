"""The life of a vote through the pages: roll, notice, sign-in by code and by sheet, both channels, two keyings, a third
look, the published box; and who is shown what."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from redhouse.ground.access.models import Account
from redhouse.ground.access.reach import everything
from redhouse.ground.messages.actions import record_broadcast
from redhouse.ground.process.models import Ballot, Box, Meeting, Roll, Tally
from redhouse.ground.process.queries import open_step
from redhouse.kit.ballots import paper_number
from redhouse.kit.today import stand_at
from redhouse.work.decisions.todo import sittings
from tests.cast import person
from tests.desk.pages import clean
from tests.ground.process.conftest import _the_engine_by_itself  # noqa: F401  # the gates before are tested elsewhere
from tests.ground.process.factories import close
from tests.ground.process.votes import DAY, SENT, VOTE, at_notice, electors

Go = Callable[..., str]


@pytest.fixture
def go(town: str) -> Go:
    """`go(who, path)` reads a page, `go(who, path, field=…)` posts to it and follows; the text must be clean."""
    clients: dict[str, Client] = {}

    def walk(who: str, path: str, status: int = 200, /, **fields: object) -> str:
        client = clients.setdefault(who, Client())
        if who and "_auth_user_id" not in client.session:
            client.force_login(Account.objects.get(username=who))
        answer = client.post(path, fields, follow=True) if fields else client.get(path, follow=True)
        assert answer.status_code == status, (path, answer.status_code)
        return clean(answer) if status == 200 and "html" in answer["Content-Type"] else answer.content.decode("latin1")

    return walk


def one(go: Go) -> Meeting:
    with everything():
        return Meeting.objects.select_related("roll__run__version", "roll__run__host").get(roll__step_key=VOTE)


def convened(go: Go) -> Meeting:
    run = at_notice()
    electors(8)
    stand_at(SENT)
    step = open_step(run)
    assert step is not None
    assert "造名册" in go("director", f"/decisions/steps/{step.pk}/roll/")
    go("director", f"/decisions/steps/{step.pk}/roll/", vote_on=DAY.isoformat())
    roll = Roll.objects.get(step_key=VOTE)
    page = go("director", f"/decisions/rolls/{roll.pk}/")
    assert "成员1" not in page  # names are masked
    go("e1", f"/decisions/rolls/{roll.pk}/object/", text="漏了我家老人")
    assert "还有1条没有答复" in go("director", f"/decisions/rolls/{roll.pk}/close/", x=1)
    with everything():
        objection = roll.objections.get()
    go("director", f"/decisions/rolls/{roll.pk}/answer/", objection=objection.pk, answer="已核对，不漏", upheld="no")
    go("director", f"/decisions/rolls/{roll.pk}/close/", x=1)
    officers = {"chair": person("director").pk, "recorder": person("branch").pk, "scrutineer": person("watch").pk}
    go(
        "director", f"/decisions/rolls/{roll.pk}/convene/", title="成员大会", hours=3, online="yes",
        agenda="签到\n表决", **{"from": "19:30"}, **officers,
    )  # fmt: skip
    meeting = one(go)
    record_broadcast(notice=meeting.notice, channel="board", note="公示栏张贴", by=person("director"), on=SENT)
    close(run, "notified", SENT)
    stand_at(DAY)
    return meeting


def offices() -> dict[str, str]:
    """Who owes what at the sitting, by the list of things to do."""
    with everything():
        people = [person(who) for who in ("director", "branch", "watch", "e1", "e2")]
    owed = {str(who.account.username): list(sittings(who, DAY)) for who in people}
    assert all(row.last_day == DAY for rows in owed.values() for row in rows)
    return {who: row.step for who, rows in owed.items() for row in rows if not row.is_right}


def test_a_vote_goes_through_the_pages_from_the_roll_to_the_published_box(go: Go) -> None:
    meeting = convened(go)
    at, total = f"/decisions/meetings/{meeting.pk}/", meeting.roll.electors.count()
    assert "已召集" in go("director", at)
    assert "成员大会" in go("e1", "/decisions/meetings/")
    assert offices() == {"director": "主持会议", "branch": "会议记录", "watch": "监票"}
    assert "您有权<b>表决</b>：到时签到" in go("e1", "/")
    go("neighbour", at, 404)
    go("e1", f"{at}start/", 403, x=1)
    go("director", f"{at}start/", x=1)
    go("director", f"{at}agenda/", x=1)
    with everything():
        numbers = {e.person.account.username: e.number for e in meeting.roll.electors.select_related("person__account")
                   if hasattr(e.person, "account")}  # fmt: skip
    code = re.search(r"<svg[^>]*qrsvg", go("director", f"{at}sign-in/code/"))
    assert code
    from django.core import signing

    fresh = signing.dumps(meeting.pk, salt="redhouse.sign-in")
    assert "我在现场" in go("e1", f"{at}sign-in/?code={fresh}")
    go("e1", f"{at}sign-in/?code={fresh}", code=fresh)
    assert "二维码已过时" in go("e2", f"{at}sign-in/?code={fresh}x")
    go("e2", f"{at}sign-in/", x=1)  # online
    listed = [number for number in range(1, total + 1) if number not in {numbers["e1"], numbers["e2"]}]
    on_paper = [number for number in listed if number not in {numbers["e3"], numbers["e4"]}]
    assert "已签到" in go("branch", f"{at}desk/sign-in/", numbers="、".join(map(str, on_paper)) + "、999")
    assert "名册上没有第999号" not in go("branch", f"{at}desk/")
    go("branch", f"{at}desk/proxy/", principal=numbers["e3"], holder=numbers["e4"])
    assert "登记委托的人不能自己核对" in go("branch", f"{at}desk/check-proxy/", proxy=1)
    go("branch", f"{at}desk/sign-in/", numbers=str(numbers["e4"]))
    go("director", f"{at}desk/check-proxy/", proxy=1)
    assert "开始投票" in go("director", at)
    go("director", f"{at}open-vote/", method="secret", until="23:59")
    box = Box.objects.get()
    assert "您有权<b>表决</b>：投票已经开始" in go("e1", "/")
    ballot = go("e1", f"{at}ballot/")
    token = re.search(r'name="token" value="([^"]+)"', ballot).group(1)  # type: ignore[union-attr]
    receipt = go("e1", f"{at}ballot/", token=token, choice="for")
    mine = re.search(r'class="receipt">([^<]+)', receipt).group(1)  # type: ignore[union-attr]
    assert mine in go("e1", f"{at}ballot/", token=token, choice="against")
    assert "您已领票" in go("e1", f"{at}ballot/")
    assert "您有权<b>表决</b>" not in go("e1", "/"), "one person, one vote"
    assert "您有权<b>表决</b>" in go("e2", "/")
    assert "您有权<b>表决</b>" not in go("neighbour", "/"), "not on the roll"
    go(
        "branch",
        f"{at}desk/hand-out/",
        numbers=" ".join(map(str, [*on_paper, numbers["e3"], numbers["e4"], numbers["e1"]])),
    )
    papers = Box.objects.get().marks.filter(channel="paper").count()
    assert go("director", f"{at}paper-ballots/", count=papers).startswith("%PDF")
    go("director", f"{at}tellers/", turn=1, who="recorder")
    assert "两个人" in go("director", f"{at}tellers/", turn=2, who="recorder")
    go("director", f"{at}tellers/", turn=2, who=numbers["e2"])
    assert offices() == {"director": "主持会议", "branch": "会议记录", "watch": "监票", "e2": "录票"}
    key = bytes(Box.objects.get().key)
    lines = [f"{paper_number(key, n)} 1" for n in range(1, papers + 1)]
    go("branch", f"{at}keying/", lines="\n".join(lines))
    go("e2", f"{at}keying/", lines="\n".join(lines[1:]))
    slip = next(f"0001-{letters}" for letters in ("ZZ", "YY") if paper_number(key, 1) != f"0001-{letters}")
    assert "不是这次发出的票号" in go("e2", f"{at}keying/", number=slip, choice="for")
    go("e2", f"{at}keying/", number=paper_number(key, 1), choice="against")
    assert "第0001号票两次录入不一致：赞成／反对" in go("watch", at)
    go("branch", f"{at}third-look/", 403)
    go("watch", f"{at}third-look/", number=1, choice="against")
    live = Client()
    live.force_login(Account.objects.get(username="e5"))
    fragment = live.get(at, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "封存之前不公布" in fragment
    assert "还有1人没有领票" in go("director", f"{at}end-vote/", x=1)
    token = re.search(r'name="token" value="([^"]+)"', go("e2", f"{at}ballot/")).group(1)  # type: ignore[union-attr]
    go("e2", f"{at}ballot/", token=token, choice="abstain")
    go("director", f"{at}end-vote/", x=1)
    assert f'href="{at}"' in go("e2", "/")
    assert "票箱已封存并公布" in go("director", f"{at}close-vote/", x=1)
    assert offices() == {}, "the sitting has ended"
    tally = Tally.objects.get(meeting=meeting)
    assert (tally.counts["against"], tally.counts["abstain"], tally.counts["cast"]) == (1, 1, papers + 2)
    assert Ballot.objects.count() == 0
    board = go("", f"/decisions/boxes/{box.pk}/?receipt={mine.lower()}")
    assert "在箱里" in board
    assert "不在箱里" in go("", f"/decisions/boxes/{box.pk}/?receipt=AAAA-AAAA-AAAA")
    assert '"format": "redhouse-box/1"' in go("", f"/decisions/boxes/{box.pk}/file/")
    assert "纪要已生成" in go("director", f"{at}minutes/", x=1)
    assert "决议已生成" in go("director", f"{at}decision/", number="新一社〔2026〕3号")
    assert go("director", f"{at}minutes/word/").startswith("PK")
    assert go("director", f"{at}sign-in-sheet/").startswith("%PDF")
    with everything():  # the last page shut the wall again
        assert close(meeting.roll.run, tally.outcome, DAY) is not None or tally.outcome == "failed"


def test_an_open_box_has_no_public_page(go: Go) -> None:
    meeting = convened(go)
    at = f"/decisions/meetings/{meeting.pk}/"
    go("director", f"{at}start/", x=1)
    with everything():
        numbers = " ".join(str(e.number) for e in meeting.roll.electors.all())
    go("branch", f"{at}desk/sign-in/", numbers=numbers)
    go("director", f"{at}open-vote/", method="secret", until="23:59")
    go("", f"/decisions/boxes/{Box.objects.get().pk}/", 404)
    go("", f"/decisions/boxes/{Box.objects.get().pk}/file/", 404)


def test_hands_are_counted_twice(go: Go) -> None:
    meeting = convened(go)
    at = f"/decisions/meetings/{meeting.pk}/"
    go("director", f"{at}start/", x=1)
    with everything():
        numbers = " ".join(str(e.number) for e in meeting.roll.electors.all())
        total = meeting.roll.electors.count()
    go("branch", f"{at}desk/sign-in/", numbers=numbers)
    go("director", f"{at}open-vote/", method="hands", until="23:59")
    go("director", f"{at}tellers/", turn=1, who="recorder")
    go("director", f"{at}tellers/", turn=2, who="scrutineer")
    go("branch", f"{at}keying/", **{"for": total - 1, "against": 1, "abstain": 0})
    go("watch", f"{at}keying/", **{"for": total, "against": 0, "abstain": 0})
    go("director", f"{at}end-vote/", x=1)
    assert "不一致" in go("director", f"{at}close-vote/", x=1)
    go("watch", f"{at}keying/", **{"for": total - 1, "against": 1, "abstain": 0})
    go("director", f"{at}close-vote/", x=1)
    assert Tally.objects.get(meeting=meeting).counts["for"] == total - 1
