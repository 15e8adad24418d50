"""The page of a meeting, and what its officers do there. Each view is one action and goes back to the page."""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from redhouse.ground.papers.official.pdf import to_pdf
from redhouse.ground.process.actions import boxes, counting, documents
from redhouse.ground.process.actions import meetings as acts
from redhouse.ground.process.enums import Method
from redhouse.ground.process.models import AgendaItem, Meeting, Tally
from redhouse.ground.process.queries import documents as papers
from redhouse.ground.process.queries.elections import posts_left
from redhouse.ground.process.queries.meetings import meeting_for, meetings_for
from redhouse.ground.process.rules.meetings import may_serve
from redhouse.kit.today import SHANGHAI, now, today
from redhouse.web.access import needs, signed_in
from redhouse.web.request import AccountRequest, PersonRequest
from redhouse.work.decisions.queries.meeting_page import meeting_page
from redhouse.work.decisions.views.meeting_common import answering, crumb, done, title_of, whole

MOST_PRINTED = 2000
own = needs(None, meeting_for)
serving = needs(may_serve, meeting_for, who=gettext_lazy("只有会议的主持人、记录人、监票人和召集人可以办理"))


@signed_in
@require_safe
def index(request: AccountRequest) -> HttpResponse:
    """Meetings that this person serves, watches or votes at, newest first."""
    person = request.person
    found = meetings_for(person, today()).select_related("roll__run__matter", "tally")[:100] if person else []
    rows = [(meeting, title_of(meeting.roll.run), getattr(meeting, "tally", None)) for meeting in found]
    return render(request, "decisions/meetings.html", {"rows": rows})


@own
@require_safe
def show(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """The page; with HX-Request only what changes while people come and vote."""
    page = meeting_page(meeting, request.person, at=now(), on=today())
    name = "decisions/_meeting_live.html" if request.headers.get("HX-Request") else "decisions/meeting.html"
    return render(request, name, crumb(meeting) | {"page": page})


@serving
@require_POST
@answering("decisions:meeting")
def start(request: PersonRequest, meeting: Meeting) -> str:
    acts.start_meeting(meeting=meeting, by=request.person, at=now())
    return _("会议开始。")


@serving
@require_POST
@answering("decisions:meeting")
def begin(request: PersonRequest, meeting: Meeting) -> str:
    """The next point of the agenda."""
    item: AgendaItem | None = meeting.agenda.filter(begun_at=None).order_by("number").first()
    if item is None:
        return _("议程已全部开始。")
    item.meeting = meeting
    acts.begin_item(item=item, by=request.person, at=now())
    return _("议程：%(item)s") % {"item": item.text}


@serving
@require_POST
@answering("decisions:meeting")
def adjourn(request: PersonRequest, meeting: Meeting) -> str:
    acts.adjourn_meeting(meeting=meeting, by=request.person, at=now())
    return _("会议延期，名册不变；再开要另发通知。")


@serving
@require_POST
@answering("decisions:meeting")
def inquorate(request: PersonRequest, meeting: Meeting) -> str:
    counting.declare_inquorate(meeting=meeting, by=request.person, at=now())
    return _("已按未达法定人数结束，没有表决。")


@serving
@require_POST
@answering("decisions:meeting")
def open_vote(request: PersonRequest, meeting: Meeting) -> str:
    """Begin the vote: how, and until when (hours and minutes of today)."""
    at = now()
    boxes.open_box(
        meeting=meeting,
        method=request.POST.get("method", Method.SECRET),
        closes_at=_moment(request.POST.get("until", ""), at),
        by=request.person,
        at=at,
    )
    return _("投票开始。")


def _moment(text: str, at: datetime) -> datetime:
    """21:00 of this day in Shanghai; half an hour from now where nothing readable was typed."""
    hour, _colon, minute = text.partition(":")
    hours, minutes = whole(hour), whole(minute)
    if hours is None or minutes is None or hours > 23 or minutes > 59:
        return at + timedelta(minutes=30)
    return at.astimezone(SHANGHAI).replace(hour=hours, minute=minutes, second=0, microsecond=0)


@serving
@require_POST
@answering("decisions:meeting")
def end_vote(request: PersonRequest, meeting: Meeting) -> str:
    boxes.end_voting(box=meeting.box, by=request.person, at=now())
    return _("投票截止。")


@serving
@require_POST
@answering("decisions:meeting")
def close_vote(request: PersonRequest, meeting: Meeting) -> str:
    tally = counting.close_box(box=meeting.box, by=request.person, at=now())
    if tally is None:
        left = posts_left(meeting.roll.run, meeting.roll.step_key)
        said = _("还有%(n)s个名额没有选满，要另行选举，或由主持人宣布空缺") % {"n": left} if left else ""
        return said or _("未达法定人数，请改期再开。")
    return _("票箱已封存并公布：%(outcome)s。") % {"outcome": tally.get_outcome_display()}


@serving
@require_POST
@answering("decisions:meeting")
def minutes(request: PersonRequest, meeting: Meeting) -> str:
    """Draft the minutes as Word and file them with the step."""
    documents.file_minutes(meeting=meeting, matter=title_of(meeting.roll.run), by=request.person, on=today())
    return _("纪要已生成并归入这一步。")


@serving
@require_POST
@answering("decisions:meeting")
def resolve(request: PersonRequest, meeting: Meeting) -> str:
    """Write the decision under its number."""
    documents.file_decision(
        meeting=meeting,
        matter=title_of(meeting.roll.run),
        number=request.POST.get("number", "").strip()[:40],
        by=request.person,
        on=today(),
    )
    return _("决议已生成并归入这一步。")


@serving
@require_safe
def minutes_file(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The draft as it stands now, as Word; nothing is filed by looking."""
    from redhouse.ground.papers.enums import MediaType
    from redhouse.ground.papers.official.word import to_docx  # a tenth of a second to load, for Word only

    tally = Tally.objects.filter(meeting=meeting).first()
    content = to_docx(papers.minutes(meeting, title_of(meeting.roll.run), tally))
    return _download(content, MediaType.DOCX, f"minutes-{meeting.pk}.docx")


@serving
@require_safe
def sheet(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The sign-in sheet as PDF: names in full, as it lies on the table of the meeting."""
    return _download(to_pdf(papers.sign_in_sheet(meeting)), "application/pdf", f"sign-in-{meeting.pk}.pdf")


@serving
@require_POST
def ballots(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """Print so many more paper ballots, each under a number that was never printed before."""
    count = whole(request.POST.get("count", "")) or 0
    if not 1 <= count <= MOST_PRINTED:
        return done(request, lambda: _("请写要印几张，1至2000张。"), "decisions:meeting", meeting.pk)
    first, last = boxes.print_ballots(box=meeting.box, count=count, by=request.person, at=now())
    content = papers.ballot_papers(meeting.box, title_of(meeting.roll.run), first, last)
    return _download(content, "application/pdf", f"ballots-{meeting.pk}-{first}-{last}.pdf")


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=str(media_type))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
