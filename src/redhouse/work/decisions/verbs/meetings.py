"""At a meeting: begin, vote, end, write it down; and one's own part in it."""

from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.papers.enums import MediaType
from redhouse.ground.process.actions import boxes, counting, documents, elections
from redhouse.ground.process.actions import meetings as acts
from redhouse.ground.process.enums import Method, Way
from redhouse.ground.process.models import AgendaItem, Box, Meeting
from redhouse.ground.process.queries import documents as papers
from redhouse.ground.process.queries.elections import posts_left
from redhouse.ground.process.queries.meetings import meeting_for
from redhouse.ground.process.queries.rolls import elector_of
from redhouse.ground.process.rules.meetings import may_attend, may_serve
from redhouse.kit.today import SHANGHAI
from redhouse.web.verbs import Doing, Done, verb
from redhouse.work.decisions.queries.meeting_page import title_of
from redhouse.work.decisions.verbs import words
from redhouse.work.decisions.verbs.words import whole

MEETING = "meetings/{meeting_id}"
MOST_PRINTED = 2000
SALT, LIFE = "redhouse.sign-in", 15 * 60  # the code that is shown on the spot holds for a quarter of an hour
SERVING: dict[str, Any] = {"rule": may_serve, "who": gettext_lazy("只有会议的主持人、记录人、监票人和召集人可以办理")}
ATTENDING: dict[str, Any] = {"rule": may_attend, "who": gettext_lazy("您不在这次会议的名册上")}


def box_of(meeting: Meeting) -> Box:
    """Raises NotYet before the vote."""
    box: Box | None = getattr(meeting, "box", None)
    if box is None:
        raise NotYet([_("投票还没有开始。")])
    return box


@verb(gettext_lazy("开会"), f"{MEETING}/start", meeting_for, **SERVING)
def start(meeting: Meeting, do: Doing) -> str:
    acts.start_meeting(meeting=meeting, by=do.by, at=do.at)
    return _("会议开始。")


@verb(gettext_lazy("下一项议程"), f"{MEETING}/agenda", meeting_for, **SERVING)
def begin_item(meeting: Meeting, do: Doing) -> str:
    """The next point of the agenda."""
    item: AgendaItem | None = meeting.agenda.filter(begun_at=None).order_by("number").first()
    if item is None:
        return _("议程已全部开始。")
    item.meeting = meeting
    acts.begin_item(item=item, by=do.by, at=do.at)
    return _("议程：%(item)s") % {"item": item.text}


@verb(gettext_lazy("延期再开"), f"{MEETING}/adjourn", meeting_for, **SERVING)
def adjourn(meeting: Meeting, do: Doing) -> str:
    acts.adjourn_meeting(meeting=meeting, by=do.by, at=do.at)
    return _("会议延期，名册不变；再开要另发通知。")


@verb(gettext_lazy("未达法定人数，结束"), f"{MEETING}/inquorate", meeting_for, **SERVING)
def inquorate(meeting: Meeting, do: Doing) -> str:
    counting.declare_inquorate(meeting=meeting, by=do.by, at=do.at)
    return _("已按未达法定人数结束，没有表决。")


@verb(gettext_lazy("开始投票"), f"{MEETING}/open-vote", meeting_for, words.OpenVoteForm, **SERVING)
def open_vote(meeting: Meeting, do: Doing) -> Done:
    """How, and until when (hours and minutes of today)."""
    box = boxes.open_box(
        meeting=meeting,
        method=do.said["method"] or Method.SECRET,
        closes_at=_until(do.said["until"], do.at),
        by=do.by,
        at=do.at,
    )
    return Done(_("投票开始。"), {"box": box.pk})


def _until(text: str, at: datetime) -> datetime:
    """21:00 of this day in Shanghai; half an hour from now where nothing readable was typed."""
    hour, _colon, minute = text.partition(":")
    hours, minutes = whole(hour), whole(minute)
    if hours is None or minutes is None or hours > 23 or minutes > 59:
        return at + timedelta(minutes=30)
    return at.astimezone(SHANGHAI).replace(hour=hours, minute=minutes, second=0, microsecond=0)


@verb(gettext_lazy("印纸质选票"), f"{MEETING}/paper-ballots", meeting_for, words.PrintForm, **SERVING)
def print_ballots(meeting: Meeting, do: Doing) -> Done:
    """So many more, each under a number that was never printed before."""
    count = do.said["count"] or 0
    if not 1 <= count <= MOST_PRINTED:
        raise NotYet([_("请写要印几张，1至2000张。")])
    first, last = boxes.print_ballots(box=box_of(meeting), count=count, by=do.by, at=do.at)
    content = papers.ballot_papers(meeting.box, title_of(meeting.roll.run), first, last)
    said = _("已印第%(first)s至%(last)s号。") % {"first": first, "last": last}
    name = f"ballots-{meeting.pk}-{first}-{last}.pdf"
    return Done(said, {"first": first, "last": last}, file=(content, str(MediaType.PDF), name))


@verb(gettext_lazy("截止投票"), f"{MEETING}/end-vote", meeting_for, **SERVING)
def end_vote(meeting: Meeting, do: Doing) -> str:
    boxes.end_voting(box=box_of(meeting), by=do.by, at=do.at)
    return _("投票截止。")


@verb(gettext_lazy("封箱计票"), f"{MEETING}/close-vote", meeting_for, **SERVING)
def close_vote(meeting: Meeting, do: Doing) -> Done:
    box = box_of(meeting)
    tally = counting.close_box(box=box, by=do.by, at=do.at)
    if tally is None:
        left = posts_left(meeting.roll.run, meeting.roll.step_key)
        said = _("还有%(n)s个名额没有选满，要另行选举，或由主持人宣布空缺") % {"n": left} if left else ""
        return Done(said or _("未达法定人数，请改期再开。"))
    outcome = tally.get_outcome_display()
    return Done(_("票箱已封存并公布：%(outcome)s。") % {"outcome": outcome}, {"box": box.pk, "outcome": tally.outcome})


@verb(gettext_lazy("生成会议纪要"), f"{MEETING}/minutes", meeting_for, **SERVING)
def file_minutes(meeting: Meeting, do: Doing) -> str:
    """Draft the minutes as Word and file them with the step."""
    documents.file_minutes(meeting=meeting, matter=title_of(meeting.roll.run), by=do.by, on=do.on)
    return _("纪要已生成并归入这一步。")


@verb(gettext_lazy("生成决议"), f"{MEETING}/decision", meeting_for, words.DecisionForm, **SERVING)
def file_decision(meeting: Meeting, do: Doing) -> str:
    """Write the decision under its number."""
    documents.file_decision(
        meeting=meeting,
        matter=title_of(meeting.roll.run),
        number=do.said["number"].strip()[:40],
        by=do.by,
        on=do.on,
    )
    return _("决议已生成并归入这一步。")


@verb(gettext_lazy("另行选举"), f"{MEETING}/another-ballot", meeting_for, words.DrawForm, **SERVING)
def run_off(meeting: Meeting, do: Doing) -> Done:
    """Another ballot for the posts that are left: its roll is drawn, and everything goes on from there."""
    roll = elections.draw_runoff(roll=meeting.roll, vote_on=do.said["vote_on"], by=do.by, on=do.on)
    return Done(_("另行选举的名册已造好，候选人已列上；听取异议后定册、召集。"), {"roll": roll.pk})


@verb(gettext_lazy("宣布余额空缺"), f"{MEETING}/settle", meeting_for, **SERVING)
def settle(meeting: Meeting, do: Doing) -> str:
    counting.settle_election(meeting=meeting, by=do.by, at=do.at)
    return _("选举结束，没有选满的名额空缺。")


def code_fits(code: str, meeting: Meeting) -> bool:
    """Whether this is a code that is shown on the spot now."""
    try:
        return bool(signing.loads(code, salt=SALT, max_age=LIFE) == meeting.pk)
    except signing.BadSignature:
        return False


@verb(gettext_lazy("本人签到"), f"{MEETING}/sign-in", meeting_for, words.SignInForm, **ATTENDING)
def sign_in(meeting: Meeting, do: Doing) -> str:
    """On the spot with the code shown there, else online where the rule allows it."""
    elector = elector_of(meeting.roll, do.by)
    assert elector is not None  # `ATTENDING` asked
    way = Way.ONSITE if code_fits(do.said["code"], meeting) else Way.ONLINE
    acts.sign_in(meeting=meeting, elector=elector, way=way, by=do.by, at=do.at)
    return _("已签到。")


@verb(gettext_lazy("本人投票"), f"{MEETING}/ballot", meeting_for, words.BallotForm, is_secret=True, **ATTENDING)
def cast(meeting: Meeting, do: Doing) -> Done:
    """The token is made by whoever votes and stored nowhere: the same again gives the same receipt."""
    said = do.said
    receipt = boxes.cast_ballot(box=box_of(meeting), token=said["token"], choice=said["choice"], by=do.by, at=do.at)
    return Done(_("已投票。"), {"receipt": receipt})
