"""Count paper: two people key apart, a third settles what differs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from redhouse.ground.process.enums import Choice, Method
from redhouse.ground.process.models import Candidate, Meeting
from redhouse.ground.process.queries.elections import candidates_of, said
from redhouse.ground.process.queries.meetings import meeting_for
from redhouse.kit.today import now, today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.web.telling import do, doing
from redhouse.work.decisions.queries.meeting_page import meeting_page
from redhouse.work.decisions.verbs import desk as verbs
from redhouse.work.decisions.views.meeting_common import crumb

LAST = 8
teller = doing(verbs.appoint_teller, "decisions:meeting")


@needs(verbs.key_ballots.rule, meeting_for, who=verbs.key_ballots.who)
@require_http_methods(["GET", "HEAD", "POST"])
def keying(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """One ballot at a time, or many lines at once."""
    if request.method == "POST":
        do(request, verbs.key_ballots, meeting)
        return redirect("decisions:meeting-keying", meeting.pk)
    box, standing = meeting.box, candidates_of(meeting.roll)
    own = box.tellers.get(person=request.person)
    context = {
        "teller": own,
        "box": box,
        "count": own.keyings.count(),
        "last": [(row.number, said(row.choice)) for row in own.keyings.order_by("-pk")[:LAST]],
        "choices": _choices(standing),
        "standing": standing,
        "hands": box.method == Method.HANDS,
        "named": box.method == Method.NAMED,
    }
    return render(request, "decisions/meeting_keying.html", crumb(meeting) | context)


@needs(verbs.look_again.rule, meeting_for, who=verbs.look_again.who)
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """The third look: fetch the ballot, read it with both tellers, say what is on it."""
    if request.method == "POST":
        do(request, verbs.look_again, meeting)
        return redirect("decisions:meeting-look", meeting.pk)
    page = meeting_page(meeting, request.person, at=now(), on=today())
    standing = candidates_of(meeting.roll)
    context = crumb(meeting) | {"page": page, "choices": _choices(standing), "standing": standing}
    return render(request, "decisions/meeting_look.html", context)


def _choices(standing: list[Candidate]) -> list[tuple[Any, Any]]:
    """What a ballot may be, besides the numbers of candidates on it."""
    return [(choice.value, choice.label) for choice in verbs.BESIDE] if standing else Choice.choices
