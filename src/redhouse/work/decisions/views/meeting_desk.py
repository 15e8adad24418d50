"""The desk at the door: key in the sign-in sheet, hand out paper ballots, write down and check proxies, recusals."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from redhouse.ground.access.reach import everything
from redhouse.ground.process.enums import Exclusion
from redhouse.ground.process.models import Meeting
from redhouse.ground.process.queries.meetings import meeting_for
from redhouse.kit.today import now, today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.web.telling import doing
from redhouse.work.decisions.queries.meeting_page import meeting_page
from redhouse.work.decisions.verbs import desk as verbs
from redhouse.work.decisions.verbs.meetings import SERVING
from redhouse.work.decisions.views.meeting_common import crumb

SHOWN = 12
sign_in = doing(verbs.key_sign_in, "decisions:meeting-desk")
hand_out = doing(verbs.hand_out, "decisions:meeting-desk")
proxy = doing(verbs.record_proxy, "decisions:meeting-desk")
check_proxy = doing(verbs.check_proxy, "decisions:meeting-desk")
recuse = doing(verbs.recuse, "decisions:meeting-desk")


@needs(getter=meeting_for, **SERVING)
@require_safe
def desk(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    page = meeting_page(meeting, request.person, at=now(), on=today())
    with everything():
        recent = list(meeting.sign_ins.select_related("elector__person").order_by("-present_at", "-pk")[:SHOWN])
    context = {"page": page, "recent": recent, "kinds": Exclusion.choices}
    return render(request, "decisions/meeting_desk.html", crumb(meeting) | context)
