"""The list of an election: seats and candidates before the roll is closed; another ballot, or none, after the count."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.process.actions import counting, elections
from redhouse.ground.process.models import Meeting, Roll
from redhouse.ground.process.queries.meetings import latest_roll, meeting_for
from redhouse.ground.process.queries.rolls import roll_for
from redhouse.ground.process.rules.meetings import may_serve
from redhouse.ground.process.rules.rolls import may_keep_roll
from redhouse.kit.today import now, today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.decisions.views.meeting_common import answering, attempt, whole
from redhouse.work.decisions.views.meeting_roll import day_of

keeping = needs(may_keep_roll, roll_for, who=gettext_lazy("名册由办理这一步的人管"))
serving = needs(may_serve, meeting_for, who=gettext_lazy("只有会议的主持人、记录人、监票人和召集人可以办理"))


@keeping
@require_POST
@answering("decisions:roll")
def seat(request: PersonRequest, roll: Roll) -> str:
    name, posts = request.POST.get("name", "")[:20], whole(request.POST.get("posts", "")) or 0
    elections.add_seat(roll=roll, name=name, posts=posts, by=request.person, on=today())
    return _("已列入。")


@keeping
@require_POST
@answering("decisions:roll")
def candidate(request: PersonRequest, roll: Roll) -> str:
    """By the number on the roll: who stands votes too."""
    with everything():
        elector = roll.electors.select_related("roll").filter(number=whole(request.POST.get("number", "")) or 0).first()
    seat = roll.seats.filter(pk=whole(request.POST.get("seat", "")) or 0).first()
    if elector is None or seat is None:
        raise NotYet([_("请选职务，写名册上的册号")])
    row = elections.name_candidate(seat=seat, elector=elector, by=request.person, on=today())
    return _("已列为%(n)s号候选人。") % {"n": row.number}


@serving
@require_POST
def runoff(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """Another ballot for the posts that are left: its roll is drawn, and everything goes on from there."""

    def act() -> str:
        day = day_of(request.POST.get("vote_on", ""))
        elections.draw_runoff(roll=meeting.roll, vote_on=day, by=request.person, on=today())
        return _("另行选举的名册已造好，候选人已列上；听取异议后定册、召集。")

    if not attempt(request, act):
        return redirect("decisions:meeting", meeting.pk)
    drawn = latest_roll(meeting.roll.run, meeting.roll.step_key)
    assert drawn is not None
    return redirect("decisions:roll", drawn.pk)


@serving
@require_POST
@answering("decisions:meeting")
def settle(request: PersonRequest, meeting: Meeting) -> str:
    counting.settle_election(meeting=meeting, by=request.person, at=now())
    return _("选举结束，没有选满的名额空缺。")
