"""Before a meeting: draw the roll, hear objections, close it, convene."""

from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redhouse.ground.access.reach import everything
from redhouse.ground.ledger.rules import NotYet
from redhouse.ground.people.models import Person
from redhouse.ground.places.models import Space
from redhouse.ground.process.actions import meetings as acts
from redhouse.ground.process.actions import rolls
from redhouse.ground.process.enums import StepKind
from redhouse.ground.process.models import Roll, RunStep
from redhouse.ground.process.queries.elections import candidates_of, is_election
from redhouse.ground.process.queries.meetings import latest_roll, meeting_of
from redhouse.ground.process.queries.rolls import roll_for, rule_of, step_for, suggested
from redhouse.ground.process.queries.versions import procedure_of
from redhouse.ground.process.rules import may_close
from redhouse.ground.process.rules.rolls import counts_area, may_keep_roll, missing_before_closing_roll
from redhouse.ground.process.rules.votes import vote_after
from redhouse.kit.today import SHANGHAI, today
from redhouse.web.access import needs
from redhouse.web.request import PersonRequest
from redhouse.work.decisions.views.meeting_common import answering, done, title_of, whole

AGENDA = gettext_lazy("签到，核对法定人数\n听取方案\n提问\n表决\n宣布结果，签名")
keeping = needs(may_keep_roll, roll_for, who=gettext_lazy("名册由办理这一步的人管"))


@needs(may_close, step_for, who=gettext_lazy("名册由办理这一步的人造"))
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: PersonRequest, step: RunStep) -> HttpResponse:
    """From a notice, a vote or a party meeting: to its roll; drawn from the registers for the day that is asked."""
    rule = procedure_of(step.run.version).by_key[step.key]
    vote = vote_after(step) if step.kind == StepKind.NOTICE else (rule if rule.rule else None)
    if vote is None:
        messages.error(request, _("这一步没有表决"))
        return redirect("decisions:meetings")
    roll = latest_roll(step.run, vote.key)
    if request.method == "POST":
        day = day_of(request.POST.get("vote_on", ""))
        rows = suggested(step.run, vote, day)
        drawn, refused = rolls.draw_roll(
            step=step, step_key=vote.key, rows=rows, vote_on=day, by=request.person, on=today()
        )
        for refusal in refused[:10]:
            messages.error(request, str(refusal))
        return redirect("decisions:roll", drawn.pk)
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


def day_of(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today()


@needs(None, roll_for)
@require_safe
def show(request: PersonRequest, roll: Roll) -> HttpResponse:
    person = request.person
    with everything():
        electors = list(roll.electors.select_related("person", "household__dwelling").order_by("number")[:1000])
        count = roll.electors.count()
        objections = list(roll.objections.select_related("person").order_by("pk"))
    keeps = may_keep_roll(person, roll, today())
    context = {
        "roll": roll,
        "matter": title_of(roll.run),
        "host": roll.run.host,
        "rule": rule_of(roll),
        "electors": electors,
        "count": count,
        "objections": objections,
        "keeps": keeps,
        "missing": missing_before_closing_roll(roll) if roll.closed_on is None else [],
        "meeting": meeting_of(roll),
        "agenda": AGENDA,
        "spaces": list(
            Space.objects.select_related("venue").filter(venue__division_code__startswith=roll.division_code[:12])[:50]
        ),
        "officers": _officers(roll) if keeps else [],
        "by_area": counts_area(roll),
        "elects": is_election(roll),
        "seats": list(roll.seats.order_by("number")),
        "standing": (standing := candidates_of(roll)),
        "counted": any(row.votes is not None for row in standing),
    }
    return render(request, "decisions/roll.html", context)


def _officers(roll: Roll) -> list[Person]:
    """Who could serve the meeting: holders of posts in the place, and who owes the steps of the run."""
    with everything():
        here = Person.objects.filter(posts__body__division_code__startswith=roll.division_code[:12]).distinct()
        return list(here.order_by("pk")[:100])


@needs(None, roll_for)
@require_POST
@answering("decisions:roll")
def object_to(request: PersonRequest, roll: Roll) -> str:
    rolls.raise_roll_objection(roll=roll, text=request.POST.get("text", ""), by=request.person, on=today())
    return _("异议已提交，定册前会答复您。")


@keeping
@require_POST
@answering("decisions:roll")
def answer(request: PersonRequest, roll: Roll) -> str:
    with everything():
        row = roll.objections.filter(pk=whole(request.POST.get("objection", "")) or 0).first()
    if row is None:
        raise NotYet([_("没有这条异议")])
    upheld = request.POST.get("upheld") == "yes"
    rolls.answer_roll_objection(
        objection=row, answer=request.POST.get("answer", ""), is_upheld=upheld, by=request.person, on=today()
    )
    return _("已答复。")


@keeping
@require_POST
@answering("decisions:roll")
def close(request: PersonRequest, roll: Roll) -> str:
    rolls.close_roll(roll=roll, by=request.person, on=today())
    return _("已定册，从此不能再改。")


@keeping
@require_POST
def convene(request: PersonRequest, roll: Roll) -> HttpResponse:
    """Time, place, officers, agenda; then the notice goes to everybody on the roll."""
    post = request.POST

    def act() -> str:
        begins = _moment(roll.vote_on, post.get("from", ""))
        hours = whole(post.get("hours", "")) or 3
        officers = {}
        for name in ("chair", "recorder", "scrutineer"):
            with everything():
                found = Person.objects.filter(pk=whole(post.get(name, "")) or 0).first()
            if found is None:
                raise NotYet([_("请选主持人、记录人、监票人")])
            officers[name] = found
        acts.convene_meeting(
            roll=roll,
            title=post.get("title", "").strip()[:80] or _("会议"),
            from_at=begins,
            until_at=begins + timedelta(hours=hours),
            space=Space.objects.filter(pk=whole(post.get("space", "")) or 0).first(),
            agenda=post.get("agenda", "").splitlines()[:20],
            link="/decisions/meetings/{id}/",
            is_online=post.get("online") == "yes",
            by=request.person,
            on=today(),
            **officers,
        )
        return _("已召集，通知已发给名册上的每个人。")

    return done(request, act, "decisions:roll", roll.pk)


def _moment(day: date, text: str) -> datetime:
    hour, _colon, minute = text.partition(":")
    hours, minutes = whole(hour) or 0, whole(minute) or 0
    return datetime(day.year, day.month, day.day, min(hours, 23), min(minutes, 59), tzinfo=SHANGHAI)
