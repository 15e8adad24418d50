"""Before a meeting: draw the roll, hear objections, close it, convene."""

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from redhouse.ground.access.reach import everything
from redhouse.ground.places.models import Space
from redhouse.ground.process.models import Roll, RunStep
from redhouse.ground.process.queries.elections import candidates_of, is_election
from redhouse.ground.process.queries.meetings import latest_roll, meeting_of
from redhouse.ground.process.queries.rolls import lines_of, roll_for, rule_of
from redhouse.ground.process.rules.rolls import counts_area, may_keep_roll, missing_before_closing_roll
from redhouse.kit.masks import mask_name
from redhouse.kit.today import today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.web.telling import do, doing
from redhouse.work.decisions.queries.meeting_page import title_of
from redhouse.work.decisions.verbs import rolls as verbs

A_PAGE = 1000
AGENDA = gettext_lazy("签到，核对法定人数\n听取方案\n提问\n表决\n宣布结果，签名")
object_to = doing(verbs.object_to_roll, "decisions:roll")
answer = doing(verbs.answer_roll_objection, "decisions:roll")
close = doing(verbs.close_roll, "decisions:roll")
convene = doing(verbs.convene, "decisions:roll")


@needs(verbs.draw_roll.rule, verbs.draw_roll.getter, who=verbs.draw_roll.who)
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: PersonRequest, step: RunStep) -> HttpResponse:
    """From a notice, a vote or a party meeting: to its roll; drawn from the registers for the day that is asked."""
    vote = verbs.vote_of(step)
    if vote is None:
        messages.error(request, _("这一步没有表决"))
        return redirect("decisions:meetings")
    if request.method == "POST":
        drawn = do(request, verbs.draw_roll, step)
        return redirect("decisions:roll", drawn.came["roll"]) if drawn else redirect("decisions:roll-new", step.pk)
    roll = latest_roll(step.run, vote.key)
    if roll is not None and not hasattr(roll, "tally"):
        return redirect("decisions:roll", roll.pk)
    context = {
        "step": step,
        "vote": vote,
        "matter": title_of(step.run),
        "host": step.run.host,
        "day": today() + timedelta(12),
    }
    return render(request, "decisions/roll_new.html", context)


@needs(None, roll_for)
@require_safe
def show(request: PersonRequest, roll: Roll) -> HttpResponse:
    with everything():
        # people and doors are looked up for the lines of the page, not to count those of the roll
        page = Paginator(roll.electors.order_by("number"), A_PAGE).get_page(request.GET.get("page"))
        lines = lines_of(roll)[(page.number - 1) * A_PAGE : page.number * A_PAGE]
        electors = [(str(number), mask_name(name), door or "") for number, name, door in lines]
        objections = list(roll.objections.order_by("pk"))
    keeps, meeting, elects = may_keep_roll(request.person, roll, today()), meeting_of(roll), is_election(roll)
    convenes = keeps and roll.closed_on is not None and meeting is None
    context = {
        "page": page,
        "roll": roll,
        "matter": title_of(roll.run),
        "host": roll.run.host,
        "rule": rule_of(roll),
        "electors": electors,
        "objections": objections,
        "keeps": keeps,
        "missing": missing_before_closing_roll(roll) if roll.closed_on is None else [],
        "meeting": meeting,
        "by_area": counts_area(roll),
        "elects": elects,
        "seats": list(roll.seats.order_by("number")) if elects else [],
        "standing": (standing := candidates_of(roll)),
        "counted": any(row.votes is not None for row in standing),
    }
    if convenes:
        spaces = Space.objects.select_related("venue").filter(venue__division_code__startswith=roll.division_code[:12])
        context |= {"agenda": AGENDA, "officers": verbs.officers_of(roll), "spaces": list(spaces[:50])}
    return render(request, "decisions/roll.html", context)
