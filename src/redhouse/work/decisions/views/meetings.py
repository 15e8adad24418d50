"""The page of a meeting, and what its officers do there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from redhouse.ground.papers.official.pdf import to_pdf
from redhouse.ground.process.models import Meeting, Tally
from redhouse.ground.process.queries import documents as papers
from redhouse.ground.process.queries.meetings import meeting_for, meetings_for
from redhouse.kit.today import now, today
from redhouse.web.access import needs, signed_in
from redhouse.web.request import AccountRequest, PersonRequest
from redhouse.web.telling import do, doing
from redhouse.work.decisions.queries.meeting_page import meeting_page, title_of
from redhouse.work.decisions.verbs import meetings as verbs
from redhouse.work.decisions.views.meeting_common import crumb

own = needs(None, meeting_for)
serving = needs(getter=meeting_for, **verbs.SERVING)
start = doing(verbs.start, "decisions:meeting")
begin = doing(verbs.begin_item, "decisions:meeting")
adjourn = doing(verbs.adjourn, "decisions:meeting")
inquorate = doing(verbs.inquorate, "decisions:meeting")
open_vote = doing(verbs.open_vote, "decisions:meeting")
end_vote = doing(verbs.end_vote, "decisions:meeting")
close_vote = doing(verbs.close_vote, "decisions:meeting")
minutes = doing(verbs.file_minutes, "decisions:meeting")
resolve = doing(verbs.file_decision, "decisions:meeting")


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
    live = bool(request.headers.get("HX-Request"))
    page = meeting_page(meeting, request.person, at=now(), on=today(), live=live)
    name = "decisions/_meeting_live.html" if live else "decisions/meeting.html"
    return render(request, name, crumb(meeting) | {"page": page})


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
    """Print so many more paper ballots."""
    done = do(request, verbs.print_ballots, meeting)
    if done is None or done.file is None:
        return redirect("decisions:meeting", meeting.pk)
    return _download(*done.file)


def _download(content: bytes, media_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=str(media_type))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
