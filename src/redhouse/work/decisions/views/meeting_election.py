"""The list of an election: seats and candidates before the roll is closed; another ballot, or none, after the count."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from redhouse.ground.process.models import Meeting
from redhouse.ground.process.queries.meetings import meeting_for
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.web.telling import do, doing
from redhouse.work.decisions.verbs import meetings, rolls

seat = doing(rolls.add_seat, "decisions:roll")
candidate = doing(rolls.name_candidate, "decisions:roll")
settle = doing(meetings.settle, "decisions:meeting")


@needs(meetings.run_off.rule, meeting_for, who=meetings.run_off.who)
@require_POST
def runoff(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """Another ballot: on to its roll."""
    drawn = do(request, meetings.run_off, meeting)
    return redirect("decisions:roll", drawn.came["roll"]) if drawn else redirect("decisions:meeting", meeting.pk)
