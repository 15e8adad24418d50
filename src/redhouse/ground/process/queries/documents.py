"""Papers of a meeting in the layout of official documents: sign-in sheet, minutes, decision; and its ballot papers.

`matter` is the title of what is voted on; the ground does not know it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from redhouse.ground.access.reach import everything
from redhouse.ground.papers.official import slips
from redhouse.ground.papers.official.layout import (
    Block,
    Column,
    Heading,
    OfficialDocument,
    Paragraph,
    Table,
    chinese_date,
)
from redhouse.ground.process.enums import LIVE_CHOICES, Method, Outcome, Way
from redhouse.ground.process.models import Box, Meeting, Roll, Tally
from redhouse.ground.process.queries.elections import candidates_of, is_election, posts_left, seats_of
from redhouse.ground.process.queries.meetings import attendance
from redhouse.ground.process.queries.rolls import rule_of
from redhouse.kit.ballots import paper_number

SIGNING_MM, SEAL_MM = 14, 40
VOTING = "请在一个方框内打“√”；不打、打两个或写名字的为废票。"
ELECTING = "请在所选的人前的方框内打“√”，每个职务不超过应选名额，多选的为废票；全部不选为弃权。"
ELECTION = {
    Outcome.PASSED: "选举有效",
    Outcome.FAILED: "没有人当选",
    Outcome.INQUORATE: "参加投票的不过半数，选举无效",
}
RESULTS = {
    Outcome.PASSED: "通过",
    Outcome.AGREED: "同意",
    Outcome.FAILED: "未通过",
    Outcome.RETURNED: "未获同意",
    Outcome.INQUORATE: "未达法定人数，未表决",
}


def sign_in_sheet(meeting: Meeting) -> OfficialDocument:
    """Everybody on the roll by number, with room to sign."""
    with everything():
        rows = [
            (str(elector.number), elector.person.name, elector.household.dwelling.door if elector.household else "", "")
            for elector in meeting.roll.electors.select_related("person", "household__dwelling").order_by("number")
        ]
    columns = (Column("册号", 2, "center"), Column("姓名", 3), Column("门牌", 4), Column("签名", 5))
    return OfficialDocument(
        title=f"{meeting.occasion.title}签到表",
        body=(Paragraph(_when_and_where(meeting)), Table(columns, tuple(rows), row_height=9)),
    )


def ballot_papers(box: Box, matter: str, first: int, last: int) -> bytes:
    """PDF of the paper ballots `first` to `last` of a secret vote, as they were reserved by `print_ballots`."""
    key, meeting = bytes(box.key), box.meeting
    standing = candidates_of(meeting.roll)
    numbers = [paper_number(key, number) for number in range(first, last + 1)]
    return slips.to_pdf(
        body=str(meeting.roll.run.host),
        title="表决票",
        question=f"{_offices(meeting.roll) or matter}（{chinese_date(meeting.roll.vote_on)}）",
        choices=[f"{row.number}{row.person.name}" for row in standing]
        or [str(choice.label) for choice in LIVE_CHOICES],
        note=(ELECTING if standing else VOTING) + "票号只防假票，不登记发给了谁；请背面朝上随意领取。",
        slips=[slips.Slip(number, number) for number in numbers],
    )


def _offices(roll: Roll) -> str:
    """主任（应选1名）：1、2号；委员（应选3名）：3、4、5、6号."""
    return "；".join(
        f"{seat.name}（应选{seat.posts}名）：{'、'.join(map(str, seat.candidates))}号" for seat in seats_of(roll)
    )


def minutes(meeting: Meeting, matter: str, tally: Tally | None = None) -> OfficialDocument:
    """The minutes as far as they can be said: before the count the numbers are left open."""
    there = attendance(meeting)
    ways = "、".join(f"{Way(way).label}{n}人" for way, n in there.by_way.items() if n)
    host = str(meeting.roll.run.host)
    present = f"（{ways}）" if ways else ""
    body: list[Block] = [
        Paragraph(_when_and_where(meeting)),
        Paragraph(meeting.chair.name, lead="主持："),
        Paragraph(meeting.recorder.name, lead="记录："),
        Paragraph(meeting.scrutineer.name, lead="监票："),
        Heading(1, "到会"),
        Paragraph(f"应到{there.electors}人，实到{there.present}人{present}。{_quorum(tally)}"),
        Heading(1, "议程"),
        *(Paragraph(f"{item.number}．{item.text}。") for item in meeting.agenda.all()),
        Heading(1, "表决"),
        Paragraph(f"会议就《{matter}》进行表决，表决方式为{_method(meeting)}。"),
        *_elected(meeting.roll),
        *_counted(meeting, tally),
        Heading(1, "签名"),
        Table(
            (Column("主持人", 1, "center"), Column("监票人", 1, "center"), Column("记录人", 1, "center")),
            (("", "", ""),),
            row_height=SIGNING_MM,
        ),
    ]
    title = f"{meeting.occasion.title}纪要"
    if not title.startswith(host):  # a meeting that is called by its host's name needs it no second time
        title = f"{host}\n{title}"
    return OfficialDocument(title=title, body=tuple(body), issuer=host, signed_on=_day(meeting))


def decision(meeting: Meeting, matter: str, tally: Tally, number: str) -> OfficialDocument:
    """The decision with its number and a box for the seal."""
    host, rule = str(meeting.roll.run.host), rule_of(meeting.roll)
    passing = rule.clause("passing")
    return OfficialDocument(
        title=f"{host}关于{matter}的决议",
        number=number,
        issuer=host,
        signed_on=_day(meeting),
        red_head=True,
        body=(
            Paragraph(
                f"{chinese_date(meeting.roll.vote_on)}，{meeting.occasion.title}"
                f"依照{passing.cite() if passing else rule.name}，对《{matter}》进行表决。"
            ),
            *_elected(meeting.roll),
            *_counted(meeting, tally),
            Paragraph(
                "票箱已封存公布，任何人可以凭公布的票箱重新点算。"
                if meeting.box.paper_id
                else "举手表决，两人清点一致。"
            ),
            Table((Column("印章", 1, "center"),), (("（盖章处）",),), row_height=SEAL_MM),
        ),
    )


def _elected(roll: Roll) -> list[Block]:
    """Every candidate with votes, those elected said so."""
    rows = tuple(
        (row.seat.name, str(row.number), row.person.name, str(row.votes), "当选" if row.is_elected else "")
        for row in candidates_of(roll)
        if row.votes is not None
    )
    columns = (Column("职务", 3), Column("号", 1, "center"), Column("候选人", 3), Column("得票", 2, "center"))
    return [Table((*columns, Column("结果", 2, "center")), rows)] if rows else []


def _counted(meeting: Meeting, tally: Tally | None) -> list[Paragraph]:
    if tally is None and _elected(meeting.roll):
        return [Paragraph(f"还有{posts_left(meeting.roll.run, meeting.roll.step_key)}个名额没有选满，另行选举。")]
    if tally is None:
        return [Paragraph("表决结果：赞成    人，反对    人，弃权    人，待计票后宣布。")]
    counts = tally.counts
    if is_election(meeting.roll):
        total = f"投票{counts['cast']}张。{ELECTION[Outcome(tally.outcome)]}。"
        return [Paragraph(total), *(Paragraph(_reason(reason)) for reason in tally.reasons)]
    invalid = counts["cast"] - sum(counts[name] for name in ("for", "against", "abstain"))
    words = f"赞成{counts['for']}票，反对{counts['against']}票，弃权{counts['abstain']}票"
    words += f"，废票{invalid}张" if invalid else ""
    said = [Paragraph(f"表决结果：{words}。{RESULTS[Outcome(tally.outcome)]}。")]
    return said + [Paragraph(_reason(reason)) for reason in tally.reasons]


def _reason(reason: Mapping[str, Any]) -> str:
    source = reason["clause"] or ""
    return f"{reason['sentence']}{f'（{source}）' if source else ''}"


def _quorum(tally: Tally | None) -> str:
    if tally is None:
        return ""
    return "达到法定人数。" if tally.quorum_met else "未达法定人数。"


def _method(meeting: Meeting) -> str:
    box = getattr(meeting, "box", None)
    return str(Method(box.method).label) if box else "待定"


def _when_and_where(meeting: Meeting) -> str:
    begins = timezone.localtime(meeting.occasion.from_at)
    place = str(meeting.occasion.space) if meeting.occasion.space else "见会议通知"
    online = "，同步线上" if meeting.is_online else ""
    return f"时间：{chinese_date(begins.date())}{begins:%H时%M分}。地点：{place}{online}。"


def _day(meeting: Meeting) -> date:
    return meeting.roll.vote_on
